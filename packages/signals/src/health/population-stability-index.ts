import { chiSquareSurvival, log, quantile, type VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requirePresentValues } from "./present-values.ts";

export interface PopulationStabilityOptions {
  /** Bins of equal share in the reference, an integer ≥ 2; edges that coincide are one. @defaultValue 10 */
  readonly bins?: number;
  /** Observations added to every bin of both samples, so that an empty one is no infinity; > 0. @defaultValue 0.5 */
  readonly pseudoCount?: number;
}

export interface PopulationStability {
  /** Σ (p − q) ln(p ÷ q), ≥ 0. Below 0.1 is commonly called stable, above 0.25 shifted. */
  readonly index: number;
  /** Of two samples of one law: index ÷ (1/n + 1/m) against χ² with bins − 1 degrees of freedom, for many observations. */
  readonly pValue: number;
  /** What each bin adds to the index. */
  readonly contributions: Float64Array;
  /** Inner edges of the bins; an edge belongs to the bin below it. */
  readonly edges: Float64Array;
  readonly observations: { readonly reference: number; readonly recent: number };
}

function counts(x: Float64Array, edges: Float64Array): Float64Array {
  const out = new Float64Array(edges.length + 1);
  for (const value of x) {
    let bin = 0;
    while (bin < edges.length && value > edges[bin]!) bin++;
    out[bin]!++;
  }
  return out;
}

/**
 * The population stability index: how far the law of recent values (of a signal, or of its coefficient) has moved from
 * that of a reference, by the shares p and q of each in bins of the reference's quantiles. NaN counts as missing.
 *
 * @throws QuantError "range" for bins that are no integer ≥ 2, a pseudo-count that is not positive or a sample without a
 *   number, "shape" for no vector, "option" for an unknown name.
 */
export function populationStabilityIndex(
  reference: VectorLike,
  recent: VectorLike,
  options: PopulationStabilityOptions = {},
): PopulationStability {
  requireKnownOptions(options, ["bins", "pseudoCount"]);
  const { bins = 10, pseudoCount = 0.5 } = options;
  requireInteger("bins", bins, 2);
  requirePositive("pseudoCount", pseudoCount);
  const before = requirePresentValues("reference", reference);
  const after = requirePresentValues("recent", recent);
  const wanted = Float64Array.from({ length: bins - 1 }, (_, k) => quantile(before, (k + 1) / bins));
  const edges = wanted.filter((edge, k) => k === 0 || edge > wanted[k - 1]!);
  const q = counts(before, edges);
  const p = counts(after, edges);
  const size = edges.length + 1;
  const [n, m] = [before.length, after.length];
  const contributions = p.map((count, k) => {
    const now = (count + pseudoCount) / (m + size * pseudoCount);
    const then = (q[k]! + pseudoCount) / (n + size * pseudoCount);
    return (now - then) * log(now / then);
  });
  let index = 0;
  for (const value of contributions) index += value;
  return {
    index,
    pValue: chiSquareSurvival(index / (1 / n + 1 / m), size - 1),
    contributions,
    edges,
    observations: { reference: n, recent: m },
  };
}
