import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { outputVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import { multiplyKernel } from "../kernels/multiply.ts";
import type { Matrix } from "./matrix.ts";
import { type OutMatrixOptions, outputMatrix, separateOutput } from "./output-matrix.ts";
import { requireSquareMatrix } from "./square.ts";
import { type MatrixLike, toMatrix } from "./to-matrix.ts";

/** An options object that holds nothing but a vector to write the result into. */
export interface OutVectorOptions {
  /** Where the result goes, of its length. Without it a new array is made. */
  readonly out?: Float64Array;
}

/**
 * The product AB, for A of m×k and B of k×n; each sum runs from the first product to the last. NaN and infinities
 * propagate as in IEEE arithmetic.
 *
 * @throws QuantError "shape" when A has not as many columns as B has rows, "data" for an `out` that is A or B.
 */
export function multiply(A: MatrixLike, B: MatrixLike, options: OutMatrixOptions = {}): Matrix {
  requireKnownOptions(options, ["out"]);
  const a = toMatrix(A, "A");
  const b = toMatrix(B, "B");
  if (a.columns !== b.rows) {
    throw new QuantError(
      "shape",
      `A has ${a.columns} columns but B has ${b.rows} rows; a product needs them equal`,
      { columns: a.columns, rows: b.rows },
    );
  }
  const product = separateOutput(options.out, a.rows, b.columns, { A: a, B: b });
  multiplyKernel({ A: a.data, B: b.data, m: a.rows, k: a.columns, n: b.columns }, product.data);
  return product;
}

/** The transpose Aᵀ; `out` must not be A. */
export function transpose(A: MatrixLike, options: OutMatrixOptions = {}): Matrix {
  requireKnownOptions(options, ["out"]);
  const a = toMatrix(A, "A");
  const result = separateOutput(options.out, a.columns, a.rows, { A: a });
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) result.data[j * a.rows + i] = a.data[i * a.columns + j]!;
  }
  return result;
}

/** The product Ax, for A of m×n and x of n entries; `out` must not be x. */
export function matVec(A: MatrixLike, x: VectorLike, options: OutVectorOptions = {}): Float64Array {
  requireKnownOptions(options, ["out"]);
  const a = toMatrix(A, "A");
  const v = requireVector("x", x, a.columns);
  const result = outputVector(options.out, a.rows);
  if (result === v) throw new QuantError("data", "out must not be x", { argument: "out" });
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0; j < a.columns; j++) sum += a.data[i * a.columns + j]! * v[j]!;
    result[i] = sum;
  }
  return result;
}

/** xᵀAx, for A of n×n. With a covariance and weights it is the portfolio's variance. */
export function quadraticForm(A: MatrixLike, x: VectorLike): number {
  const a = requireSquareMatrix("A", A);
  const v = requireVector("x", x, a.columns);
  const image = matVec(a, v);
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * image[i]!;
  return sum;
}

/** (A + Aᵀ) ÷ 2: removes the asymmetry that rounding leaves. `out` may be A. */
export function symmetrize(A: MatrixLike, options: OutMatrixOptions = {}): Matrix {
  requireKnownOptions(options, ["out"]);
  const a = requireSquareMatrix("A", A);
  const n = a.rows;
  const result = outputMatrix(options.out, n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (a.data[i * n + j]! + a.data[j * n + i]!) / 2;
      result.data[i * n + j] = mean;
      result.data[j * n + i] = mean;
    }
    result.data[i * n + i] = a.data[i * n + i]!;
  }
  return result;
}
