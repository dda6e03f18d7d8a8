import { CscMatrix, type SparseLdl, sparseLdl } from "@astra-quant/core-linalg";

/**
 * K = [P + σI, A'; A, −diag(1/ρ)], factored. K is quasidefinite when P + σI is positive definite, and then has
 * exactly n positive pivots.
 */
export class KktSystem {
  readonly #n: number;
  readonly #values: Float64Array;
  readonly #rowDiagonal: Int32Array;
  readonly #ldl: SparseLdl;

  constructor(P: CscMatrix, A: CscMatrix, sigma: number) {
    const { upper, rowDiagonal } = assemble(P, A, sigma);
    this.#n = P.columns;
    this.#values = upper.values;
    this.#rowDiagonal = rowDiagonal;
    this.#ldl = sparseLdl(upper);
  }

  /** Factors with these row penalties; false when P + σI is not positive definite. */
  factor(rho: Float64Array): boolean {
    for (let i = 0; i < rho.length; i++) this.#values[this.#rowDiagonal[i]!] = -1 / rho[i]!;
    return this.#ldl.refactor(this.#values) === "ok" && this.#ldl.inertia.positive === this.#n;
  }

  /** Solves in place. */
  solve(rightSide: Float64Array): void {
    this.#ldl.solve(rightSide, { out: rightSide });
  }
}

/** The upper triangle of K; every diagonal entry is present. */
function assemble(P: CscMatrix, A: CscMatrix, sigma: number): { upper: CscMatrix; rowDiagonal: Int32Array } {
  const n = P.columns;
  const m = A.rows;
  const rows = A.transpose();
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
  const upper = CscMatrix.of({
    rows: n + m,
    columns: n + m,
    columnPointers,
    rowIndices: Int32Array.from(rowIndices),
    values: Float64Array.from(values),
  });
  return { upper, rowDiagonal };
}
