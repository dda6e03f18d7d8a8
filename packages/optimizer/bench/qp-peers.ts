import type { Peer, Tensor } from "@astra-quant/bench";
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

/** HiGHS by its active-set method, the model handed over as arrays: P as its lower triangle. */
export function highsSolver({ P, q, A, l, u }: Program): Peer {
  const lower = P.transpose();
  const free = (side: number): Float64Array => new Float64Array(q.length).fill(side);
  const data = {
    numCols: q.length,
    numRows: l.length,
    colCost: q,
    colLower: free(Number.NEGATIVE_INFINITY),
    colUpper: free(Number.POSITIVE_INFINITY),
    rowLower: l,
    rowUpper: u,
    matrix: {
      format: "csc" as const,
      numRows: A.rows,
      numCols: A.columns,
      starts: A.columnPointers,
      indices: A.rowIndices,
      values: A.values,
    },
    hessian: {
      format: "triangular" as const,
      dimension: q.length,
      starts: lower.columnPointers,
      indices: lower.rowIndices,
      values: lower.values,
    },
  };
  return {
    run: () => {
      const model = highs.createModel(data);
      try {
        model.options.set({ output_flag: false });
        model.run();
        return model.getSolution().colValue;
      } finally {
        model.dispose();
      }
    },
  };
}
