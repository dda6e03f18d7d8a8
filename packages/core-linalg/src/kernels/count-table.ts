/** Doubles of an entry of {@link countTable}. */
export const COUNT_ENTRY = 4;

/**
 * For each count n of 0 … length: (n − 1) ÷ n, 1 ÷ n, what an answer of n values is multiplied by (1 ÷ (n − ddof), or 1
 * without a ddof; NaN below `least`), and n (length − n) ÷ length. What kernels of windows look up instead of dividing.
 */
export function countTable(length: number, least: number, ddof: number | undefined): Float64Array {
  const table = new Float64Array(COUNT_ENTRY * (length + 1));
  table[2] = Number.NaN;
  for (let n = 1; n <= length; n++) {
    const scale = ddof === undefined ? 1 : 1 / (n - ddof);
    table[COUNT_ENTRY * n] = (n - 1) / n;
    table[COUNT_ENTRY * n + 1] = 1 / n;
    table[COUNT_ENTRY * n + 2] = n >= least ? scale : Number.NaN;
    table[COUNT_ENTRY * n + 3] = (length - n) * n * (1 / length);
  }
  return table;
}
