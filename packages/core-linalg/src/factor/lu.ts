/** The factors of a square matrix with its rows in another order: PA = LU. */
export interface LuFactor {
  /** L below the diagonal (its own is ones), U on and above it; n×n, row-major. */
  readonly packed: Float64Array;
  /** permutation[k] is the row of A that stands k-th. */
  readonly permutation: Int32Array;
  /** The sign of the permutation. */
  readonly sign: 1 | -1;
  /** The first column without a pivot above n·ε times its largest entry in A; −1 where all have one. */
  readonly singular: number;
}

function largestInColumn(
  data: Float64Array,
  n: number,
  j: number,
  from: number,
): { value: number; row: number } {
  let value = -1;
  let row = from;
  for (let i = from; i < n; i++) {
    const size = Math.abs(data[i * n + j]!);
    if (size <= value) continue;
    value = size;
    row = i;
  }
  return { value, row };
}

function swapRows(data: Float64Array, n: number, i: number, j: number): void {
  for (let k = 0; k < n; k++) {
    const entry = data[i * n + k]!;
    data[i * n + k] = data[j * n + k]!;
    data[j * n + k] = entry;
  }
}

/** Gaussian elimination with partial pivoting, of a finite matrix of n×n. It stops at the first missing pivot. */
export function lu(A: Float64Array, n: number): LuFactor {
  const packed = A.slice();
  const permutation = Int32Array.from({ length: n }, (_, i) => i);
  const scales = Float64Array.from({ length: n }, (_, j) => largestInColumn(A, n, j, 0).value);
  let sign: 1 | -1 = 1;
  for (let k = 0; k < n; k++) {
    const { value, row } = largestInColumn(packed, n, k, k);
    if (!(value > n * Number.EPSILON * scales[k]!)) return { packed, permutation, sign, singular: k };
    if (row !== k) {
      swapRows(packed, n, k, row);
      [permutation[k], permutation[row]] = [permutation[row]!, permutation[k]!];
      sign = sign === 1 ? -1 : 1;
    }
    const pivot = packed[k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const l = packed[i * n + k]! / pivot;
      packed[i * n + k] = l;
      if (l === 0) continue;
      for (let j = k + 1; j < n; j++) packed[i * n + j]! -= l * packed[k * n + j]!;
    }
  }
  return { packed, permutation, sign, singular: -1 };
}
