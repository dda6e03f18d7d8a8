import { exp, lgamma, log, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import { inUnits } from "./extreme-units.ts";
import { blockVariance, detrendedFluctuation, rescaledRange } from "./fluctuations.ts";

const METHODS = ["rescaled-range", "detrended-fluctuation", "aggregated-variance"] as const;

/**
 * What grows as a power of the window.
 *
 * | name | grows as | with |
 * |---|---|---|
 * | `rescaled-range` | window^H | the range of the cumulated changes ÷ their standard deviation, over its expectation for independent normal changes, after Anis and Lloyd |
 * | `detrended-fluctuation` | window^H | the deviation of the cumulated changes from a line in each window |
 * | `aggregated-variance` | window^(2H − 2) | the variance of the changes' means over windows |
 */
export type HurstMethod = (typeof METHODS)[number];

export interface HurstExponentOptions {
  /** @defaultValue "rescaled-range" */
  readonly method?: HurstMethod;
  /**
   * Whether the series is what moves ('levels': prices in logs, a spread) or its changes.
   *
   * @defaultValue "levels"
   */
  readonly of?: "levels" | "changes";
  /**
   * The shortest window, in changes, at least 4 (for 'aggregated-variance' at least 1).
   *
   * @defaultValue 10, for 'aggregated-variance' 1
   */
  readonly minWindow?: number;
  /**
   * The longest window, at most half of the changes.
   *
   * @defaultValue a quarter of the changes, for 'aggregated-variance' a tenth
   */
  readonly maxWindow?: number;
}

export interface HurstExponent {
  /** H: ½ for a random walk, below it where moves are taken back, above it where they go on. */
  readonly exponent: number;
  /** Of the line through the points; the windows share their data, so the exponent's own is larger. */
  readonly standardError: number;
  /** Changes a window: a factor √2 from each to the next. */
  readonly windows: Float64Array;
  /** What was measured in them, corrected where the method says so. */
  readonly values: Float64Array;
}

/** E[R/S] of m independent normal changes: Γ((m−1)/2) ÷ (√π Γ(m/2)) · Σ √((m − i) ÷ i). */
function expectedRescaledRange(m: number): number {
  let sum = 0;
  for (let i = 1; i < m; i++) sum += Math.sqrt((m - i) / i);
  return (exp(lgamma((m - 1) / 2) - lgamma(m / 2)) / Math.sqrt(Math.PI)) * sum;
}

const MEASURES: Readonly<Record<HurstMethod, (changes: Float64Array, window: number) => number>> = {
  "rescaled-range": (changes, window) => rescaledRange(changes, window) / expectedRescaledRange(window),
  "detrended-fluctuation": detrendedFluctuation,
  "aggregated-variance": blockVariance,
};

/** What slope s of log value on log window says of H. */
const EXPONENTS: Readonly<Record<HurstMethod, readonly [at: number, perSlope: number]>> = {
  "rescaled-range": [0.5, 1],
  "detrended-fluctuation": [0, 1],
  "aggregated-variance": [1, 0.5],
};

/** Slope of the line through the points, and its standard error. */
function line(x: Float64Array, y: Float64Array): { readonly slope: number; readonly error: number } {
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    xx += (x[i]! - meanX) * (x[i]! - meanX);
    xy += (x[i]! - meanX) * (y[i]! - meanY);
  }
  const slope = xy / xx;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const residual = y[i]! - meanY - slope * (x[i]! - meanX);
    squares += residual * residual;
  }
  return { slope, error: Math.sqrt(squares / (n - 2) / xx) };
}

function windowsBetween(least: number, most: number): Float64Array {
  const windows: number[] = [];
  for (let width = least; width <= most; width *= Math.SQRT2) {
    const window = Math.floor(width + 1e-9);
    if (window !== windows.at(-1)) windows.push(window);
  }
  return Float64Array.from(windows);
}

/**
 * The Hurst exponent of a series by the growth of its fluctuations with the window: the slope of log value on log window.
 * Windows lie side by side from the first change on; what is left at the end is not used. NaN for a series whose changes do
 * not vary. A spread that reverts quickly has an exponent near 0; half a year of daily bars leaves an error near 0.1.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity, "range" for windows that are no integers in their limits or
 *   series that hold fewer than three windows' sizes, "option" for an unknown method.
 */
export function hurstExponent(series: VectorLike, options: HurstExponentOptions = {}): HurstExponent {
  requireKnownOptions(options, ["method", "of", "minWindow", "maxWindow"]);
  const { method = "rescaled-range", of = "levels" } = options;
  requireOneOf("method", method, METHODS);
  requireOneOf("of", of, ["levels", "changes"]);
  const values = inUnits(requireFiniteVector("series", series));
  const changes = of === "changes" ? values : values.subarray(1).map((value, t) => value - values[t]!);
  const aggregated = method === "aggregated-variance";
  const n = changes.length;
  const { minWindow = aggregated ? 1 : 10, maxWindow = Math.floor(n / (aggregated ? 10 : 4)) } = options;
  requireInteger("minWindow", minWindow, aggregated ? 1 : 4);
  if (options.maxWindow !== undefined) requireInteger("maxWindow", maxWindow, minWindow, Math.floor(n / 2));
  const windows = windowsBetween(minWindow, maxWindow);
  if (windows.length < 3) {
    throw new QuantError(
      "range",
      `series must hold at least three sizes of window between ${minWindow} and ${maxWindow}, got ${n} changes`,
      { argument: "series", changes: n, minWindow, maxWindow },
    );
  }
  const measured = windows.map((window) => MEASURES[method](changes, window));
  const [at, perSlope] = EXPONENTS[method];
  const logs = measured.map((value) => (value > 0 ? log(value) : Number.NaN));
  const { slope, error } = line(windows.map(log), logs);
  return { exponent: at + perSlope * slope, standardError: perSlope * error, windows, values: measured };
}
