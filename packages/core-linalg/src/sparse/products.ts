import type { SparseColumns } from "./sparse-columns.ts";

/** out = A x. */
export function timesVector(A: SparseColumns, x: Float64Array, out: Float64Array): void {
  const { columns, columnPointers, rowIndices, values } = A;
  out.fill(0);
  for (let j = 0; j < columns; j++) {
    const scale = x[j]!;
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      out[rowIndices[k]!]! += values[k]! * scale;
    }
  }
}

/** out = Aᵀ y. */
export function transposeTimesVector(A: SparseColumns, y: Float64Array, out: Float64Array): void {
  const { columns, columnPointers, rowIndices, values } = A;
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) sum += values[k]! * y[rowIndices[k]!]!;
    out[j] = sum;
  }
}

/** out = P x for a symmetric P of which `upper` holds the entries on and above the diagonal. */
export function symmetricTimesVector(upper: SparseColumns, x: Float64Array, out: Float64Array): void {
  const { columns, columnPointers, rowIndices, values } = upper;
  out.fill(0);
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const i = rowIndices[k]!;
      sum += values[k]! * x[i]!;
      if (i !== j) out[i]! += values[k]! * x[j]!;
    }
    out[j]! += sum;
  }
}
