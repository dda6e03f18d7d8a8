/** Doubles of an entry of {@link countTable}. */
export const COUNT_ENTRY = 4;

/**
 * For each count n of 0 … length: 1 ÷ n, (n − 1) ÷ n, n (length − n) ÷ length, and nothing. What kernels of windows
 * look up instead of dividing.
 */
export function countTable(length: number): Float64Array {
  const table = new Float64Array(COUNT_ENTRY * (length + 1));
  for (let n = 1; n <= length; n++) {
    table[COUNT_ENTRY * n] = 1 / n;
    table[COUNT_ENTRY * n + 1] = (n - 1) / n;
    table[COUNT_ENTRY * n + 2] = ((length - n) * n) / length;
  }
  return table;
}
