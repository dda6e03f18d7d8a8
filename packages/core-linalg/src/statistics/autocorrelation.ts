import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { outputVector, requireApart, requireVector, type VectorLike } from "../guards/vectors.ts";
import { autocovariances, deviationsFromMean } from "./deviations.ts";

export interface AutocorrelationOptions {
  /**
   * The largest lag, below the number of observations.
   *
   * @defaultValue min(10, n − 1)
   */
  readonly lags?: number;
  /** lags + 1 entries that share no memory with x. @defaultValue a new array */
  readonly out?: Float64Array;
}

/**
 * The autocorrelations of a series at the lags 0, 1, …, lags:
 *
 * r_k = Σ (x_t − mean)(x_{t−k} − mean) ÷ Σ (x_t − mean)²
 *
 * with the mean and the sum of squares of the whole series in every lag (the definition of NIST [NistStrd] and of
 * statsmodels' `acf`; pandas' `Series.autocorr` is Pearson's correlation of the two overlapping parts instead). NaN
 * throughout for a constant series and for one that holds a NaN or an infinity.
 *
 * @throws QuantError "range" for an empty x and for lags that are no integer in [0, n − 1], "shape" for an x that is no
 *   vector and an `out` of another length, "option" for an `out` over x.
 */
export function autocorrelation(x: VectorLike, options: AutocorrelationOptions = {}): Float64Array {
  requireKnownOptions(options, ["lags", "out"]);
  const series = requireVector("x", x);
  requireInteger("the number of observations", series.length, 1);
  const { lags = Math.min(10, series.length - 1) } = options;
  requireInteger("lags", lags, 0, series.length - 1);
  const out = outputVector(options.out, lags + 1);
  requireApart(out, "x", series);
  const covariances = autocovariances(deviationsFromMean(series), lags);
  for (let k = 0; k <= lags; k++) out[k] = covariances[k]! / covariances[0]!;
  return out;
}
