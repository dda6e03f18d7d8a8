import { requireMatrix, requireSymmetricMatrix } from "../guards/matrices.ts";
import { requireNonNegative } from "../guards/numbers.ts";
import { QuantError } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { scaledBy } from "./spectrum.ts";

/** Correlations of assets without variance are not known (NaN) and do not matter: their covariances are zero. */
function withoutUnknown(correlation: Matrix, volatility: Float64Array): Matrix {
  const n = volatility.length;
  if (correlation.rows !== n || correlation.columns !== n) {
    throw new QuantError(
      "shape",
      `correlation must be ${n}×${n}, got ${correlation.rows}×${correlation.columns}`,
      { argument: "correlation", rows: correlation.rows, columns: correlation.columns },
    );
  }
  return new Matrix(
    n,
    n,
    correlation.data.map((value, k) => {
      const still = volatility[Math.floor(k / n)] === 0 || volatility[k % n] === 0;
      return still && Number.isNaN(value) ? 0 : value;
    }),
  );
}

/**
 * The covariance (n×n) of a correlation matrix and n volatilities, σ_i σ_j c_ij: the inverse of {@link correlation}.
 *
 * @throws QuantError "shape" for sizes that do not fit, "range" for a negative volatility, "not-finite" for NaN or ±∞ (but
 *   for correlations of assets of volatility 0), "data" for an asymmetric matrix.
 */
export function covarianceOf(correlation: MatrixLike, volatility: VectorLike): Matrix {
  const sigma = requireFiniteVector("volatility", volatility);
  sigma.forEach((value, i) => {
    requireNonNegative(`volatility[${i}]`, value);
  });
  const known = withoutUnknown(requireMatrix("correlation", correlation), sigma);
  return scaledBy(sigma, requireSymmetricMatrix("correlation", known));
}
