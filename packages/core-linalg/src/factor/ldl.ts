import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type RookPivot, rookPivot, swapSymmetric } from "./rook-pivot.ts";
import { RoundingFloor } from "./rounding-floor.ts";

/** How many eigenvalues of a symmetric matrix have which sign. */
export interface Inertia {
  readonly positive: number;
  readonly negative: number;
  readonly zero: number;
}

/** The matrix in another order of its rows and columns is LDLᵀ. */
export interface LdlFactor {
  /** n×n unit lower triangular, no entry above 2.79 in magnitude. */
  readonly L: Matrix;
  /** n×n, blocks of 1×1 and 2×2 along the diagonal. */
  readonly D: Matrix;
  /** permutation[k] is the row of A that stands k-th: A[permutation][:, permutation] = LDLᵀ. */
  readonly permutation: Int32Array;
  readonly inertia: Inertia;
}

export type LdlResult =
  | ({ readonly status: "ok" } & LdlFactor)
  | ({
      readonly status: "singular";
      /** The first row of A (0-based) that depends on others beyond rounding. */
      readonly pivot: number;
    } & LdlFactor);

/**
 * The factors of a symmetric matrix, definite or not, by bounded Bunch–Kaufman ("rook") pivoting [LapackRook]. A column of which
 * elimination leaves no more than rounding can (n·ε in its rows' and its own units, so grading does not matter) counts
 * as zero: the matrix is then singular, and the factors are those of a matrix that close to it.
 *
 * @throws QuantError for a matrix that is not square, not symmetric up to rounding, or not finite.
 */
export function ldl(A: MatrixLike): LdlResult {
  const a = requireSymmetricMatrix("A", A);
  const n = a.rows;
  const W = a.data.slice(); // what is left of A; its lower triangle is read, and kept the mirror of the upper
  const L = Matrix.identity(n);
  const D = new Matrix(n, n);
  const permutation = Int32Array.from({ length: n }, (_, i) => i);
  const floor = new RoundingFloor(W, n);
  const inertia = { positive: 0, negative: 0, zero: 0 };
  let singular = -1;
  for (let k = 0; k < n; ) {
    if (isEmptied(W, n, k, floor, permutation)) {
      if (singular < 0) singular = permutation[k]!;
      inertia.zero++;
      k++;
      continue;
    }
    const pivot = rookPivot(W, n, k);
    exchange(pivot, k, W, L, permutation);
    if (pivot.size === 1) {
      const d = W[k * n + k]!;
      D.data[k * n + k] = d;
      if (d > 0) inertia.positive++;
      else inertia.negative++;
      eliminateOne(W, L.data, n, k);
    } else {
      for (const i of [k, k + 1]) for (const j of [k, k + 1]) D.data[i * n + j] = W[i * n + j]!;
      inertia.positive++; // a block that was chosen for its large corner is indefinite
      inertia.negative++;
      eliminateTwo(W, L.data, n, k);
    }
    k += pivot.size;
  }
  const factor = { L, D, permutation, inertia };
  return singular < 0 ? { status: "ok", ...factor } : { status: "singular", pivot: singular, ...factor };
}

/** True when nothing is left of column k but rounding. */
function isEmptied(W: Float64Array, n: number, k: number, floor: RoundingFloor, order: Int32Array): boolean {
  for (let i = k; i < n; i++) if (!floor.covers(W[k * n + i]!, order[i]!, order[k]!)) return false;
  return true;
}

/** Brings the pivot's rows and columns to k (and k + 1), in what is left as in what is done. */
function exchange(
  { size, first, second }: RookPivot,
  k: number,
  W: Float64Array,
  L: Matrix,
  order: Int32Array,
): void {
  const n = L.rows;
  const swap = (from: number, to: number): void => {
    if (from === to) return;
    swapSymmetric(W, n, from, to);
    [order[from], order[to]] = [order[to]!, order[from]!];
    for (let j = 0; j < k; j++) {
      const entry = L.data[from * n + j]!;
      L.data[from * n + j] = L.data[to * n + j]!;
      L.data[to * n + j] = entry;
    }
  };
  swap(k, first);
  if (size === 2) swap(k + 1, second);
}

/** L's column k = W's ÷ d, and W −= d l lᵀ. */
function eliminateOne(W: Float64Array, L: Float64Array, n: number, k: number): void {
  const d = W[k * n + k]!;
  for (let i = k + 1; i < n; i++) {
    const l = W[i * n + k]! / d;
    L[i * n + k] = l;
    for (let j = k + 1; j <= i; j++) {
      const value = W[i * n + j]! - l * W[j * n + k]!;
      W[i * n + j] = value;
      W[j * n + i] = value;
    }
  }
}

/** L's columns k and k + 1 = W's times the inverse of the block, and W −= L D Lᵀ. */
function eliminateTwo(W: Float64Array, L: Float64Array, n: number, k: number): void {
  // E = [a, b; b, c] = b [p, 1; 1, q] with |pq| < 1, so that E⁻¹ = [q, −1; −1, p] ÷ b(pq − 1)
  const b = W[(k + 1) * n + k]!;
  const p = W[k * n + k]! / b;
  const q = W[(k + 1) * n + k + 1]! / b;
  const scale = 1 / (p * q - 1);
  for (let i = k + 2; i < n; i++) {
    const x = W[i * n + k]! / b;
    const y = W[i * n + k + 1]! / b;
    const l = scale * (q * x - y);
    const m = scale * (p * y - x);
    L[i * n + k] = l;
    L[i * n + k + 1] = m;
    for (let j = k + 2; j <= i; j++) {
      const value = W[i * n + j]! - (l * W[j * n + k]! + m * W[j * n + k + 1]!);
      W[i * n + j] = value;
      W[j * n + i] = value;
    }
  }
}
