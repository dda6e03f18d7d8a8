import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";

export interface Correlation {
  /** n×n, ones on the diagonal; NaN in the rows and columns of assets without variance. */
  readonly correlation: Matrix;
  /** n standard deviations, per period of the covariance. */
  readonly volatility: Float64Array;
}

/** Rounding leaves 1 + ε of two assets that are one: what lies outside [−1, 1] by that little is its end. */
function withoutRounding(correlation: number): number {
  const excess = Math.abs(correlation) - 1;
  return excess > 0 && excess <= 4 * Number.EPSILON ? Math.sign(correlation) : correlation;
}

/** Splits a covariance (n×n) into correlations and volatilities. A negative variance is a `QuantError` "data". */
export function correlation(covariance: MatrixLike): Correlation {
  const a = requireSymmetricMatrix("covariance", covariance);
  const n = a.rows;
  const volatility = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const variance = a.data[i * n + i]!;
    if (variance < 0) {
      throw new QuantError("data", `covariance[${i}][${i}] must not be negative, got ${variance}`, {
        row: i,
        value: variance,
      });
    }
    volatility[i] = Math.sqrt(variance);
  }
  const result = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const scale = volatility[i]! * volatility[j]!;
      const value = scale > 0 ? withoutRounding(a.data[i * n + j]! / scale) : Number.NaN;
      result.data[i * n + j] = value;
      result.data[j * n + i] = value;
    }
    result.data[i * n + i] = volatility[i]! > 0 ? 1 : Number.NaN;
  }
  return { correlation: result, volatility };
}
