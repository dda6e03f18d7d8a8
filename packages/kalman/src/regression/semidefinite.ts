import { QuantError } from "@astra-quant/core-linalg";

/** By how much, relative to the product of the variances, rounding may leave a determinant below zero. */
const DETERMINANT_ROUNDING = 1e-12;

/** Refuses [[a, b], [b, c]] when it is no covariance: a variance below zero, or a correlation beyond 1. */
export function requireSemidefinite(name: string, a: number, b: number, c: number): void {
  if (a >= 0 && c >= 0 && b * b <= a * c * (1 + DETERMINANT_ROUNDING)) return;
  throw new QuantError("data", `${name} must be positive semidefinite, got [[${a}, ${b}], [${b}, ${c}]]`, {
    argument: name,
    value: [a, b, c],
  });
}
