import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireApart,
  requireKnownOptions,
  requireOneOf,
  requireVector,
} from "@astra-quant/core-linalg/guards";

const METHODS = ["benjamini-hochberg", "benjamini-yekutieli", "storey"] as const;

/**
 * How the share of false discoveries among many tests is kept down.
 *
 * | name | holds for tests that are |
 * |---|---|
 * | `benjamini-hochberg` | independent, or positively dependent |
 * | `benjamini-yekutieli` | dependent in any way |
 * | `storey` | independent; counts the true nulls first, by the p-values above ½ |
 */
export type FalseDiscoveryMethod = (typeof METHODS)[number];

export interface AdjustedPValuesOptions {
  /** @defaultValue "benjamini-yekutieli" */
  readonly method?: FalseDiscoveryMethod;
  /** Where the adjusted p-values go, as many entries as p-values. Without it a new array is made. */
  readonly out?: Float64Array;
}

/** The factor of each method before m p ÷ rank. */
function factorOf(method: FalseDiscoveryMethod, ascending: Float64Array): number {
  const m = ascending.length;
  if (method === "benjamini-yekutieli") {
    let harmonic = 0;
    for (let k = m; k >= 1; k--) harmonic += 1 / k;
    return harmonic;
  }
  if (method === "benjamini-hochberg") return 1;
  const above = ascending.reduce((count, p) => (p > 0.5 ? count + 1 : count), 0);
  return Math.min(1, (above + 1) / (m * 0.5));
}

/**
 * p-values of many tests, adjusted so that rejecting those at most α keeps the expected share of false discoveries among
 * the rejected below α: min over ranks k ≥ own of factor · m p₍ₖ₎ ÷ k, at most 1. The factor is 1 after Benjamini and
 * Hochberg, Σ 1 ÷ k after Benjamini and Yekutieli, and the estimated share of true nulls after Storey,
 * (1 + #{p > ½}) ÷ (m ÷ 2), at most 1. A NaN is no test: it stays NaN and does not count.
 *
 * @throws QuantError "range" for a p-value outside [0, 1], "shape" for no vector or an `out` of another length, "option"
 *   for an unknown method or an `out` over the p-values.
 */
export function adjustedPValues(pValues: VectorLike, options: AdjustedPValuesOptions = {}): Float64Array {
  requireKnownOptions(options, ["method", "out"]);
  const { method = "benjamini-yekutieli", out } = options;
  requireOneOf("method", method, METHODS);
  const p = requireVector("pValues", pValues);
  const outside = p.findIndex((value) => value < 0 || value > 1);
  if (outside >= 0) {
    throw new QuantError("range", `pValues[${outside}] must lie in [0, 1], got ${p[outside]}`, {
      argument: "pValues",
      index: outside,
      value: p[outside],
    });
  }
  const adjusted = outputVector(out, p.length);
  requireApart(adjusted, "pValues", p);
  adjusted.fill(Number.NaN);
  const order = Array.from(p.keys())
    .filter((i) => !Number.isNaN(p[i]!))
    .sort((a, b) => p[a]! - p[b]!);
  const m = order.length;
  const factor = factorOf(
    method,
    Float64Array.from(order, (i) => p[i]!),
  );
  let least = 1;
  for (let k = m; k >= 1; k--) {
    const i = order[k - 1]!;
    least = Math.min(least, (factor * p[i]! * m) / k);
    adjusted[i] = least;
  }
  return adjusted;
}
