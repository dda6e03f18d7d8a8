import { type DateLike, isoTime, type VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { requireDates } from "./dates.ts";
import { drawdownsOf } from "./drawdown.ts";

export interface DrawdownTableOptions {
  /** How many, the deepest first. @defaultValue all of them */
  readonly largest?: number;
  /** The date of each return, ascending: asks for `dates`. */
  readonly dates?: readonly DateLike[] | Float64Array;
}

/** ISO 8601; null for the start of the sample, which has no return of its own, and for a recovery that has not come. */
export interface DrawdownDates {
  readonly start: string | null;
  readonly trough: string;
  readonly recovery: string | null;
}

/** One fall of the compounded equity. Indices count equity values: 0 is the start, t is after return t − 1. */
export interface Drawdown {
  /** Equity at the trough over equity at the high before it, less 1: < 0. */
  readonly depth: number;
  /** Index of the last high before the fall. */
  readonly start: number;
  /** Index of the deepest value, the first of several. */
  readonly trough: number;
  /** Index of the first value back at the high; null when the sample ends under water. */
  readonly recovery: number | null;
  /** Periods from the start to the recovery, or to the end of the sample. */
  readonly periods: number;
  /** Periods from the start to the trough. */
  readonly periodsDown: number;
  readonly dates?: DrawdownDates;
}

/** The falls in the order of time. */
export function drawdownEpisodes(drawdown: Float64Array): Drawdown[] {
  const episodes: Drawdown[] = [];
  let start = 0;
  let trough = 0;
  const close = (recovery: number | null): void => {
    if (drawdown[trough]! === 0) return;
    const periods = (recovery ?? drawdown.length - 1) - start;
    episodes.push({
      depth: drawdown[trough]!,
      start,
      trough,
      recovery,
      periods,
      periodsDown: trough - start,
    });
  };
  for (let t = 1; t < drawdown.length; t++) {
    if (drawdown[t]! < 0) {
      if (drawdown[t]! < drawdown[trough]!) trough = t;
    } else {
      close(t);
      start = t;
      trough = t;
    }
  }
  close(null);
  return episodes;
}

/**
 * Every fall of the compounded equity below its high, its start included: the deepest first, equally deep ones in the
 * order of time. Empty for a series that only rises.
 *
 * @param returns n fractions per period, each above −1.
 * @throws QuantError "shape" for no returns or dates of another length, "not-finite" for a NaN, "range" for a return ≤ −1
 *   or `largest` that is no integer ≥ 1, "data" for a date that is none or not after the one before, "option" for an
 *   unknown option.
 */
export function drawdownTable(returns: VectorLike, options: DrawdownTableOptions = {}): Drawdown[] {
  requireKnownOptions(options, ["largest", "dates"]);
  const r = requireCompoundableReturns("returns", returns);
  if (options.largest !== undefined) requireInteger("largest", options.largest, 1);
  const dates = options.dates === undefined ? undefined : requireDates("dates", options.dates, r.length);
  const table = drawdownEpisodes(drawdownsOf(r))
    .sort((a, b) => a.depth - b.depth || a.start - b.start)
    .slice(0, options.largest);
  if (dates === undefined) return table;
  const at = (t: number): string => isoTime(dates[t - 1]!);
  return table.map((row) => ({
    ...row,
    dates: {
      start: row.start === 0 ? null : at(row.start),
      trough: at(row.trough),
      recovery: row.recovery === null ? null : at(row.recovery),
    },
  }));
}
