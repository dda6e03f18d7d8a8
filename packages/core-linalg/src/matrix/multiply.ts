import { QuantError } from "../guards/quant-error.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "./matrix.ts";
import { type MatrixLike, toMatrix } from "./to-matrix.ts";

/** The product AB, for A of m×k and B of k×n. NaN and infinities propagate as in IEEE arithmetic. */
export function multiply(A: MatrixLike, B: MatrixLike): Matrix {
  const a = toMatrix(A, "A");
  const b = toMatrix(B, "B");
  if (a.columns !== b.rows) {
    throw new QuantError(
      "shape",
      `A has ${a.columns} columns but B has ${b.rows} rows; a product needs them equal`,
      { columns: a.columns, rows: b.rows },
    );
  }
  const product = new Matrix(a.rows, b.columns);
  const n = b.columns;
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const scale = a.data[i * a.columns + k]!;
      for (let j = 0; j < n; j++) product.data[i * n + j]! += scale * b.data[k * n + j]!;
    }
  }
  return product;
}

/** The transpose Aᵀ. */
export function transpose(A: MatrixLike): Matrix {
  const a = toMatrix(A, "A");
  const result = new Matrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) result.data[j * a.rows + i] = a.data[i * a.columns + j]!;
  }
  return result;
}

/** The product Ax, for A of m×n and x of n entries. */
export function matVec(A: MatrixLike, x: VectorLike): Float64Array {
  const a = toMatrix(A, "A");
  const v = requireVector("x", x, a.columns);
  const result = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0; j < a.columns; j++) sum += a.data[i * a.columns + j]! * v[j]!;
    result[i] = sum;
  }
  return result;
}

/** xᵀAx, for A of n×n. With a covariance and weights it is the portfolio's variance. */
export function quadraticForm(A: MatrixLike, x: VectorLike): number {
  const a = toMatrix(A, "A");
  if (a.rows !== a.columns) {
    throw new QuantError("shape", `A must be square, got ${a.rows}×${a.columns}`, {
      rows: a.rows,
      columns: a.columns,
    });
  }
  const v = requireVector("x", x, a.columns);
  const image = matVec(a, v);
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * image[i]!;
  return sum;
}

/** (A + Aᵀ) ÷ 2: removes the asymmetry that rounding leaves. */
export function symmetrize(A: MatrixLike): Matrix {
  const a = toMatrix(A, "A");
  if (a.rows !== a.columns) {
    throw new QuantError("shape", `A must be square, got ${a.rows}×${a.columns}`, {
      rows: a.rows,
      columns: a.columns,
    });
  }
  const n = a.rows;
  const result = a.clone();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (a.data[i * n + j]! + a.data[j * n + i]!) / 2;
      result.data[i * n + j] = mean;
      result.data[j * n + i] = mean;
    }
  }
  return result;
}
