import type { Matrix } from "../matrix/matrix.ts";
import { allocate, copyOut, doublesAt, inArena } from "./arena.ts";

/** Doubles of a stretch of rows that stay in the second cache. */
const STRETCH = 32768;

/** Where a kernel finds, in the arena, what belongs to one stretch of a table's rows. */
export interface Stretch {
  /** The `window` rows before the stretch, then its own; NaN where the table has not begun. */
  readonly X: number;
  readonly rows: number;
  /** For each column, how many of the `window` rows before are present: the kernel's own from stretch to stretch. */
  readonly counts: number;
  /** Where the answers go. */
  readonly out: number;
}

/** What a kernel is told of all stretches. */
export interface StretchSizes {
  /** Columns. */
  readonly N: number;
  /** The window, no longer than the table. */
  readonly w: number;
  /** How many values must be present: more than there are rows when they never will be. */
  readonly least: number;
  /** Rows of the longest stretch. */
  readonly longest: number;
}

/**
 * Takes a table through a kernel in stretches of whole blocks of `window` rows. `prepare` allocates what the kernel needs
 * besides, and gives back what runs one. False where there is no memory;
 * `answer` is then to be written again.
 */
export function overStretches(
  table: Matrix,
  window: number,
  minPeriods: number,
  answer: Float64Array,
  prepare: (sizes: StretchSizes) => (stretch: Stretch) => void,
): boolean {
  const { rows, columns: N, data } = table;
  const w = Math.min(window, rows);
  const least = Math.min(minPeriods, rows + 1);
  const done = inArena(() => {
    const longest = Math.min(rows, w * Math.ceil(STRETCH / (w * N)));
    // Kernels read and write pairs of columns: the last of an odd number goes one double too far.
    const X = allocate((w + longest) * N + 1);
    const counts = allocate(N + 1);
    const out = allocate(longest * N + 1);
    const run = prepare({ N, w, least, longest });
    doublesAt(counts, N + 1).fill(0);
    for (let first = 0; first < rows; first += longest) {
      const count = Math.min(longest, rows - first);
      const history = Math.min(w, first);
      const begin = (w - history) * N;
      const room = doublesAt(X, (w + count) * N);
      room.fill(Number.NaN, 0, begin);
      room.set(data.subarray((first - history) * N, (first + count) * N), begin);
      run({ X, rows: count, counts, out });
      copyOut(out, answer.subarray(first * N, (first + count) * N));
    }
    return true;
  });
  return done ?? false;
}
