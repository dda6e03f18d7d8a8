import { RoundingFloor } from "./rounding-floor.ts";

/** The factors of a square matrix with its rows in another order: PA = LU. */
export interface LuFactor {
  /** L below the diagonal (its own is ones), U on and above it; n×n, row-major. */
  readonly packed: Float64Array;
  /** permutation[k] is the row of A that stands k-th. */
  readonly permutation: Int32Array;
  /** The sign of the permutation. */
  readonly sign: 1 | -1;
  /** The first column of which elimination leaves no more than rounding can; −1 where there is none. */
  readonly singular: number;
}

/** The row, from k on, of the largest magnitude in column k. */
function largestInColumn(data: Float64Array, n: number, k: number): number {
  let largest = k;
  for (let i = k + 1; i < n; i++) {
    if (Math.abs(data[i * n + k]!) > Math.abs(data[largest * n + k]!)) largest = i;
  }
  return largest;
}

/** True when nothing is left of column k but rounding. */
function isEmptied(
  data: Float64Array,
  n: number,
  k: number,
  floor: RoundingFloor,
  permutation: Int32Array,
): boolean {
  for (let i = k; i < n; i++) if (!floor.covers(data[i * n + k]!, permutation[i]!, k)) return false;
  return true;
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
  const floor = new RoundingFloor(A, n);
  let sign: 1 | -1 = 1;
  for (let k = 0; k < n; k++) {
    if (isEmptied(packed, n, k, floor, permutation)) return { packed, permutation, sign, singular: k };
    const row = largestInColumn(packed, n, k);
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
