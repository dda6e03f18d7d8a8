import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";

export interface StressedCorrelation {
  /** n×n, ones on the diagonal; positive definite when C is. */
  readonly correlation: Matrix;
  /** t in [0, 1): how far C was moved towards a matrix of ones. 0 when C was there already. */
  readonly weight: number;
  /** Mean correlation between different assets before. NaN for a single asset. */
  readonly meanBefore: number;
  /** And after: ρ, or as before when that was larger. */
  readonly meanAfter: number;
}

const LARGEST_BELOW_ONE = 1 - Number.EPSILON / 2;
/** Ones that rounding has left are ones. */
const UNIT_TOLERANCE = 1e-8;

/** The argument as a correlation matrix: symmetric, ones on the diagonal. */
export function requireCorrelation(name: string, C: MatrixLike): Matrix {
  const c = requireSymmetricMatrix(name, C);
  const n = c.rows;
  for (let i = 0; i < n; i++) {
    const value = c.data[i * n + i]!;
    if (Math.abs(value - 1) <= UNIT_TOLERANCE) continue;
    throw new QuantError("data", `${name}[${i}][${i}] must be 1, got ${value}`, {
      argument: name,
      row: i,
      value,
    });
  }
  return c;
}

function meanBeside(C: Matrix): number {
  const n = C.rows;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += C.data[i * n + j]!;
  return sum / ((n * (n - 1)) / 2);
}

/**
 * Correlations (n×n) as they become when markets fall together, raised to a mean of ρ:
 *
 * C′ = (1 − t) C + t 11ᵀ,  t = (ρ − c̄) ÷ (1 − c̄) clipped to [0, 1), c̄ the mean correlation between different assets
 *
 * A mixture of C and a matrix of ones, so it stays positive definite where C is. A mean that is at ρ or above it
 * already is left alone.
 *
 * @throws QuantError "range" for ρ outside [−1, 1), "data" for a C that is not symmetric or without ones on its diagonal.
 */
export function stressCorrelation(C: MatrixLike, rho: number): StressedCorrelation {
  const c = requireCorrelation("C", C);
  if (!(typeof rho === "number" && rho >= -1 && rho < 1)) {
    throw new QuantError("range", `rho must be in [-1, 1), got ${show(rho)}`, {
      argument: "rho",
      value: rho,
    });
  }
  const n = c.rows;
  const meanBefore = meanBeside(c);
  const asked = (rho - meanBefore) / (1 - meanBefore);
  const weight = asked > 0 ? Math.min(asked, LARGEST_BELOW_ONE) : 0;
  const correlation = Matrix.identity(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = (1 - weight) * c.data[i * n + j]! + weight;
      correlation.data[i * n + j] = value;
      correlation.data[j * n + i] = value;
    }
  }
  return { correlation, weight, meanBefore, meanAfter: weight > 0 ? meanBeside(correlation) : meanBefore };
}
