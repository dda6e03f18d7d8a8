import { requireBoolean, requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { rollingRanks } from "../kernels/rolling-rank.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { OrderStream } from "./order-stream.ts";
import { RANK_METHODS, type RankMethod, RankWindow } from "./rank-window.ts";
import { resumeSeries, type StreamSettings } from "./series-stream.ts";
import type { RollingState } from "./stream-state.ts";

/** The options of {@link RollingRank}: those of {@link rollingRank}, without `out`. */
export interface RankStreamOptions extends WindowOptions {
  /**
   * Which rank equal values share: the average of theirs, the lowest or the highest.
   *
   * @defaultValue "average"
   */
  readonly method?: RankMethod;
  /**
   * Whether the rank is divided by the number of values present: a fraction in (0, 1].
   *
   * @defaultValue false
   */
  readonly pct?: boolean;
}

export interface RollingRankOptions<X extends TableLike> extends RollingOptions<X>, RankStreamOptions {}

/** Where a {@link RollingRank} stands, as plain JSON. */
export interface RollingRankState extends RollingState {
  readonly method: RankMethod;
  readonly pct: boolean;
}

/**
 * The rank of each value among the last `window` values, itself included, of a vector or of every column of a matrix or
 * `Panel` (time × assets): 1 for the smallest, a pure number; the answer has x's form and size. A value that is not
 * finite counts as missing: it has no rank (NaN), and with fewer than `minPeriods` values present there is none either.
 * −0 equals 0. The work a value grows with the window up to some hundred values, then with its logarithm and the moving
 * of its sorted values.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or minPeriods outside 1 … window, "option" for an
 *   unknown method, a pct that is neither true nor false or an `out` that shares memory with x, "shape" for x or `out`
 *   of a wrong form.
 */
export function rollingRank<X extends TableLike>(
  x: X,
  window: number,
  options: RollingRankOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods", "method", "pct"]);
  const { method = "average", pct = false } = options;
  const { minPeriods } = requireWindow(window, options.minPeriods);
  requireOneOf("method", method, RANK_METHODS);
  requireBoolean("pct", pct);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => {
    rollingRanks(table, window, minPeriods, method, pct, answer);
  });
}

interface RankSettings extends StreamSettings {
  readonly method: RankMethod;
  readonly pct: boolean;
}

/** {@link rollingRank} value by value. */
export class RollingRank extends OrderStream<RankSettings> {
  constructor(window: number, options: RankStreamOptions = {}) {
    requireKnownOptions(options, ["minPeriods", "method", "pct"]);
    const { method = "average", pct = false } = options;
    const { minPeriods } = requireWindow(window, options.minPeriods);
    requireOneOf("method", method, RANK_METHODS);
    requireBoolean("pct", pct);
    super({ window, minPeriods, method, pct }, new RankWindow(window, minPeriods, method, pct));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingRankState): RollingRank {
    return resumeSeries(state, ({ window, minPeriods }, record) => {
      const method = requireOneOf("state.method", record.method, RANK_METHODS);
      const pct = requireBoolean("state.pct", record.pct);
      return new RollingRank(window, { minPeriods, method, pct });
    });
  }
}
