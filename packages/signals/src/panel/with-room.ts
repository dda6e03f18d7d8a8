import { Matrix } from "@astra-quant/core-linalg";

/** Arrays that are kept, and the most doubles in one of them. */
const KEPT = 3;
const LARGEST = 2 ** 21;

/** Arrays that nobody uses at the moment, the longest first. */
const free: Float64Array[] = [];

function take(length: number): Float64Array {
  const fitting = free.findLastIndex((array) => array.length >= length);
  return fitting < 0 ? new Float64Array(length) : free.splice(fitting, 1)[0]!;
}

function giveBack(arrays: readonly Float64Array[]): void {
  free.push(...arrays.filter(({ length }) => length <= LARGEST));
  free.sort((a, b) => b.length - a.length);
  free.length = Math.min(free.length, KEPT);
}

/**
 * What `run` gives, with room for what lies between its inputs and its answer: tables of that shape whose contents are
 * undefined, taken back at its end. They are used again, since the first touch of a fresh array of ten megabytes takes as
 * long as a rolling mean over it.
 */
export function withRoom<T>(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  run: (room: () => Matrix) => T,
): T {
  const length = rows * columns;
  const taken: Float64Array[] = [];
  try {
    return run(() => {
      const array = take(length);
      taken.push(array);
      return new Matrix(rows, columns, array.subarray(0, length));
    });
  } finally {
    giveBack(taken);
  }
}
