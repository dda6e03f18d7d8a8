import { cholesky, Matrix, qr, symmetricEigen, transpose } from "@astra-quant/core-linalg";

/** A lower triangular L with LL' = Σ, for a semidefinite Σ: its Cholesky factor, or R' of the QR of its square root. */
export function lowerRoot(sigma: Matrix): Matrix {
  const factor = cholesky(sigma);
  if (factor.status === "ok") return factor.L;
  const { values, vectors } = symmetricEigen(sigma);
  const n = sigma.rows;
  // Σ = V diag(λ) V' = (diag(√λ) V')'(diag(√λ) V')
  const root = transpose(vectors);
  for (let k = 0; k < n; k++) {
    const scale = Math.sqrt(Math.max(0, values[k]!));
    for (let i = 0; i < n; i++) root.data[k * n + i]! *= scale;
  }
  return transpose(qr(new Matrix(n, n, root.data)).R);
}
