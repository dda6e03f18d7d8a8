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

/** X'DX, symmetric to rounding. Towards the end of a solve few scenarios weigh anything, and only those are multiplied. */
export function weightedGram(table: Matrix, weights: Float64Array): Matrix {
  const { columns } = table;
  const most = weights.reduce((a, b) => Math.max(a, b), 0);
  const kept = Int32Array.from(weights, (_, s) => s).filter((s) => weights[s]! > NO_WEIGHT * most);
  const left = new Matrix(columns, kept.length);
  const right = kept.length === table.rows ? table : new Matrix(kept.length, columns);
  kept.forEach((s, k) => {
    const weight = weights[s]!;
    for (let i = 0; i < columns; i++) left.data[i * kept.length + k] = weight * table.data[s * columns + i]!;
    if (right !== table) right.data.set(table.data.subarray(s * columns, (s + 1) * columns), k * columns);
  });
  const gram = multiply(left, right);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) gram.data[j * columns + i] = gram.data[i * columns + j]!;
  }
  return gram;
}
