import { type SparseColumns, transposeColumns } from "../sparse/columns.ts";
import { type Pivots, SparseLdl } from "../sparse/sparse-ldl.ts";

/**
 * K = [P + σI, A'; A, −diag(1/ρ)], factored. K is quasidefinite when P + σI is positive definite, and then has
 * exactly n positive pivots.
 */
export class KktSystem {
  readonly #n: number;
  readonly #ldl: SparseLdl;
  readonly #rowDiagonal: Int32Array;

  constructor(P: SparseColumns, A: SparseColumns, sigma: number) {
    const K = assemble(P, A, sigma);
    this.#n = P.columns;
    this.#ldl = new SparseLdl(K.upper);
    this.#rowDiagonal = K.rowDiagonal;
  }

  /** Factors with these row penalties; false when P + σI is not positive definite. */
  factor(rho: Float64Array): boolean {
    for (let i = 0; i < rho.length; i++) this.#ldl.setEntry(this.#rowDiagonal[i]!, -1 / rho[i]!);
    const pivots: Pivots = this.#ldl.factor();
    return pivots.complete && pivots.positive === this.#n;
  }

  /** Solves in place. */
  solve(rightSide: Float64Array): void {
    this.#ldl.solve(rightSide);
  }
}

/** The upper triangle of K; every diagonal entry is present. */
function assemble(
  P: SparseColumns,
  A: SparseColumns,
  sigma: number,
): { upper: SparseColumns; rowDiagonal: Int32Array } {
  const n = P.columns;
  const m = A.rows;
  const rows = transposeColumns(A);
  const columnPointers = new Int32Array(n + m + 1);
  const rowIndices: number[] = [];
  const values: number[] = [];
  for (let j = 0; j < n; j++) {
    let diagonal = sigma;
    for (let k = P.columnPointers[j]!; k < P.columnPointers[j + 1]!; k++) {
      const i = P.rowIndices[k]!;
      if (i === j) {
        diagonal += P.values[k]!;
        continue;
      }
      rowIndices.push(i);
      values.push(P.values[k]!);
    }
    rowIndices.push(j);
    values.push(diagonal);
    columnPointers[j + 1] = values.length;
  }
  const rowDiagonal = new Int32Array(m);
  for (let i = 0; i < m; i++) {
    for (let k = rows.columnPointers[i]!; k < rows.columnPointers[i + 1]!; k++) {
      rowIndices.push(rows.rowIndices[k]!);
      values.push(rows.values[k]!);
    }
    rowDiagonal[i] = values.length;
    rowIndices.push(n + i);
    values.push(0);
    columnPointers[n + i + 1] = values.length;
  }
  const upper = {
    rows: n + m,
    columns: n + m,
    columnPointers,
    rowIndices: Int32Array.from(rowIndices),
    values: Float64Array.from(values),
  };
  return { upper, rowDiagonal };
}
