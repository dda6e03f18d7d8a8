import type { Matrix } from "../matrix/matrix.ts";
import { type MatrixLike, toMatrix } from "../matrix/to-matrix.ts";
import { QuantError } from "./quant-error.ts";

/** The argument as a `Matrix`; a `QuantError` names it when it is not one. */
export function requireMatrix(name: string, x: MatrixLike): Matrix {
  return toMatrix(x, name);
}

/** As {@link requireMatrix}, and every entry finite. */
export function requireFiniteMatrix(name: string, x: MatrixLike): Matrix {
  const matrix = toMatrix(x, name);
  const { data, columns } = matrix;
  for (let k = 0; k < data.length; k++) {
    if (Number.isFinite(data[k])) continue;
    const row = Math.floor(k / columns);
    const column = k % columns;
    throw new QuantError("not-finite", `${name}[${row}][${column}] must be finite, got ${data[k]}`, {
      argument: name,
      row,
      column,
      value: data[k],
    });
  }
  return matrix;
}

/** Entries i,j and j,i of a covariance computed twice differ by rounding only; more is a different matrix. */
const SYMMETRY_TOLERANCE = 1e-10;

/** As {@link requireFiniteMatrix}, square, and symmetric up to rounding (1e-10 of the largest entry). */
export function requireSymmetricMatrix(name: string, x: MatrixLike, size?: number): Matrix {
  const matrix = requireFiniteMatrix(name, x);
  const { rows, columns, data } = matrix;
  if (rows !== columns || (size !== undefined && rows !== size)) {
    const wanted = size === undefined ? "square" : `${size}×${size}`;
    throw new QuantError("shape", `${name} must be ${wanted}, got ${rows}×${columns}`, {
      argument: name,
      rows,
      columns,
    });
  }
  let scale = 0;
  for (const value of data) if (Math.abs(value) > scale) scale = Math.abs(value);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const difference = Math.abs(data[i * rows + j]! - data[j * rows + i]!);
      if (difference > SYMMETRY_TOLERANCE * scale) {
        throw new QuantError(
          "data",
          `${name} must be symmetric, but [${i}][${j}] and [${j}][${i}] differ by ${difference}`,
          { argument: name, row: i, column: j, difference },
        );
      }
    }
  }
  return matrix;
}
