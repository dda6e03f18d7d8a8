import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { quantilePosition, requireQuantileLevel, valueAtPosition } from "../statistics/quantile.ts";
import { answerInKind } from "./answer.ts";
import type { RollingOptions } from "./options.ts";

/** The first index of sorted[start … end) whose value is not below `value`. */
function lowerBound(sorted: Float64Array, start: number, end: number, value: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes `leaving` out of sorted[start … end) and puts `entering` where it belongs. */
function replace(sorted: Float64Array, start: number, end: number, leaving: number, entering: number): void {
  let hole = lowerBound(sorted, start, end, leaving);
  while (hole + 1 < end && sorted[hole + 1]! < entering) {
    sorted[hole] = sorted[hole + 1]!;
    hole++;
  }
  while (hole > start && sorted[hole - 1]! > entering) {
    sorted[hole] = sorted[hole - 1]!;
    hole--;
  }
  sorted[hole] = entering;
}

/** What stands in a sorted window for a value that is not there: it stays at the end. */
const ABSENT = Number.POSITIVE_INFINITY;

/**
 * The q-quantile (0 ≤ q ≤ 1, type R-7, as `quantile` gives it) of the last `window` values at each time, of a
 * vector or of every column of a matrix or `Panel` (time × assets); the answer has x's form, size, unit and sign. Full
 * windows only: the first `window` − 1 rows are NaN, and all of them when the window is longer than the data.
 * A window that holds a NaN is NaN; the NaN is forgotten as soon as it has left.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a q outside [0, 1], "shape" for x or `out`
 *   of a wrong form.
 */
export function rollingQuantile<X extends TableLike>(
  x: X,
  window: number,
  q: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out"]);
  requireInteger("window", window, 1);
  requireQuantileLevel(q);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => {
    answer.fill(Number.NaN);
    const { rows, columns, data } = table;
    if (window > rows) return;
    const position = quantilePosition(window, q, "R-7");
    const sorted = new Float64Array(window * columns).fill(ABSENT);
    const missing = new Int32Array(columns).fill(window);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < columns; j++) {
        const entering = data[row * columns + j]!;
        const leaving = row < window ? Number.NaN : data[(row - window) * columns + j]!;
        const enters = !Number.isNaN(entering);
        const leaves = !Number.isNaN(leaving);
        if (enters) missing[j]!--;
        if (leaves) missing[j]!++;
        const start = j * window;
        replace(sorted, start, start + window, leaves ? leaving : ABSENT, enters ? entering : ABSENT);
        if (missing[j] === 0) answer[row * columns + j] = valueAtPosition(sorted, start, position);
      }
    }
  });
}
