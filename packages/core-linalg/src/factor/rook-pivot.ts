/** (1 + √17) ÷ 8: what bounds the growth of 1×1 and of 2×2 pivots alike. */
const ALPHA = (1 + Math.sqrt(17)) / 8;

export interface RookPivot {
  readonly size: 1 | 2;
  /** The row that goes to k. */
  readonly first: number;
  /** The row that goes to k + 1, after `first` has gone to k; for a pivot of size 2. */
  readonly second: number;
}

/** The largest |W[i][j]| over i ≥ k other than the diagonal, and its row; j itself where all of them are zero. */
function largestBesides(W: Float64Array, n: number, k: number, j: number): { value: number; row: number } {
  let value = 0;
  let row = j;
  for (let i = k; i < n; i++) {
    const size = Math.abs(W[j * n + i]!);
    if (i === j || size <= value) continue;
    value = size;
    row = i;
  }
  return { value, row };
}

/**
 * The next pivot of what is left of a symmetric matrix (rows and columns from k on, both triangles). Walks, as a rook
 * does, from the largest entry of a column to the largest of that row, until a diagonal entry is large enough against
 * its row, or an entry is the largest of its row and of its column.
 */
export function rookPivot(W: Float64Array, n: number, k: number): RookPivot {
  let column = k;
  let { value, row } = largestBesides(W, n, k, k);
  if (Math.abs(W[k * n + k]!) >= ALPHA * value) return { size: 1, first: k, second: k };
  for (;;) {
    const next = largestBesides(W, n, k, row);
    if (Math.abs(W[row * n + row]!) >= ALPHA * next.value) {
      return { size: 1, first: row, second: row };
    }
    if (next.value <= value) return { size: 2, first: column, second: row };
    column = row;
    value = next.value;
    row = next.row;
  }
}

/** Exchanges rows i and j, and columns i and j, of an n×n matrix. */
export function swapSymmetric(W: Float64Array, n: number, i: number, j: number): void {
  for (let k = 0; k < n; k++) {
    const entry = W[i * n + k]!;
    W[i * n + k] = W[j * n + k]!;
    W[j * n + k] = entry;
  }
  for (let k = 0; k < n; k++) {
    const entry = W[k * n + i]!;
    W[k * n + i] = W[k * n + j]!;
    W[k * n + j] = entry;
  }
}
