import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type ConditionedCovariance, withCondition } from "./covariance-estimate.ts";
import { fromSpectrum, scaledBy, spectrumOf, withUnitDiagonal } from "./spectrum.ts";

export interface DetonedCovarianceOptions {
  /** How many of the largest eigenvalues are the market; fewer than the assets. @defaultValue 1 */
  readonly modes?: number;
}

export interface DetonedCovariance extends ConditionedCovariance {
  /** n×n, ones on the diagonal. */
  readonly correlation: Matrix;
  /** The eigenvalues of the correlation that were taken out, the largest last. */
  readonly removed: Float64Array;
}

/**
 * A covariance (n×n) without the market: the largest eigenvalues of its correlation matrix are taken out, and what is
 * left is scaled back to the variances there were [skfolio]. For clustering and for looking at what the market
 * hides, not for optimising: the result is singular, as `condition.definiteness` says, since portfolios along the
 * market have no variance left.
 *
 * @throws QuantError for a matrix that is not square, symmetric or finite, "data" for an asset without variance, "range"
 *   for modes outside 1 … n − 1.
 */
export function detonedCovariance(
  covariance: MatrixLike,
  options: DetonedCovarianceOptions = {},
): DetonedCovariance {
  requireKnownOptions(options, ["modes"]);
  const { modes = 1 } = options;
  const { values, vectors, volatility } = spectrumOf(covariance);
  const kept = values.length - requireInteger("modes", modes, 1, values.length - 1);
  const correlation = withUnitDiagonal(fromSpectrum(values, vectors, 0, kept));
  return withCondition({
    covariance: scaledBy(volatility, correlation),
    correlation,
    removed: values.slice(kept),
  });
}
