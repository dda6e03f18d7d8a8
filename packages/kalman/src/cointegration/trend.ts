import { requireOneOf } from "@astra-quant/core-linalg/guards";

const TRENDS = ["n", "c", "ct", "ctt"] as const;

/** What a regression holds besides its regressors: nothing, a constant, and with it a trend, and its square. */
export type Trend = (typeof TRENDS)[number];

export function requireTrend(trend: unknown, allowed: readonly Trend[] = TRENDS): Trend {
  return requireOneOf("trend", trend, allowed);
}

/** How many terms the trend has. */
export function trendTerms(trend: Trend): number {
  return trend === "n" ? 0 : trend.length;
}

/** The trend's terms over so many rows as orthonormal polynomials of time. */
export function trendColumns(trend: Trend, rows: number): readonly Float64Array[] {
  const columns = Array.from({ length: trendTerms(trend) }, () => new Float64Array(rows));
  const [constant, linear, square] = columns;
  constant?.fill(1 / Math.sqrt(rows));
  if (linear === undefined) return columns;
  let squares = 0;
  for (let t = 0; t < rows; t++) {
    linear[t] = 2 * t - (rows - 1);
    squares += linear[t]! * linear[t]!;
  }
  if (square !== undefined) {
    for (let t = 0; t < rows; t++) square[t] = linear[t]! * linear[t]! - squares / rows;
    normalize(square);
  }
  normalize(linear);
  return columns;
}

/** Brings a column to length 1; one without length stays. */
function normalize(column: Float64Array): void {
  let squares = 0;
  for (let t = 0; t < column.length; t++) squares += column[t]! * column[t]!;
  const length = Math.sqrt(squares);
  if (length > 0) for (let t = 0; t < column.length; t++) column[t]! /= length;
}

/** The largest magnitude in a series of finite numbers. */
export function largestMagnitude(series: Float64Array): number {
  let largest = 0;
  for (let t = 0; t < series.length; t++) {
    const magnitude = Math.abs(series[t]!);
    if (magnitude > largest) largest = magnitude; // a branch foretold, where Math.max waits for the one before
  }
  return largest;
}

/** What of a series' magnitude rounding may leave of one that a trend explains. */
const ROUNDING = 64 * Number.EPSILON;

/**
 * Takes the trend out of a series by least squares, in place; where only rounding is left, zeros are. `terms` are those of
 * the trend over as many rows, where many series share them.
 */
export function removeTrend(
  series: Float64Array,
  trend: Trend,
  terms: readonly Float64Array[] = trendColumns(trend, series.length),
): Float64Array {
  if (trend === "n" || series.length === 0) return series;
  const before = largestMagnitude(series);
  const shift = series[0]!;
  for (let t = 0; t < series.length; t++) series[t]! -= shift;
  for (const column of terms) {
    let share = 0;
    for (let t = 0; t < series.length; t++) share += series[t]! * column[t]!;
    for (let t = 0; t < series.length; t++) series[t]! -= share * column[t]!;
  }
  return largestMagnitude(series) > ROUNDING * before ? series : series.fill(0);
}
