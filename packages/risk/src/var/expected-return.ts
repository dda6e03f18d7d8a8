import type { VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector } from "@astra-quant/core-linalg/guards";

/** w'μ, the portfolio's expected return of one period; 0 without means. */
export function expectedPortfolioReturn(w: Float64Array, mean: VectorLike | undefined): number {
  if (mean === undefined) return 0;
  const mu = requireFiniteVector("mean", mean, w.length);
  return w.reduce((sum, weight, i) => sum + weight * mu[i]!, 0);
}
