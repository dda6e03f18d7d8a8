import { CscMatrix, createRandom, type SparseLdl, sparseLdl } from "@astra-quant/core-linalg";
import { largest } from "../../vectors.ts";

/** Added to the diagonal so that it can be factored, and refined away. */
const REGULARISATION = 1e-8;
const MOST_REFINEMENTS = 60;
/** A system that has a solution is met to far less than this. */
const NOT_MET = 1e-6;

export interface SaddlePointSolution {
  readonly x: Float64Array;
  /** m entries, 0 outside the chosen rows. */
  readonly y: Float64Array;
  /** Some solution meets the system; otherwise x and y are of no meaning. */
  readonly exists: boolean;
}

/**
 * [P, Â'; Â, 0] [x; y] = [a; b], Â being some rows of A: solved by refinement on the factors of
 * [P + εI, Â'; Â, −εI]. Meant for equilibrated data; it may be singular, and then says whether there is a solution.
 */
export class SaddlePoint {
  readonly #P: CscMatrix;
  readonly #A: CscMatrix;
  readonly #rows: readonly number[];
  readonly #factor: SparseLdl;

  /** P is an upper triangle. */
  constructor(P: CscMatrix, A: CscMatrix, rows: readonly number[]) {
    this.#P = P;
    this.#A = A;
    this.#rows = rows;
    this.#factor = sparseLdl(regularised(P, A.transpose(), rows));
  }

  /** a has n entries; b has m, and those outside the chosen rows are not looked at. */
  solve(a: Float64Array, b: Float64Array): SaddlePointSolution {
    const n = a.length;
    const right = this.#gather(a, b);
    const size = largest(right);
    const solution = new Float64Array(right.length);
    let residual = right;
    let error = size;
    for (let pass = 0; pass < MOST_REFINEMENTS && error > 0; pass++) {
      const step = this.#factor.solve(residual);
      const next = solution.map((value, k) => value + step[k]!);
      const left = this.#image(next);
      const rest = right.map((value, k) => value - left[k]!);
      const restError = largest(rest);
      if (!(restError < error)) break;
      solution.set(next);
      residual = rest;
      error = restError;
    }
    const y = new Float64Array(b.length);
    this.#rows.forEach((row, k) => {
      y[row] = solution[n + k]!;
    });
    return { x: solution.slice(0, n), y, exists: error <= NOT_MET * size };
  }

  /** Whether a right side with a share of every direction has no solution. */
  isSingular(): boolean {
    const random = createRandom("every direction");
    const a = random.fillNormal(new Float64Array(this.#P.columns));
    const b = random.fillNormal(new Float64Array(this.#A.rows));
    return !this.solve(a, b).exists;
  }

  #gather(a: Float64Array, b: Float64Array): Float64Array {
    const gathered = new Float64Array(a.length + this.#rows.length);
    gathered.set(a);
    this.#rows.forEach((row, k) => {
      gathered[a.length + k] = b[row]!;
    });
    return gathered;
  }

  #image(solution: Float64Array): Float64Array {
    const n = this.#P.columns;
    const x = solution.subarray(0, n);
    const y = new Float64Array(this.#A.rows);
    this.#rows.forEach((row, k) => {
      y[row] = solution[n + k]!;
    });
    const top = this.#P.multiplySymmetric(x);
    const pull = this.#A.multiplyTransposed(y);
    for (let j = 0; j < n; j++) top[j]! += pull[j]!;
    return this.#gather(top, this.#A.multiply(x));
  }
}

/** The upper triangle of [P + εI, Â'; Â, −εI]; column i of `transposed` is row i of A. */
function regularised(P: CscMatrix, transposed: CscMatrix, rows: readonly number[]): CscMatrix {
  const n = P.columns;
  const columnPointers = [0];
  const rowIndices: number[] = [];
  const values: number[] = [];
  const copyColumn = (
    { columnPointers: at, rowIndices: places, values: entries }: CscMatrix,
    j: number,
  ): void => {
    for (let k = at[j]!; k < at[j + 1]!; k++) {
      rowIndices.push(places[k]!);
      values.push(entries[k]!);
    }
  };
  const endColumn = (diagonal: number, place: number): void => {
    if (rowIndices.length > columnPointers.at(-1)! && rowIndices.at(-1) === place) {
      values[values.length - 1]! += diagonal;
    } else {
      rowIndices.push(place);
      values.push(diagonal);
    }
    columnPointers.push(rowIndices.length);
  };
  for (let j = 0; j < n; j++) {
    copyColumn(P, j);
    endColumn(REGULARISATION, j);
  }
  rows.forEach((row, k) => {
    copyColumn(transposed, row);
    endColumn(-REGULARISATION, n + k);
  });
  return CscMatrix.of({
    rows: n + rows.length,
    columns: n + rows.length,
    columnPointers: Int32Array.from(columnPointers),
    rowIndices: Int32Array.from(rowIndices),
    values: Float64Array.from(values),
  });
}
