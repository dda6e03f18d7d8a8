import type { TableLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireInteger,
  requireKnownOptions,
  requireTable,
  requireTableLike,
} from "@astra-quant/core-linalg/guards";
import { crossSectionalIc } from "./cross-sectional-ic.ts";
import { IC_ESTIMATE_OPTIONS, type IcEstimateOptions, icEstimate, meanIc } from "./ic-estimate.ts";
import type { IcEstimate } from "./interval.ts";
import { requirePairing, rowsBack } from "./pairing.ts";

export interface RollingIcEstimateOptions extends IcEstimateOptions {
  /** Rows in each estimate, an integer ≥ 3. @defaultValue 252 */
  readonly window?: number;
  /** Pairs of one asset, or rows of a panel with a coefficient, that a window must have: 2 … window. @defaultValue window */
  readonly minPeriods?: number;
  /** Rows from one estimate to the next, counted back from the last row; the others are NaN. @defaultValue 1 */
  readonly every?: number;
}

/** Series of one entry a row, NaN where a row has no estimate. */
export interface RollingIcEstimate {
  readonly ic: Float64Array;
  readonly standardError: Float64Array;
  /** The interval's ends. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The estimate of the window that ends in a row. */
type EstimateAt = (row: number) => IcEstimate;

function ofOneAsset(
  signal: Float64Array,
  returns: Float64Array,
  window: number,
  options: IcEstimateOptions,
): EstimateAt {
  const before = window + rowsBack(requirePairing({ lag: options.lag ?? 1, horizon: options.horizon ?? 1 }));
  return (row) => {
    const first = Math.max(0, row + 1 - before);
    return icEstimate(signal.subarray(first, row + 1), returns.subarray(first, row + 1), options);
  };
}

function ofPanel(
  signal: TableLike,
  returns: TableLike,
  window: number,
  { lag, horizon = 1, method, minAssets, ...interval }: IcEstimateOptions,
): EstimateAt {
  const ic = crossSectionalIc(signal, returns, {
    horizon,
    ...(lag !== undefined && { lag }),
    ...(method !== undefined && { method }),
    ...(minAssets !== undefined && { minAssets }),
  });
  const settings = { ...interval, overlap: horizon - 1 };
  return (row) => meanIc(ic.subarray(Math.max(0, row + 1 - window), row + 1), settings);
}

/**
 * The information coefficient of the last `window` rows with its standard error and interval, row by row: {@link icEstimate}
 * of every window, of one asset over time or, for a panel, across assets. Row t is made of what is known at t. A bootstrap
 * draws the same way in every row, so that a longer history changes no earlier one; `every` spares it rows.
 *
 * @throws QuantError as `icEstimate` does; "range" for a window, minPeriods or `every` out of range.
 */
export function rollingIcEstimate(
  signal: TableLike,
  returns: TableLike,
  options: RollingIcEstimateOptions = {},
): RollingIcEstimate {
  requireKnownOptions(options, [...IC_ESTIMATE_OPTIONS, "window", "minPeriods", "every"]);
  const { window = 252, every = 1, minPeriods = window, ...rest } = options;
  requireInteger("window", window, 3);
  requireInteger("minPeriods", minPeriods, 2, window);
  requireInteger("every", every, 1);
  const table = requireTable("signal", signal);
  const earned = requireTableLike("returns", returns, "signal", table);
  const estimateAt = isVector(signal)
    ? ofOneAsset(table.data, earned.data, window, rest)
    : ofPanel(table, earned, window, rest);
  const [ic, standardError, lower, upper] = Array.from({ length: 4 }, () =>
    new Float64Array(table.rows).fill(Number.NaN),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let t = table.rows - 1; t >= 0; t -= every) {
    const estimate = estimateAt(t);
    if (estimate.observations < minPeriods) continue;
    ic[t] = estimate.ic;
    standardError[t] = estimate.standardError;
    lower[t] = estimate.interval.lower;
    upper[t] = estimate.interval.upper;
  }
  return { ic, standardError, lower, upper };
}
