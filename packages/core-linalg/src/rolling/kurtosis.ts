import { requireBoolean } from "../guards/options.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { runPowers } from "./run-powers.ts";
import { resumeSeries, SeriesStream } from "./series-stream.ts";
import {
  type BiasSettings,
  type MomentWindowOptions,
  powersInKind,
  type RollingMomentOptions,
  type RollingMomentState,
  requireBiasSettings,
} from "./skewness.ts";

/**
 * The excess kurtosis of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets): 0 for a normal law, positive for fat tails. With n values present it is
 * G₂ = (n − 1) ÷ ((n − 2)(n − 3)) · ((n + 1)(m₄ ÷ m₂² − 3) + 6), without `bias`; windows, missing values and errors as
 * in {@link rollingMean}. NaN too for fewer than four values (with `bias` one), where the window does not vary, and
 * where powers leave the doubles (deviations above 1e75 or all below 1e-72).
 */
export function rollingKurtosis<X extends TableLike>(
  x: X,
  window: number,
  options: RollingMomentOptions<X> = {},
): TableOf<X> {
  return powersInKind(x, window, options, "kurtosis");
}

/** {@link rollingKurtosis} value by value. */
export class RollingKurtosis extends SeriesStream<BiasSettings> {
  constructor(window: number, options: MomentWindowOptions = {}) {
    const settings = requireBiasSettings(window, options);
    super(settings, runPowers({ as: "kurtosis", bias: settings.bias }));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingMomentState): RollingKurtosis {
    return resumeSeries(state, ({ window, minPeriods }, { bias }) => {
      return new RollingKurtosis(window, { minPeriods, bias: requireBoolean("state.bias", bias) });
    });
  }
}
