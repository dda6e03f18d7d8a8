import { Matrix, multiply } from "@astra-quant/core-linalg";

/** A scenario that weighs less than this part of the heaviest is not there. */
const NO_WEIGHT = 1e-20;

/** X = [R 1], scenarios × (n+1). */
export function scenarioTable(returns: readonly Float64Array[], scenarios: number): Matrix {
  const n = returns.length;
  const table = new Matrix(scenarios, n + 1);
  for (let s = 0; s < scenarios; s++) {
    for (let i = 0; i < n; i++) table.data[s * (n + 1) + i] = returns[i]![s]!;
    table.data[s * (n + 1) + n] = 1;
  }
  return table;
}

/**
 * X'DX of `table` = X, whose columns but the last are `returns`; symmetric. Towards the end of a solve few scenarios weigh
 * anything, and only those are multiplied.
 */
export function weightedGram(returns: readonly Float64Array[], table: Matrix, weights: Float64Array): Matrix {
  const { rows: S, columns } = table;
  const kept = heavy(weights);
  const count = kept.length;
  const left = new Matrix(columns, count);
  for (let i = 0; i < columns; i++) {
    const r = returns[i];
    const start = i * count;
    for (let k = 0; k < count; k++) {
      const s = kept[k]!;
      left.data[start + k] = r === undefined ? weights[s]! : weights[s]! * r[s]!;
    }
  }
  let right = table;
  if (count < S) {
    right = new Matrix(count, columns);
    for (let k = 0; k < count; k++) {
      const from = kept[k]! * columns;
      for (let i = 0; i < columns; i++) right.data[k * columns + i] = table.data[from + i]!;
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
