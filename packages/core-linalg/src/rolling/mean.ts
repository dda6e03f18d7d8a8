import { requireKnownOptions } from "../guards/options.ts";
import { rollingSums } from "../kernels/rolling-sums.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { runSums } from "./run-sums.ts";
import { resumeSeries, SeriesStream } from "./series-stream.ts";
import type { RollingState } from "./stream-state.ts";

function sums<X extends TableLike>(
  x: X,
  length: number,
  options: RollingOptions<X>,
  asMean: boolean,
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods"]);
  const { window, minPeriods } = requireWindow(length, options.minPeriods);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => {
    rollingSums(table, { window, minPeriods, asMean }, answer);
  });
}

/**
 * The mean of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets); the answer has x's form, size and unit. A value that is not finite counts as missing: the answer is
 * the mean of those present, NaN where fewer than `minPeriods` are. Nothing is ever subtracted from a sum, so what has
 * left the window leaves no trace. NaN too where the window's length times a value, or times the distance of two, is
 * beyond the doubles.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a minPeriods outside 1 … window, "shape" for x or
 *   `out` of a wrong form, "option" for an `out` that shares memory with x.
 */
export function rollingMean<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  return sums(x, window, options, true);
}

/** The sum of the last `window` values present at each time; forms, NaN and errors as in {@link rollingMean}. */
export function rollingSum<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  return sums(x, window, options, false);
}

/** {@link rollingMean} value by value. */
export class RollingMean extends SeriesStream {
  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    super(requireWindow(window, options.minPeriods), runSums(true));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingState): RollingMean {
    return resumeSeries(state, ({ window, minPeriods }) => new RollingMean(window, { minPeriods }));
  }
}

/** {@link rollingSum} value by value. */
export class RollingSum extends SeriesStream {
  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    super(requireWindow(window, options.minPeriods), runSums(false));
  }

  /** As {@link RollingMean.from}. */
  static from(state: RollingState): RollingSum {
    return resumeSeries(state, ({ window, minPeriods }) => new RollingSum(window, { minPeriods }));
  }
}
