import { Matrix, QuantError, symmetricEigenvalues } from "@astra-quant/core-linalg";

/** By how much, relative to the product of the variances, rounding may leave a determinant below zero. */
const DETERMINANT_ROUNDING = 1e-12;

function refuse(name: string, got: string, value: unknown): never {
  throw new QuantError("data", `${name} must be positive semidefinite, got ${got}`, {
    argument: name,
    value,
  });
}

/**
 * Refuses a symmetric matrix (row-major, size × size) that is no covariance: a variance below zero, a correlation beyond
 * 1, an eigenvalue below zero by more than rounding.
 */
export function requireSemidefinite(name: string, data: Float64Array, size: number): void {
  if (size === 2) {
    const [a, b, , c] = data as unknown as [number, number, number, number];
    if (a >= 0 && c >= 0 && b * b <= a * c * (1 + DETERMINANT_ROUNDING)) return;
    refuse(name, `[[${a}, ${b}], [${b}, ${c}]]`, [a, b, c]);
  }
  for (let i = 0; i < size; i++) {
    const variance = data[i * size + i]!;
    if (!(variance >= 0)) refuse(name, `the variance ${variance} at [${i}][${i}]`, variance);
  }
  if (size < 2) return;
  const values = symmetricEigenvalues(new Matrix(size, size, data.slice()));
  const least = values[0]!;
  if (least < -size * DETERMINANT_ROUNDING * values[size - 1]!)
    refuse(name, `the eigenvalue ${Number(least.toPrecision(6))}`, least);
}
