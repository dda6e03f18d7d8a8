/**
 * What is remembered of a run of consecutive rows, column by column, in numbered slots. Deviations are taken
 * from a reference row that belongs to the run, so that a level far from zero costs no digits and nothing
 * outside the run can touch its state. A slot that was never pushed to is the empty run.
 */
export interface RunMoments {
  /** Makes slot `to` the run of slot `from` with `row` added; it now has `count` rows. */
  push(from: number, to: number, row: number, reference: number, count: number): void;
  /**
   * Writes the answer for the window that ends at `row`: the rows of slot `early` followed by the `lateCount`
   * rows of slot `late`.
   */
  merge(
    row: number,
    early: number,
    earlyReference: number,
    late: number,
    lateReference: number,
    lateCount: number,
  ): void;
}

/** How many slots a {@link RunMoments} needs: the suffixes of a block, the empty run, and the open prefix. */
export function slotsFor(window: number): number {
  return window + 2;
}

/**
 * Visits every full window of `rows` rows without ever taking a row out of a sum (van Herk's two passes).
 * Time is cut into blocks of `window` rows; a window that straddles two blocks is the suffix of the one merged
 * with the prefix of the next. So nothing drifts, and a window knows only its own rows.
 */
export function mergeBlocks(rows: number, window: number, moments: RunMoments): void {
  const empty = window;
  const prefix = window + 1;
  for (let first = 0; first < rows; first += window) {
    const last = first + window - 1;
    for (let row = first; row <= last && row < rows; row++) {
      const count = row - first + 1;
      moments.push(count === 1 ? empty : prefix, prefix, row, first, count);
      if (count === window) moments.merge(row, empty, first, prefix, first, count);
      else if (first > 0) moments.merge(row, count, first - 1, prefix, first, count);
    }
    if (last + 1 >= rows) return;
    // Slot k: the rows of this block from its k-th on.
    for (let row = last; row > first; row--) {
      const slot = row - first;
      moments.push(slot + 1, slot, row, last, window - slot);
    }
  }
}
