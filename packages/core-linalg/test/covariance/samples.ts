import { createRandom, Matrix, multiply, transpose } from "../../src/index.ts";

/** T×n standard normals. */
export const normals = (seed: string, T: number, n: number): Matrix =>
  new Matrix(T, n, createRandom(seed).fillNormal(new Float64Array(T * n)));

/** Returns of n assets on k factors of strength 1, and a noise of 1. */
export function onFactors(seed: string, T: number, n: number, k: number): Matrix {
  const random = createRandom(seed);
  const B = new Matrix(n, k, random.fillNormal(new Float64Array(n * k)));
  const F = new Matrix(T, k, random.fillNormal(new Float64Array(T * k)));
  const X = multiply(F, transpose(B));
  for (let e = 0; e < X.data.length; e++) X.data[e]! += random.normal();
  return X;
}

export const diagonalOf = (A: Matrix): Float64Array =>
  Float64Array.from({ length: A.rows }, (_, i) => A.get(i, i));
