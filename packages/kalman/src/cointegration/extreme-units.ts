import { largestMagnitude } from "./trend.ts";

/** Beyond this the squares of a series might leave the doubles. */
const LARGE = 1e100;

/** What to divide a series by before its values are squared: 1, or its largest magnitude where that is extreme. */
export function unitOf(series: Float64Array): number {
  const largest = largestMagnitude(series);
  return largest > LARGE || (largest > 0 && largest < 1 / LARGE) ? largest : 1;
}

/** The series itself, or a copy in another unit. */
export function inUnits(series: Float64Array, unit: number = unitOf(series)): Float64Array {
  return unit === 1 ? series : series.map((value) => value / unit);
}
