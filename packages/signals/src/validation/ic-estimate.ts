import {
  correlationBetween,
  mean,
  QuantError,
  type TableLike,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  isVector,
  requireInteger,
  requireKnownOptions,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { pearsonInfluence, spearmanInfluence } from "./correlation-influence.ts";
import { crossSectionalIc } from "./cross-sectional-ic.ts";
import { type IcMethod, requireIcMethod } from "./information-coefficient.ts";
import { estimateWithInterval, type IcEstimate, INTERVAL_OPTIONS, type IntervalOptions } from "./interval.ts";
import { pairedRows } from "./paired-rows.ts";
import { type Pairing, requirePairing } from "./pairing.ts";

export interface IcEstimateOptions extends IntervalOptions {
  /** Rows from a signal to the first return that it is held to predict, an integer ≥ 1. @defaultValue 1 */
  readonly lag?: number;
  /** Returns that are compounded into the outcome, an integer ≥ 1. @defaultValue 1 */
  readonly horizon?: number;
  /** @defaultValue "pearson" for one asset, "spearman" for a panel */
  readonly method?: IcMethod;
  /** Assets that a row must have, for a panel. @defaultValue 3 */
  readonly minAssets?: number;
}

export const IC_ESTIMATE_OPTIONS: readonly string[] = [
  "lag",
  "horizon",
  "method",
  "minAssets",
  ...INTERVAL_OPTIONS,
];

export interface MeanIcOptions extends IntervalOptions {
  /** Rows whose outcomes overlap with a row's own: the horizon less 1. @defaultValue 0 */
  readonly overlap?: number;
}

/**
 * The mean of a series of information coefficients, such as `crossSectionalIc` gives, with its standard error and interval.
 * Rows without a coefficient (NaN) are left out.
 *
 * @throws QuantError "shape" for no vector, "range" for overlap, lags or the bootstrap's numbers out of range, "option" for
 *   an unknown name or a bootstrap without `random`.
 */
export function meanIc(ic: VectorLike, options: MeanIcOptions = {}): IcEstimate {
  requireKnownOptions(options, ["overlap", ...INTERVAL_OPTIONS]);
  const { overlap = 0 } = options;
  requireInteger("overlap", overlap, 0);
  const known = requireVector("ic", ic).filter((value) => !Number.isNaN(value));
  const at = (positions: Float64Array): number => mean(positions.map((t) => known[t]!));
  return estimateWithInterval({ ic: mean(known), influence: known, overlap, at }, options);
}

function estimateOfPairs(
  signal: VectorLike,
  returns: VectorLike,
  pairing: Pairing,
  options: IcEstimateOptions,
): IcEstimate {
  const { method = "pearson" } = options;
  requireIcMethod("method", method);
  const { signals, outcomes } = pairedRows(signal, returns, pairing);
  const known = signals.data
    .map((_, t) => t)
    .filter((t) => Number.isFinite(signals.data[t]!) && Number.isFinite(outcomes.data[t]!));
  const x = known.map((t) => signals.data[t]!);
  const y = known.map((t) => outcomes.data[t]!);
  const ic = correlationBetween(x, y, { method });
  const influence = (method === "pearson" ? pearsonInfluence : spearmanInfluence)(x, y, ic);
  const at = (positions: Float64Array): number => {
    return correlationBetween(
      positions.map((t) => x[t]!),
      positions.map((t) => y[t]!),
      { method },
    );
  };
  return estimateWithInterval({ ic, influence, overlap: pairing.horizon - 1, at }, options);
}

/**
 * The information coefficient of a whole history, with its standard error and interval.
 *
 * For one asset (two vectors) it is the correlation over time of signals with the returns that followed them; its error
 * comes from each pair's influence on the correlation, whose autocorrelation counts. For a panel (time × assets) it is the
 * mean over rows of `crossSectionalIc`. A pair counts where both of its numbers are finite; with fewer than three the error
 * is NaN, for the bootstrap with fewer than ten.
 *
 * @throws QuantError "range" for a lag, horizon, minAssets, lags or the bootstrap's numbers out of range, "shape" for
 *   tables that do not fit, "option" for an unknown name or method, or a bootstrap without `random`.
 */
export function icEstimate(
  signal: TableLike,
  returns: TableLike,
  options: IcEstimateOptions = {},
): IcEstimate {
  requireKnownOptions(options, IC_ESTIMATE_OPTIONS);
  const { lag = 1, horizon = 1, method, minAssets, ...interval } = options;
  const pairing = requirePairing({ lag, horizon });
  if (isVector(signal)) {
    if (minAssets !== undefined) {
      throw new QuantError("option", `minAssets must be left out for one asset, got ${show(minAssets)}`);
    }
    return estimateOfPairs(signal, returns as VectorLike, pairing, options);
  }
  const ic = crossSectionalIc(signal, returns, {
    lag,
    horizon,
    ...(method !== undefined && { method }),
    ...(minAssets !== undefined && { minAssets }),
  });
  return meanIc(ic, { ...interval, overlap: horizon - 1 });
}
