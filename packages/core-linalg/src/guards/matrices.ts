import type { Matrix } from "../matrix/matrix.ts";
import { type MatrixLike, toMatrix } from "../matrix/to-matrix.ts";
import { QuantError } from "./quant-error.ts";

/** The argument as a `Matrix`; a `QuantError` names it when it is not one. */
export function requireMatrix(name: string, x: MatrixLike): Matrix {
  return toMatrix(x, name);
}

/**
 * 0 × x is 0 for every finite x and NaN for the others, so a sum tells them all apart; in four lanes, since one would
 * wait for itself.
 */
function allFinite(data: Float64Array): boolean {
  const whole = data.length - (data.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < whole; k += 4) {
    a += 0 * data[k]!;
    b += 0 * data[k + 1]!;
    c += 0 * data[k + 2]!;
    d += 0 * data[k + 3]!;
  }
  for (let k = whole; k < data.length; k++) a += 0 * data[k]!;
  return a + b + c + d === 0;
}

/** As {@link requireMatrix}, and every entry finite. */
export function requireFiniteMatrix(name: string, x: MatrixLike): Matrix {
  const matrix = toMatrix(x, name);
  const { data, columns } = matrix;
  if (allFinite(data)) return matrix;
  const k = data.findIndex((value) => !Number.isFinite(value));
  const row = Math.floor(k / columns);
  const column = k % columns;
  throw new QuantError("not-finite", `${name}[${row}][${column}] must be finite, got ${data[k]}`, {
    argument: name,
    row,
    column,
    value: data[k],
  });
}

/** Entries i,j and j,i of a covariance computed twice differ by rounding only; more is a different matrix. */
const SYMMETRY_TOLERANCE = 1e-10;
/** Rows and columns that are compared together, so that both triangles are read along cache lines. */
const BLOCK = 16;

function largestMagnitude(data: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < data.length; k++) largest = Math.max(largest, Math.abs(data[k]!));
  return largest;
}

/** The largest |a_ij − a_ji| and where it is first met. */
function largestAsymmetry(
  data: Float64Array,
  n: number,
): { difference: number; row: number; column: number } {
  let largest = 0;
  let row = 0;
  let column = 0;
  for (let top = 0; top < n; top += BLOCK) {
    for (let left = 0; left <= top; left += BLOCK) {
      const bottom = Math.min(top + BLOCK, n);
      for (let i = top; i < bottom; i++) {
        const end = Math.min(left + BLOCK, i);
        for (let j = left; j < end; j++) {
          const difference = Math.abs(data[i * n + j]! - data[j * n + i]!);
          if (difference <= largest) continue;
          largest = difference;
          row = i;
          column = j;
        }
      }
    }
  }
  return { difference: largest, row, column };
}

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
  const { difference, row, column } = largestAsymmetry(data, rows);
  if (difference > 0 && difference > SYMMETRY_TOLERANCE * largestMagnitude(data)) {
    throw new QuantError(
      "data",
      `${name} must be symmetric, but [${row}][${column}] and [${column}][${row}] differ by ${difference}`,
      { argument: name, row, column, difference },
    );
  }
  return matrix;
}
