import { createRandom, Matrix, multiply, transpose } from "../../src/index.ts";

export function normalMatrix(seed: string, rows: number, columns: number): Matrix {
  return new Matrix(rows, columns, createRandom(seed).fillNormal(new Float64Array(rows * columns)));
}

/** Entries 1 ÷ (i + j + 1): the condition grows thirtyfold with every row. */
export function hilbert(n: number): Matrix {
  return new Matrix(n, n).map((_, i, j) => 1 / (i + j + 1));
}

/** A covariance of random data, its rows and columns scaled by 10^(−step · index). */
export function graded(seed: string, n: number, step: number): Matrix {
  const X = normalMatrix(seed, n, 2 * n);
  const scale = (i: number): number => Number(`1e${-step * i}`);
  return multiply(X, transpose(X)).map((value, i, j) => value * scale(i) * scale(j));
}

/** A random symmetric matrix; `hollow` ones have zeros on the diagonal. */
export function symmetric(seed: string, n: number, hollow = false): Matrix {
  const G = normalMatrix(seed, n, n);
  return G.map((_, i, j) => (i === j && hollow ? 0 : G.get(Math.max(i, j), Math.min(i, j))));
}

/** U diag(values) Vᵀ from its parts. */
export function compose(U: Matrix, values: Float64Array, V: Matrix): Matrix {
  return multiply(
    U.map((u, _, s) => u * values[s]!),
    transpose(V),
  );
}
