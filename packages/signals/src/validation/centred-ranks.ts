/** Entries that are put in order one by one before stretches are merged. */
const STRETCH = 8;

function insertInOrder(x: Float64Array, order: Int32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const entry = order[i]!;
    const value = x[entry]!;
    let j = i - 1;
    for (; j >= start && x[order[j]!]! > value; j--) order[j + 1] = order[j]!;
    order[j + 1] = entry;
  }
}

/** Merges the ordered stretches start … middle and middle … end of `from` into `to`. */
function merge(
  x: Float64Array,
  from: Int32Array,
  to: Int32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let i = start;
  let j = middle;
  for (let k = start; k < end; k++) {
    const second = i === middle || (j < end && x[from[j]!]! < x[from[i]!]!);
    to[k] = second ? from[j++]! : from[i++]!;
  }
}

/** The indices of the entries by rising value; none may be NaN. */
function risingOrder(x: Float64Array): Int32Array {
  const n = x.length;
  let from = new Int32Array(n);
  let to = new Int32Array(n);
  for (let i = 0; i < n; i++) from[i] = i;
  for (let start = 0; start < n; start += STRETCH)
    insertInOrder(x, from, start, Math.min(start + STRETCH, n));
  for (let width = STRETCH; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      merge(x, from, to, start, Math.min(start + width, n), Math.min(start + 2 * width, n));
    }
    [from, to] = [to, from];
  }
  return from;
}

/**
 * Σ_j sign(x_i − x_j) of each entry, twice its centred rank, of which equal values share the mean: an integer. It merges
 * where core-linalg's `ranks` sorts with a comparison function, which takes several times as long for a row of a panel.
 */
export function centredRanks(x: Float64Array, out: Float64Array): void {
  const n = x.length;
  const order = risingOrder(x);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && x[order[end]!] === x[order[start]!]) end++;
    for (let k = start; k < end; k++) out[order[k]!] = start + end - n;
    start = end;
  }
}
