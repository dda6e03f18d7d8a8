import { Matrix } from "@astra-quant/core-linalg";
import { weightedProducts } from "../../kernels/weighted-products.ts";

/** Xx, for the rows of a table X, each summed in four lanes. */
export function timesVector({ rows, columns, data }: Matrix, x: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  const whole = columns - (columns % 4);
  for (let s = 0, row = 0; s < rows; s++, row += columns) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < whole; i += 4) {
      a += data[row + i]! * x[i]!;
      b += data[row + i + 1]! * x[i + 1]!;
      c += data[row + i + 2]! * x[i + 2]!;
      d += data[row + i + 3]! * x[i + 3]!;
    }
    let sum = a + b + (c + d);
    for (let i = whole; i < columns; i++) sum += data[row + i]! * x[i]!;
    out[s] = sum;
  }
  return out;
}

/** X'y, four rows at a time. */
export function transposeTimesVector({ rows, columns, data }: Matrix, y: Float64Array): Float64Array {
  const out = new Float64Array(columns);
  const whole = rows - (rows % 4);
  for (let s = 0; s < whole; s += 4) {
    const [a, b, c, d] = [y[s]!, y[s + 1]!, y[s + 2]!, y[s + 3]!];
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const second = (s + 1) * columns;
    const third = (s + 2) * columns;
    const fourth = (s + 3) * columns;
    for (let i = 0, first = s * columns; i < columns; i++) {
      out[i]! +=
        a * data[first + i]! + b * data[second + i]! + (c * data[third + i]! + d * data[fourth + i]!);
    }
  }
  for (let s = whole; s < rows; s++) {
    for (let i = 0; i < columns; i++) out[i]! += y[s]! * data[s * columns + i]!;
  }
  return out;
}

/** X'DX. */
export function weightedGram({ rows, columns, data }: Matrix, D: Float64Array): Matrix {
  return new Matrix(columns, columns, weightedProducts(data, rows, columns, D));
}
