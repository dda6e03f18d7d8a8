import type { MatrixLike } from "../matrix/to-matrix.ts";
import { squaredDistance, squaredNorm } from "./norms.ts";
import { centredSample, type ShrunkCovariance, scaledIdentity, shrink, withinUnit } from "./shrinkage.ts";

/**
 * The oracle approximating shrinkage of a time × assets matrix of returns towards the scaled identity: the intensity
 * that is best for normal data, in closed form (Chen, Wiesel, Eldar and Hero), without the terms in 2 ÷ n, as scikit-learn has it
 * (`OAS`). The sample covariance in it has ddof 0.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere, "shape" for fewer than two rows.
 */
export function oas(X: MatrixLike): ShrunkCovariance {
  const sample = centredSample(X);
  const { centred, covariance: S } = sample;
  const n = S.rows;
  const F = scaledIdentity(S);
  const trace = n === 0 ? 0 : n * F.data[0]!;
  // ρ = (tr S² + tr² S) ÷ ((T + 1) (tr S² − tr² S ÷ n)),  and  tr S² − tr² S ÷ n = ‖S − μI‖²
  const shrinkage =
    n === 1 ? 0 : withinUnit((squaredNorm(S) + trace * trace) / ((centred.rows + 1) * squaredDistance(S, F)));
  return shrink(sample, F, shrinkage);
}
