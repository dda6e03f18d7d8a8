import { type DateLike, Matrix, Panel, QuantError } from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireMoment,
  requireNonNegative,
  show,
} from "@astra-quant/core-linalg/guards";
import type { Signal } from "./signal.ts";

/** A score that someone else made. */
export interface ExternalScore {
  readonly asset: string;
  /** When it became known: not the day that it speaks of. */
  readonly asOf: DateLike;
  /** A finite number; NaN withdraws what was said before. */
  readonly score: number;
}

export interface ExternalSignalOptions {
  /** What the signal is called. */
  readonly name: string;
  /** Milliseconds from a score's `asOf` until it can be acted on. @defaultValue 0 */
  readonly delay?: number;
  /** Milliseconds after which a score has lost its worth, counted from when it could be acted on. @defaultValue never */
  readonly maxAge?: number;
}

interface Known {
  readonly from: number;
  readonly score: number;
}

function readScores(scores: readonly ExternalScore[], delay: number): Map<string, Known[]> {
  if (!Array.isArray(scores)) {
    throw new QuantError("shape", `scores must be an array, got ${show(scores)}`, { argument: "scores" });
  }
  const byAsset = new Map<string, Known[]>();
  scores.forEach((entry: Partial<ExternalScore> | null, i) => {
    const { asset, asOf, score } = entry ?? {};
    if (typeof asset !== "string") {
      throw new QuantError("data", `scores[${i}].asset must be a name, got ${show(asset)}`, { index: i });
    }
    if (typeof score !== "number" || Math.abs(score) === Number.POSITIVE_INFINITY) {
      throw new QuantError("data", `scores[${i}].score must be a finite number or NaN, got ${show(score)}`, {
        index: i,
      });
    }
    const list = byAsset.get(asset) ?? [];
    list.push({ from: requireMoment(`scores[${i}].asOf`, asOf) + delay, score });
    byAsset.set(asset, list);
  });
  for (const [asset, list] of byAsset) {
    list.sort((a, b) => a.from - b.from);
    const twice = list.find(({ from }, i) => i > 0 && from === list[i - 1]!.from);
    if (twice === undefined) continue;
    const asOf = new Date(twice.from - delay).toISOString();
    throw new QuantError(
      "data",
      `scores must say one thing at a time: ${show(asset)} has two as of ${asOf}`,
      {
        asset,
      },
    );
  }
  return byAsset;
}

/**
 * Scores from elsewhere, a model's or a vendor's, as a {@link Signal}: at each time of the prices the last score of the
 * asset that was known by then, so that no revision and no late delivery can look ahead. NaN before the first score, for
 * an asset without one, and when the last is older than `maxAge`. Scores of assets that the prices do not have are left
 * out. The scores are read once; their order does not matter.
 *
 * @throws QuantError "data" for an entry that is no score, or two of one asset as of one moment, "range" for a negative
 *   delay or age, "shape" for scores that are no array.
 */
export function externalSignal(
  scores: readonly ExternalScore[],
  options: ExternalSignalOptions,
): Signal<{ readonly prices: Panel }> {
  requireKnownOptions(options, ["name", "delay", "maxAge"]);
  const { name, delay = 0, maxAge = Number.POSITIVE_INFINITY } = options;
  if (typeof name !== "string") {
    throw new QuantError("option", `name must be a string, got ${show(name)}`, { argument: "name" });
  }
  requireNonNegative("delay", delay);
  if (maxAge !== Number.POSITIVE_INFINITY) requireNonNegative("maxAge", maxAge);
  const byAsset = readScores(scores, delay);
  return {
    name,
    evaluate: ({ prices: { index, columns } }) => {
      const values = new Matrix(index.length, columns.length);
      columns.forEach((asset, j) => {
        const known = byAsset.get(asset) ?? [];
        let next = 0;
        for (let t = 0; t < index.length; t++) {
          const time = index[t]!;
          while (next < known.length && known[next]!.from <= time) next++;
          const last = known[next - 1];
          const fresh = last !== undefined && time - last.from <= maxAge;
          values.data[t * columns.length + j] = fresh ? last.score : Number.NaN;
        }
      });
      return new Panel({ index, columns, values });
    },
  };
}
