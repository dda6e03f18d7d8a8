import type { Peer, Tensor } from "@astra-quant/bench";
import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import highsLoader from "highs";
import { solveQP } from "quadprog";
import type { Program } from "./programs.ts";

const highs = await highsLoader();

function tensor(data: Float64Array | Int32Array): Tensor {
  return { shape: [data.length], data: Float64Array.from(data) };
}

/** The program as the peers in Python take it. */
export function inputsOf({ P, q, A, l, u }: Program): Record<string, Tensor> {
  return {
    P_values: tensor(P.values),
    P_rows: tensor(P.rowIndices),
    P_pointers: tensor(P.columnPointers),
    A_values: tensor(A.values),
    A_rows: tensor(A.rowIndices),
    A_pointers: tensor(A.columnPointers),
    q: tensor(q),
    lower: tensor(l),
    upper: tensor(u),
  };
}

/** quadprog takes definite dense problems, 1-based, and overwrites them: the budget, then both sides of the box. */
export function quadprog({ P, q, A, l, u }: Program): Peer {
  const n = q.length;
  const upper = P.toDense();
  const rows = A.toDense();
  const side = (c: number): number => (c <= n ? 1 : -1);
  const rowOf = (c: number): number => (c <= n ? c : c - n);
  const D = oneBased(n, (i) => oneBased(n, (j) => upper.get(Math.min(i, j), Math.max(i, j)), 0), []);
  const d = oneBased(n, (j) => -q[j]!, 0);
  const columns = oneBased(n, (j) => oneBased(2 * n + 1, (c) => side(c) * rows.get(rowOf(c), j), 0), []);
  const b = oneBased(2 * n + 1, (c) => (side(c) > 0 ? l[rowOf(c)]! : -u[rowOf(c)]!), 0);
  const copy = (matrix: number[][]): number[][] => matrix.map((row) => row.slice());
  return {
    run: () => Float64Array.from(solveQP(copy(D), d.slice(), copy(columns), b.slice(), 1).solution.slice(1)),
  };
}

function oneBased<T>(count: number, entry: (k: number) => T, unused: T): T[] {
  return [unused, ...Array.from({ length: count }, (_, k) => entry(k))];
}

/** The rows of a single entry as bounds of the variables, which is how HiGHS likes them best; the others stay rows. */
function withBounds({ q, A, l, u }: Program): {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  readonly kept: Int32Array;
} {
  const least = new Float64Array(q.length).fill(Number.NEGATIVE_INFINITY);
  const greatest = new Float64Array(q.length).fill(Number.POSITIVE_INFINITY);
  const rows = A.transpose();
  const kept: number[] = [];
  for (let i = 0; i < l.length; i++) {
    const start = rows.columnPointers[i]!;
    const value = rows.values[start];
    if (rows.columnPointers[i + 1] !== start + 1 || !value) {
      kept.push(i);
      continue;
    }
    const j = rows.rowIndices[start]!;
    least[j] = Math.max(least[j]!, (value > 0 ? l[i]! : u[i]!) / value);
    greatest[j] = Math.min(greatest[j]!, (value > 0 ? u[i]! : l[i]!) / value);
  }
  return { least, greatest, kept: Int32Array.from(kept) };
}

function rowsOf(A: CscMatrix, kept: Int32Array): CscMatrix {
  const place = new Map(Array.from(kept, (row, k) => [row, k]));
  const triplets: Triplet[] = [];
  for (let j = 0; j < A.columns; j++) {
    for (let k = A.columnPointers[j]!; k < A.columnPointers[j + 1]!; k++) {
      const row = place.get(A.rowIndices[k]!);
      if (row !== undefined) triplets.push([row, j, A.values[k]!]);
    }
  }
  return CscMatrix.fromTriplets(kept.length, A.columns, triplets);
}

/** Seconds after which HiGHS is told to give up. */
const HIGHS_LIMIT = 10;

/** HiGHS by its own choice of method, the model handed over as arrays: P as its lower triangle. */
export function highsSolver(
  program: Program,
  secondsAtMost: number = HIGHS_LIMIT,
): { readonly run: () => Float64Array } {
  const { P, q, l, u } = program;
  const lower = P.transpose();
  const { least, greatest, kept } = withBounds(program);
  const A = rowsOf(program.A, kept);
  const data = {
    numCols: q.length,
    numRows: kept.length,
    colCost: q,
    colLower: least,
    colUpper: greatest,
    rowLower: Float64Array.from(kept, (i) => l[i]!),
    rowUpper: Float64Array.from(kept, (i) => u[i]!),
    matrix: {
      format: "csc" as const,
      numRows: A.rows,
      numCols: A.columns,
      starts: A.columnPointers,
      indices: A.rowIndices,
      values: A.values,
    },
    ...(P.values.length > 0 && {
      hessian: {
        format: "triangular" as const,
        dimension: q.length,
        starts: lower.columnPointers,
        indices: lower.rowIndices,
        values: lower.values,
      },
    }),
  };
  return {
    run: () => {
      const model = highs.createModel(data);
      try {
        model.options.set({ output_flag: false, time_limit: secondsAtMost });
        model.run();
        return model.getSolution().colValue;
      } finally {
        model.dispose();
      }
    },
  };
}
