import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";
import { chiSquareSurvival } from "../special/chi-square.ts";
import { autocorrelation } from "./autocorrelation.ts";

export interface LjungBoxOptions {
  /**
   * The largest lag h, below the number of observations.
   *
   * @defaultValue min(10, ⌊n ÷ 5⌋), at least 1
   */
  readonly lags?: number;
  /**
   * How many parameters of a model the series is the residual of (p + q of an ARMA): taken from the degrees of freedom.
   *
   * @defaultValue 0
   */
  readonly fittedParameters?: number;
}

export interface LjungBox {
  /** Q at the largest lag. */
  readonly statistic: number;
  /** The probability of a Q at least as large under no autocorrelation; NaN without degrees of freedom. */
  readonly pValue: number;
  readonly degreesOfFreedom: number;
  /** The same for every largest lag 1 … h: entry k − 1 belongs to k. */
  readonly perLag: {
    readonly autocorrelation: Float64Array;
    readonly statistic: Float64Array;
    readonly pValue: Float64Array;
  };
}

/**
 * Ljung and Box's test of no autocorrelation up to lag h: Q = n (n + 2) Σ r_k² ÷ (n − k), chi-square with h − fitted
 * parameters degrees of freedom. NaN for a constant series and for one that holds a NaN or an infinity.
 *
 * @throws QuantError "range" for lags that are no integer in [1, n − 1] or fittedParameters that are no integer ≥ 0,
 *   "shape" when x is no vector.
 */
export function ljungBox(x: VectorLike, options: LjungBoxOptions = {}): LjungBox {
  requireKnownOptions(options, ["lags", "fittedParameters"]);
  const series = requireVector("x", x);
  const n = series.length;
  requireInteger("the number of observations", n, 2);
  const { lags = Math.max(1, Math.min(10, Math.floor(n / 5))), fittedParameters = 0 } = options;
  requireInteger("lags", lags, 1, n - 1);
  requireInteger("fittedParameters", fittedParameters, 0);
  const r = autocorrelation(series, { lags }).subarray(1);
  const statistic = new Float64Array(lags);
  const pValue = new Float64Array(lags);
  let sum = 0;
  for (let k = 1; k <= lags; k++) {
    sum += (r[k - 1]! * r[k - 1]!) / (n - k);
    statistic[k - 1] = n * (n + 2) * sum;
    const degrees = k - fittedParameters;
    pValue[k - 1] = degrees > 0 ? chiSquareSurvival(statistic[k - 1]!, degrees) : Number.NaN;
  }
  return {
    statistic: statistic[lags - 1]!,
    pValue: pValue[lags - 1]!,
    degreesOfFreedom: Math.max(lags - fittedParameters, 0),
    perLag: { autocorrelation: r, statistic, pValue },
  };
}
