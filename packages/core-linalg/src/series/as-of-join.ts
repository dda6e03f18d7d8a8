import { requireNonNegative } from "../guards/numbers.ts";
import { requireBoolean, requireKnownOptions, requireOneOf } from "../guards/options.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { requirePanel } from "./in-kind.ts";
import { besideEachOther, requireOwnColumns } from "./pair-rows.ts";
import type { Panel } from "./panel.ts";

export interface AsOfJoinOptions {
  /**
   * Which row of `right` stands beside a time: "backward" the last one at or before it, "forward" the first one at or
   * after it, "nearest" the closer of the two, the earlier one of equals. The last two look ahead. @defaultValue "backward"
   */
  readonly direction?: "backward" | "forward" | "nearest";
  /** How far away that row may be, in milliseconds; 0 takes rows of the same time only. @defaultValue any distance */
  readonly tolerance?: number;
  /** Whether a row of the very same time counts; false for what is known a moment later only. @defaultValue true */
  readonly allowExactMatches?: boolean;
  /**
   * Where to write the values: a matrix of `left`'s rows × the columns of both that shares no memory with either. The
   * answer holds it. @defaultValue a new matrix
   */
  readonly out?: Matrix;
}

/** For each time, the last row of `index` at or before it (before it, when not `exact`); −1 where there is none. */
function lastRows(times: Float64Array, index: Float64Array, exact: boolean): Int32Array {
  const rows = new Int32Array(times.length);
  const end = index.length;
  let next = 0;
  for (let t = 0; t < times.length; t++) {
    const time = times[t]!;
    while (next < end && index[next]! < time) next++;
    rows[t] = (exact && next < end && index[next]! === time ? next + 1 : next) - 1;
  }
  return rows;
}

/** For each time, the first row of `index` at or after it (after it, when not `exact`); −1 where there is none. */
function nextRows(times: Float64Array, index: Float64Array, exact: boolean): Int32Array {
  // What is not strictly before (or at) the time is at or after (or after) it.
  const before = lastRows(times, index, !exact);
  return before.map((row) => (row + 1 < index.length ? row + 1 : -1));
}

function nearestRows(times: Float64Array, index: Float64Array, exact: boolean): Int32Array {
  const before = lastRows(times, index, exact);
  const after = nextRows(times, index, exact);
  return before.map((row, t) => {
    if (row < 0 || after[t]! < 0) return Math.max(row, after[t]!);
    return times[t]! - index[row]! <= index[after[t]!]! - times[t]! ? row : after[t]!;
  });
}

const ROWS_BY_DIRECTION = { backward: lastRows, forward: nextRows, nearest: nearestRows };

/**
 * The rows of `left`, each with what `right` last said at or before its time: the columns of `left` and then of
 * `right`, on the times of `left`. NaN where `right` has said nothing yet, or nothing within `tolerance`. It is the
 * row that is found, not the value: a NaN in it stays one, unless `right` was forward-filled before. With
 * `tolerance: 0` it is a left join on equal times.
 *
 * A bar labelled at its start is known at its end only: join on the end, as `resampleBars` labels them.
 *
 * @throws QuantError "data" when a column's name is in both, "shape" for anything that is no panel, "range" for a
 *   negative tolerance, "option" for an unknown direction and an `out` over an input.
 */
export function asOfJoin(left: Panel, right: Panel, options: AsOfJoinOptions = {}): Panel {
  requireKnownOptions(options, ["direction", "tolerance", "allowExactMatches", "out"]);
  const { direction = "backward", tolerance, allowExactMatches = true, out } = options;
  requireOneOf("direction", direction, ["backward", "forward", "nearest"]);
  if (tolerance !== undefined) requireNonNegative("tolerance", tolerance);
  requireBoolean("allowExactMatches", allowExactMatches);
  const a = requirePanel("left", left);
  const b = requirePanel("right", right);
  requireOwnColumns(a, b);
  const rows = ROWS_BY_DIRECTION[direction](a.index, b.index, allowExactMatches);
  if (tolerance !== undefined) {
    for (let t = 0; t < rows.length; t++) {
      const row = rows[t]!;
      if (row >= 0 && Math.abs(a.index[t]! - b.index[row]!) > tolerance) rows[t] = -1;
    }
  }
  return besideEachOther(a, b, { index: a.index, left: "all", right: rows }, out);
}
