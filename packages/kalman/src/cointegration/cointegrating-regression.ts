import { leastSquares, Matrix } from "@astra-quant/core-linalg";
import { inUnits, unitOf } from "./extreme-units.ts";
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
  const unitY = unitOf(y);
  const unitX = unitOf(x);
  const target = inUnits(y, unitY);
  const regressor = inUnits(x, unitX);
  const xx = sumOfProducts(regressor, regressor);
  const beta = xx > 0 ? sumOfProducts(regressor, target) / xx : Number.NaN;
  const left = new Float64Array(y.length);
  for (let t = 0; t < left.length; t++) left[t] = target[t]! - beta * regressor[t]!;
  return {
    hedgeRatios: Float64Array.of((beta * unitY) / unitX),
    residuals: unitY === 1 ? left : left.map((value) => value * unitY),
    rSquared: 1 - sumOfProducts(left, left) / sumOfProducts(target, target),
    fullRank: xx > 0,
  };
}

/** The regression of y on the columns of X; the trend is taken out of both first, which leaves β as it is. */
export function cointegratingRegression(y: Float64Array, X: Matrix, trend: Trend): CointegratingRegression {
  const whole = removeTrend(y.slice(), trend);
  const detrended = Array.from({ length: X.columns }, (_, j) => removeTrend(X.column(j), trend));
  if (detrended.length === 1) return pairRegression(whole, detrended[0]!);
  const unit = unitOf(whole);
  const target = inUnits(whole, unit);
  const units = detrended.map(unitOf);
  const columns = detrended.map((column, j) => inUnits(column, units[j]!));
  const A = new Matrix(X.rows, X.columns);
  columns.forEach((column, j) => {
    for (let t = 0; t < X.rows; t++) A.data[t * X.columns + j] = column[t]!;
  });
  const { solution, residuals, residualSumOfSquares, rank } = leastSquares(A, target);
  return {
    hedgeRatios: solution.map((beta, j) => (beta * unit) / units[j]!),
    residuals: unit === 1 ? residuals : residuals.map((value) => value * unit),
    rSquared: 1 - residualSumOfSquares / sumOfProducts(target, target),
    fullRank: rank === X.columns,
  };
}
