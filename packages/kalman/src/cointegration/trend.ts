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

function normalized(column: Float64Array): Float64Array {
  let squares = 0;
  for (const value of column) squares += value * value;
  const length = Math.sqrt(squares);
  return length > 0 ? column.map((value) => value / length) : column;
}

/** The trend's terms over so many rows as orthonormal polynomials of time. */
export function trendColumns(trend: Trend, rows: number): readonly Float64Array[] {
  const terms = trendTerms(trend);
  const time = Float64Array.from({ length: rows }, (_, t) => (rows > 1 ? (2 * t) / (rows - 1) - 1 : 0));
  let meanSquare = 0;
  for (const s of time) meanSquare += s * s;
  meanSquare /= rows;
  const columns = [new Float64Array(rows).fill(1), time, time.map((s) => s * s - meanSquare)];
  return columns.slice(0, terms).map(normalized);
}

/** Takes the trend out of a series by least squares, in place. */
export function removeTrend(series: Float64Array, trend: Trend): Float64Array {
  if (trend === "n" || series.length === 0) return series;
  const shift = series[0]!;
  for (let t = 0; t < series.length; t++) series[t]! -= shift;
  for (const column of trendColumns(trend, series.length)) {
    let share = 0;
    for (let t = 0; t < series.length; t++) share += series[t]! * column[t]!;
    for (let t = 0; t < series.length; t++) series[t]! -= share * column[t]!;
  }
  return series;
}
