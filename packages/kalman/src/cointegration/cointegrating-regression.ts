import { leastSquares, Matrix } from "@astra-quant/core-linalg";
import { removeTrend, type Trend } from "./trend.ts";

/** y = trend + X β + residual, by least squares. */
export interface CointegratingRegression {
  /** β: one a regressor. */
  readonly hedgeRatios: Float64Array;
  readonly residuals: Float64Array;
  /** 1 − Σ residuals² ÷ Σ (y without its trend)². */
  readonly rSquared: number;
  /** Whether the regressors say different things. */
  readonly fullRank: boolean;
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

/** One regressor, both sides without their trend: what a universe of pairs is ranked by. */
export function pairRegression(y: Float64Array, x: Float64Array): CointegratingRegression {
  const xx = sumOfProducts(x, x);
  const beta = xx > 0 ? sumOfProducts(x, y) / xx : Number.NaN;
  const residuals = new Float64Array(y.length);
  for (let t = 0; t < y.length; t++) residuals[t] = y[t]! - beta * x[t]!;
  return {
    hedgeRatios: Float64Array.of(beta),
    residuals,
    rSquared: 1 - sumOfProducts(residuals, residuals) / sumOfProducts(y, y),
    fullRank: xx > 0,
  };
}

/** The regression of y on the columns of X; the trend is taken out of both first, which leaves β as it is. */
export function cointegratingRegression(y: Float64Array, X: Matrix, trend: Trend): CointegratingRegression {
  const target = removeTrend(y.slice(), trend);
  const columns = Array.from({ length: X.columns }, (_, j) => removeTrend(X.column(j), trend));
  if (columns.length === 1) return pairRegression(target, columns[0]!);
  const A = new Matrix(X.rows, X.columns);
  columns.forEach((column, j) => {
    for (let t = 0; t < X.rows; t++) A.data[t * X.columns + j] = column[t]!;
  });
  const { solution, residuals, residualSumOfSquares, rank } = leastSquares(A, target);
  return {
    hedgeRatios: solution,
    residuals,
    rSquared: 1 - residualSumOfSquares / sumOfProducts(target, target),
    fullRank: rank === X.columns,
  };
}
