import { Matrix, multiply } from "@astra-quant/core-linalg";

/** A scenario that weighs less than this part of the heaviest is not there. */
const NO_WEIGHT = 1e-20;

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

/** X'y, for a y that may be mostly zeros. */
export function transposeTimesVector({ columns, data }: Matrix, y: Float64Array): Float64Array {
  const out = new Float64Array(columns);
  for (let s = 0; s < y.length; s++) {
    const weight = y[s]!;
    if (weight === 0) continue;
    const row = s * columns;
    for (let i = 0; i < columns; i++) out[i]! += weight * data[row + i]!;
  }
  return out;
}

/** X'DX, symmetric. Towards the end of a solve few scenarios weigh anything, and only those are multiplied. */
export function weightedGram({ columns, data }: Matrix, D: Float64Array): Matrix {
  const kept = heavy(D);
  const count = kept.length;
  const left = new Matrix(columns, count);
  const right = new Matrix(count, columns);
  for (let k = 0; k < count; k++) {
    const s = kept[k]!;
    for (let i = 0; i < columns; i++) {
      const value = data[s * columns + i]!;
      right.data[k * columns + i] = value;
      left.data[i * count + k] = D[s]! * value;
    }
  }
  const gram = multiply(left, right);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) gram.data[j * columns + i] = gram.data[i * columns + j]!;
  }
  return gram;
}

/** The scenarios that weigh anything. */
function heavy(weights: Float64Array): Int32Array {
  let most = 0;
  for (let s = 0; s < weights.length; s++) most = Math.max(most, weights[s]!);
  const kept = new Int32Array(weights.length);
  let count = 0;
  for (let s = 0; s < weights.length; s++) if (weights[s]! > NO_WEIGHT * most) kept[count++] = s;
  return kept.subarray(0, count);
}
