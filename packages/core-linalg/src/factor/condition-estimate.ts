import type { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { requireCholeskyFactor } from "./cholesky-factor.ts";
import { solveInPlace } from "./cholesky-solve.ts";

/** More steps hardly ever raise the estimate. */
const STEPS = 5;

function sumOfMagnitudes(x: Float64Array): number {
  let sum = 0;
  for (const value of x) sum += Math.abs(value);
  return sum;
}

/** x = LLᵀx. */
function multiplyInPlace(L: Matrix, x: Float64Array): void {
  const n = L.rows;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = j; i < n; i++) sum += L.data[i * n + j]! * x[i]!;
    x[j] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += L.data[i * n + j]! * x[j]!;
    x[i] = sum;
  }
}

/**
 * A lower bound of the 1-norm of a symmetric matrix known by its action: walks from vertex to vertex of the unit ball,
 * each time to the one to which the gradient of ‖Bx‖₁ points; then a vector of changing signs that few matrices fool.
 */
function estimateNorm(apply: (x: Float64Array) => void, n: number): number {
  const x = new Float64Array(n).fill(1 / n);
  let best = 0;
  let visited = -1;
  for (let step = 0; step < STEPS; step++) {
    const gradient = x.slice();
    apply(gradient);
    const norm = sumOfMagnitudes(gradient);
    if (step > 0 && !(norm > best)) break;
    best = norm;
    for (let i = 0; i < n; i++) gradient[i] = gradient[i]! < 0 ? -1 : 1;
    apply(gradient);
    let steepest = 0;
    for (let i = 1; i < n; i++) if (Math.abs(gradient[i]!) > Math.abs(gradient[steepest]!)) steepest = i;
    if (steepest === visited) break;
    visited = steepest;
    x.fill(0);
    x[steepest] = 1;
  }
  for (let i = 0; i < n; i++) x[i] = (i % 2 === 0 ? 1 : -1) * (1 + i / Math.max(1, n - 1));
  apply(x);
  return Math.max(best, (2 * sumOfMagnitudes(x)) / (3 * n));
}

/**
 * An estimate of the condition of LLᵀ in the 1-norm, ‖LLᵀ‖₁ ‖(LLᵀ)⁻¹‖₁, in a few n² operations: never above it beyond
 * rounding, and hardly ever below a third of it. {@link conditionNumber} is exact, in another norm, and costs n³. NaN
 * for a factor of 0×0.
 *
 * @throws QuantError "shape" for an L that is not square, "not-finite" for L, "data" for a zero on its diagonal.
 */
export function choleskyCondition(L: MatrixLike): number {
  const factor = requireCholeskyFactor(L);
  const n = factor.rows;
  if (n === 0) return Number.NaN;
  const forward = estimateNorm((x) => multiplyInPlace(factor, x), n);
  const backward = estimateNorm((x) => solveInPlace(factor, x, 1), n);
  return forward * backward;
}
