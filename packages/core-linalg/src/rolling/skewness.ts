import { requireBoolean, requireKnownOptions } from "../guards/options.ts";
import { rollingPowers } from "../kernels/rolling-powers.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { type PowersForm, runPowers } from "./run-powers.ts";
import { resumeSeries, type SeriesState, SeriesStream, type StreamSettings } from "./series-stream.ts";

export interface BiasOptions {
  /**
   * The moments of the window taken as a population, as `skewness` and `kurtosis` give them, instead of the sample's
   * with their small-sample factors, as pandas does.
   *
   * @defaultValue false
   */
  readonly bias?: boolean;
}

export interface RollingMomentOptions<X extends TableLike> extends RollingOptions<X>, BiasOptions {}
export interface MomentWindowOptions extends WindowOptions, BiasOptions {}

export interface BiasSettings extends StreamSettings {
  readonly bias: boolean;
}

export type RollingMomentState = SeriesState<BiasSettings>;

/** The settings of a stream whose options are a window's and a bias. */
export function requireBiasSettings(length: number, options: MomentWindowOptions): BiasSettings {
  requireKnownOptions(options, ["minPeriods", "bias"]);
  const { bias = false } = options;
  return { ...requireWindow(length, options.minPeriods), bias: requireBoolean("bias", bias) };
}

/** The windows of x in the form asked for, in x's own kind. */
export function powersInKind<X extends TableLike>(
  x: X,
  length: number,
  options: RollingMomentOptions<X>,
  as: PowersForm["as"],
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods", "bias"]);
  const { out, ...rest } = options;
  const settings = requireBiasSettings(length, rest);
  const table = requireTable("x", x);
  return answerInKind(x, table, out, [table], (answer) => {
    rollingPowers(table, { ...settings, as }, answer);
  });
}

/**
 * The skewness of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets): negative when the long tail lies on the side of losses. With n values present it is
 * G₁ = √(n(n − 1)) ÷ (n − 2) · m₃ ÷ m₂^1.5, without `bias`; windows, missing values and errors as in
 * {@link rollingMean}. NaN too for fewer than three values (with `bias` one), where the window does not vary, and
 * where powers leave the doubles (deviations above 1e100 or all below 1e-140).
 */
export function rollingSkewness<X extends TableLike>(
  x: X,
  window: number,
  options: RollingMomentOptions<X> = {},
): TableOf<X> {
  return powersInKind(x, window, options, "skewness");
}

/** {@link rollingSkewness} value by value. */
export class RollingSkewness extends SeriesStream<BiasSettings> {
  constructor(window: number, options: MomentWindowOptions = {}) {
    const settings = requireBiasSettings(window, options);
    super(settings, runPowers({ as: "skewness", bias: settings.bias }));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingMomentState): RollingSkewness {
    return resumeSeries(state, ({ window, minPeriods }, { bias }) => {
      return new RollingSkewness(window, { minPeriods, bias: requireBoolean("state.bias", bias) });
    });
  }
}
