import { cholesky, type Matrix, type MatrixLike } from "@astra-quant/core-linalg";
import { QuantError, requireSymmetricMatrix } from "@astra-quant/core-linalg/guards";

/** Rounding leaves the zero eigenvalues of a semi-definite covariance this far below zero, relative to its largest entry. */
const SEMIDEFINITE_TOLERANCE = 1e-10;

function requireAssets(name: string, matrix: Matrix): Matrix {
  if (matrix.rows > 0) return matrix;
  throw new QuantError("shape", `${name} must have at least one asset, got 0×0`, { argument: name });
}

/** A covariance that may be singular, but gives no portfolio a negative variance. */
export function requireSemidefiniteCovariance(covariance: MatrixLike): Matrix {
  const S = requireAssets("covariance", requireSymmetricMatrix("covariance", covariance));
  for (let i = 0; i < S.rows; i++) {
    const variance = S.data[i * S.rows + i]!;
    if (variance >= 0) continue;
    throw new QuantError("data", `covariance[${i}][${i}] must not be negative, got ${variance}`, {
      argument: "covariance",
      row: i,
      value: variance,
    });
  }
  const largest = S.data.reduce((m, entry) => Math.max(m, Math.abs(entry)), 0);
  if (largest === 0) return S;
  const lifted = S.clone();
  for (let i = 0; i < S.rows; i++) lifted.data[i * S.rows + i]! += SEMIDEFINITE_TOLERANCE * largest;
  const factor = cholesky(lifted);
  if (factor.status === "ok") return S;
  throw new QuantError(
    "data",
    `covariance must be positive semi-definite, but its Cholesky pivot ${factor.pivot} is negative`,
    { argument: "covariance", pivot: factor.pivot },
  );
}

/** The lower Cholesky factor of a covariance that has one. */
export function requireCholesky(covariance: MatrixLike): Matrix {
  const S = requireAssets("covariance", requireSymmetricMatrix("covariance", covariance));
  const factor = cholesky(S);
  if (factor.status === "ok") return factor.L;
  throw new QuantError(
    "data",
    `covariance must be positive definite, but its Cholesky pivot ${factor.pivot} is not positive`,
    { argument: "covariance", pivot: factor.pivot },
  );
}
