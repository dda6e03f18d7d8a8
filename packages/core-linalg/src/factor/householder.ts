import { columnLength, RemainingLengths } from "./remaining-lengths.ts";

/** A of m×n reduced to triangular form by reflections H_k = I − β_k v_k v_kᵀ, v_k = (0 … 0, 1, below). */
export interface Reflections {
  readonly m: number;
  readonly n: number;
  /** R on and above the diagonal, each v_k's later entries below it; m×n, row-major. */
  readonly packed: Float64Array;
  /** min(m, n) coefficients β. */
  readonly beta: Float64Array;
  /** permutation[j] is the column of A that stands j-th. */
  readonly permutation: Int32Array;
}

function swapColumns(data: Float64Array, m: number, n: number, i: number, j: number): void {
  for (let row = 0; row < m; row++) {
    const entry = data[row * n + i]!;
    data[row * n + i] = data[row * n + j]!;
    data[row * n + j] = entry;
  }
}

/** The reflection that takes column k below row k to zero; its diagonal entry becomes ∓ the column's length. */
function reflectColumn(packed: Float64Array, m: number, n: number, k: number): number {
  const alpha = packed[k * n + k]!;
  const length = columnLength(packed, m, n, k, k);
  if (length === 0 || length === Math.abs(alpha)) return 0;
  const diagonal = alpha > 0 ? -length : length;
  for (let i = k + 1; i < m; i++) packed[i * n + k]! /= alpha - diagonal;
  packed[k * n + k] = diagonal;
  return (diagonal - alpha) / diagonal;
}

/** X −= β v (vᵀX) on the rows from k on and the columns [from, columns) of X, a row-major m×columns. */
function applyReflection(
  { packed, m, n, beta }: Reflections,
  k: number,
  X: Float64Array,
  columns: number,
  from: number,
  products: Float64Array,
): void {
  if (beta[k] === 0) return;
  for (let j = from; j < columns; j++) products[j] = X[k * columns + j]!;
  for (let i = k + 1; i < m; i++) {
    const v = packed[i * n + k]!;
    for (let j = from; j < columns; j++) products[j]! += v * X[i * columns + j]!;
  }
  for (let j = from; j < columns; j++) {
    products[j]! *= beta[k]!;
    X[k * columns + j]! -= products[j]!;
  }
  for (let i = k + 1; i < m; i++) {
    const v = packed[i * n + k]!;
    for (let j = from; j < columns; j++) X[i * columns + j]! -= v * products[j]!;
  }
}

/**
 * Reduces a finite A. With `pivoting` the longest of the remaining columns is taken next, so that R's diagonal falls.
 */
export function reflections(A: Float64Array, m: number, n: number, pivoting: boolean): Reflections {
  const steps = Math.min(m, n);
  const found: Reflections = {
    m,
    n,
    packed: A.slice(),
    beta: new Float64Array(steps),
    permutation: Int32Array.from({ length: n }, (_, j) => j),
  };
  const { packed, beta, permutation } = found;
  const products = new Float64Array(n);
  const lengths = pivoting ? new RemainingLengths(packed, m, n) : undefined;
  for (let k = 0; k < steps; k++) {
    const longest = lengths?.longest(k) ?? k;
    if (longest !== k) {
      swapColumns(packed, m, n, k, longest);
      [permutation[k], permutation[longest]] = [permutation[longest]!, permutation[k]!];
      lengths?.moved(k, longest);
    }
    beta[k] = reflectColumn(packed, m, n, k);
    applyReflection(found, k, packed, n, k + 1, products);
    lengths?.takeRow(k);
  }
  return found;
}

/** X = QX, in place, for X of m×columns. */
export function multiplyByQ(found: Reflections, X: Float64Array, columns: number): void {
  const products = new Float64Array(columns);
  for (let k = found.beta.length - 1; k >= 0; k--) applyReflection(found, k, X, columns, 0, products);
}

/** X = QᵀX, in place, for X of m×columns. */
export function multiplyByTransposedQ(found: Reflections, X: Float64Array, columns: number): void {
  const products = new Float64Array(columns);
  for (let k = 0; k < found.beta.length; k++) applyReflection(found, k, X, columns, 0, products);
}

/** How many of R's diagonal entries exceed `tolerance` times the first, after pivoting. */
export function triangularRank({ packed, n, beta }: Reflections, tolerance: number): number {
  const least = tolerance * Math.abs(packed[0] ?? 0);
  let rank = 0;
  while (rank < beta.length && Math.abs(packed[rank * n + rank]!) > least) rank++;
  return rank;
}
