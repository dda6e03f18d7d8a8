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
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
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

/** Entries i,j and j,i of a matrix computed twice differ by rounding only: by this much of its largest entry at most. */
const SYMMETRY_TOLERANCE = 1e-10;
/** And of √(a_ii a_jj): in a covariance of mixed units the largest entry says nothing of the small ones. */
const OWN_SYMMETRY_TOLERANCE = 1e-6;
/** Rows and columns that are compared together, so that both triangles are read along cache lines. */
const BLOCK = 16;

function largestMagnitude(data: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < data.length; k++) largest = Math.max(largest, Math.abs(data[k]!));
  return largest;
}

/** Whether i,j and j,i differ by no more than rounding may leave: n·ε of the largest entry is always let pass. */
function differByRounding(data: Float64Array, n: number, i: number, j: number, largest: number): boolean {
  const difference = Math.abs(data[i * n + j]! - data[j * n + i]!);
  if (difference > SYMMETRY_TOLERANCE * largest) return false;
  const [ii, jj] = [data[i * n + i]!, data[j * n + j]!];
  if (!(ii > 0 && jj > 0) || difference <= n * Number.EPSILON * largest) return true;
  return difference <= OWN_SYMMETRY_TOLERANCE * (Math.sqrt(ii) * Math.sqrt(jj));
}

/** The first entry below the diagonal, block by block, that differs from its mirror by more than rounding. */
function asymmetry(
  data: Float64Array,
  n: number,
): { readonly row: number; readonly column: number } | undefined {
  let largest: number | undefined;
  for (let top = 0; top < n; top += BLOCK) {
    for (let left = 0; left <= top; left += BLOCK) {
      const bottom = Math.min(top + BLOCK, n);
      for (let i = top; i < bottom; i++) {
        const end = Math.min(left + BLOCK, i);
        for (let j = left; j < end; j++) {
          if (data[i * n + j]! === data[j * n + i]!) continue;
          largest ??= largestMagnitude(data);
          if (!differByRounding(data, n, i, j, largest)) return { row: i, column: j };
        }
      }
    }
  }
  return undefined;
}

/**
 * As {@link requireFiniteMatrix}, square, and symmetric up to rounding: to 1e-10 of the largest entry, and to 1e-6 of
 * √(a_ii a_jj) where that is the smaller and above n·ε of the largest.
 */
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
  const found = asymmetry(data, rows);
  if (found === undefined) return matrix;
  const { row, column } = found;
  const difference = Math.abs(data[row * rows + column]! - data[column * rows + row]!);
  throw new QuantError(
    "data",
    `${name} must be symmetric, but [${row}][${column}] and [${column}][${row}] differ by ${difference}`,
    { argument: name, row, column, difference },
  );
}
