import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareSurvival,
  kurtosis as excessKurtosis,
  ljungBox,
  skewness,
  studentTCdf,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireProbability,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { consistencySentence } from "./consistency-sentence.ts";

export interface InnovationDiagnosticsOptions {
  /**
   * The largest lag of the test for autocorrelation, below the number of innovations.
   * @defaultValue min(10, ⌊n ÷ 5⌋), at least 1
   */
  readonly lags?: number;
  /**
   * How many parameters were fitted to the same data beyond the noise's own: taken from that test's degrees of freedom.
   * @defaultValue 0
   */
  readonly fittedParameters?: number;
  /**
   * Bars at either end that the test of heteroscedasticity compares.
   * @defaultValue a third of the innovations, rounded
   */
  readonly window?: number;
  /**
   * Of the bounds for the average squared innovation, and of the word "consistent".
   * @defaultValue 0.95
   */
  readonly confidence?: number;
}

/** A test of what standardised innovations would be if the model were right. */
export interface InnovationTest {
  readonly statistic: number;
  /** The probability of a statistic at least as extreme if it were. */
  readonly pValue: number;
}

export interface InnovationDiagnostics {
  /** Innovations that are not NaN. */
  readonly observations: number;
  readonly mean: number;
  /** Root of the average square: what the innovations are times what the filter believes. */
  readonly ratio: number;
  /**
   * The sum of squares (normalised innovation squared) against a chi-square of as many degrees of freedom, two-sided;
   * `average` is it per innovation, which belongs between `lower` and `upper`.
   */
  readonly consistency: InnovationTest & {
    readonly average: number;
    readonly lower: number;
    readonly upper: number;
  };
  /** Ljung and Box: no autocorrelation up to `lags`. */
  readonly autocorrelation: InnovationTest & { readonly lags: number };
  /** Jarque and Bera, chi-square of 2 degrees of freedom; the normal law has skewness 0 and kurtosis 3. */
  readonly normality: InnovationTest & { readonly skewness: number; readonly kurtosis: number };
  /** H: the squares of the last `window` innovations over those of the first, F with as many degrees of freedom, two-sided. */
  readonly heteroscedasticity: InnovationTest & { readonly window: number };
  /** Whether the average square lies within its bounds. */
  readonly consistent: boolean;
  /** What stands out, in plain words. */
  readonly sentence: string;
}

/** Fewer innovations than these say nothing about their law. */
const LEAST = 4;

function squares(z: Float64Array): number {
  let sum = 0;
  for (const value of z) sum += value * value;
  return sum;
}

/** For F of (h, h) degrees of freedom, ½√h (√F − 1/√F) is Student's t of h. */
function varianceRatio(z: Float64Array, window: number): InnovationTest {
  const statistic = squares(z.subarray(z.length - window)) / squares(z.subarray(0, window));
  const root = Math.sqrt(statistic);
  const t = (Math.sqrt(window) / 2) * (root - 1 / root);
  return { statistic, pValue: Number.isNaN(t) ? t : 2 * studentTCdf(-Math.abs(t), window) };
}

function normalityOf(z: Float64Array): InnovationDiagnostics["normality"] {
  const skew = skewness(z);
  const excess = excessKurtosis(z);
  const statistic = (z.length / 6) * (skew * skew + (excess * excess) / 4);
  const pValue = Number.isNaN(statistic) ? statistic : chiSquareSurvival(statistic, 2);
  return { statistic, pValue, skewness: skew, kurtosis: excess + 3 };
}

/**
 * Whether a filter's standardised innovations (`zScore`, `standardized`) are what they are if the model is right:
 * independent standard normals. NaN are left out. With fewer than 4 innovations every test is NaN.
 *
 * @throws QuantError "shape" for no vector, "range" or "option" for an illegal option.
 */
export function innovationDiagnostics(
  standardized: VectorLike,
  options: InnovationDiagnosticsOptions = {},
): InnovationDiagnostics {
  requireKnownOptions(options, ["lags", "fittedParameters", "window", "confidence"]);
  const z = requireVector("standardized", standardized).filter((value) => !Number.isNaN(value));
  const n = z.length;
  const few = n < LEAST;
  const {
    lags = Math.max(1, Math.min(10, Math.floor(n / 5))),
    fittedParameters = 0,
    window = Math.max(1, Math.round(n / 3)),
    confidence = 0.95,
  } = options;
  requireProbability("confidence", confidence);
  requireInteger("lags", lags, 1, few ? Number.MAX_SAFE_INTEGER : n - 1);
  requireInteger("fittedParameters", fittedParameters, 0);
  requireInteger("window", window, 1, few ? Number.MAX_SAFE_INTEGER : Math.floor(n / 2));
  const nothing = { statistic: Number.NaN, pValue: Number.NaN };
  const total = few ? Number.NaN : squares(z);
  const average = total / n;
  const tail = (1 - confidence) / 2;
  const lower = few ? Number.NaN : chiSquareQuantile(tail, n) / n;
  const upper = few ? Number.NaN : chiSquareQuantile(1 - tail, n) / n;
  const twoSided = few ? Number.NaN : 2 * Math.min(chiSquareCdf(total, n), chiSquareSurvival(total, n));
  const white = few ? nothing : ljungBox(z, { lags, fittedParameters });
  const found = {
    observations: n,
    mean: few ? Number.NaN : z.reduce((sum, value) => sum + value, 0) / n,
    ratio: Math.sqrt(average),
    consistency: { statistic: total, pValue: Math.min(1, twoSided), average, lower, upper },
    autocorrelation: { statistic: white.statistic, pValue: white.pValue, lags },
    normality: few ? { ...nothing, skewness: Number.NaN, kurtosis: Number.NaN } : normalityOf(z),
    heteroscedasticity: { ...(few ? nothing : varianceRatio(z, window)), window },
    consistent: average >= lower && average <= upper,
  };
  return { ...found, sentence: consistencySentence(found, 1 - confidence) };
}
