import type { CscMatrix } from "@astra-quant/core-linalg";
import load, { type Highs, type ModelData } from "highs";

export interface Program {
  /** The upper triangle. */
  readonly P: CscMatrix;
  readonly q: Float64Array;
  readonly A: CscMatrix;
  readonly l: Float64Array;
  readonly u: Float64Array;
}

const highs: Highs = await load();

/** Seconds after which HiGHS is taken to fail: its active-set method now and then goes round in circles. */
const TIME_LIMIT = 2;
/** A bound that means none. */
const FAR = 1e20;

/** The model as HiGHS likes it: rows of a single entry are bounds of that variable. */
export function highsModel({ P, q, A, l, u }: Program): ModelData {
  const n = q.length;
  const entries = new Int32Array(A.rows);
  for (const i of A.rowIndices) entries[i]!++;
  const isRow = [...entries].map((count) => count !== 1);
  const place = new Int32Array(A.rows);
  let count = 0;
  isRow.forEach((is, i) => {
    if (is) place[i] = count++;
  });
  const lower = new Float64Array(n).fill(-highs.infinity);
  const upper = new Float64Array(n).fill(highs.infinity);
  const starts = new Int32Array(n + 1);
  const indices: number[] = [];
  const values: number[] = [];
  const far = (bound: number): number => (Math.abs(bound) >= FAR ? Math.sign(bound) * highs.infinity : bound);
  for (let j = 0; j < n; j++) {
    for (let k = A.columnPointers[j]!; k < A.columnPointers[j + 1]!; k++) {
      const i = A.rowIndices[k]!;
      const a = A.values[k]!;
      if (isRow[i]) {
        indices.push(place[i]!);
        values.push(a);
        continue;
      }
      lower[j] = Math.max(lower[j]!, far((a > 0 ? l[i]! : u[i]!) / a));
      upper[j] = Math.min(upper[j]!, far((a > 0 ? u[i]! : l[i]!) / a));
    }
    starts[j + 1] = values.length;
  }
  const rows = [...isRow.keys()].filter((i) => isRow[i]);
  const hessian = P.transpose();
  return {
    numCols: n,
    numRows: rows.length,
    colCost: q,
    colLower: lower,
    colUpper: upper,
    rowLower: Float64Array.from(rows, (i) => far(l[i]!)),
    rowUpper: Float64Array.from(rows, (i) => far(u[i]!)),
    matrix: {
      format: "csc",
      numRows: rows.length,
      numCols: n,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    ...(P.values.length > 0 && {
      hessian: {
        format: "triangular" as const,
        dimension: n,
        starts: hessian.columnPointers,
        indices: hessian.rowIndices,
        values: hessian.values,
      },
    }),
  };
}

/** What is timed: the model handed over as arrays, solved, and its point read; empty when it finds none. */
export function solveByHighs(model: ModelData): Float64Array {
  return highs.withModel(model, (instance) => {
    instance.options.set({ output_flag: false, time_limit: TIME_LIMIT });
    instance.run();
    const optimal = instance.getModelStatus() === highs.constants.modelStatus.optimal;
    return optimal ? Float64Array.from(instance.getSolution().colValue) : new Float64Array(0);
  });
}
