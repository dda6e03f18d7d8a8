import type { SparseColumns } from "@astra-quant/core-linalg";
import {
  analyse,
  type Ldl,
  ldlOf,
  minimumDegreeOrder,
  permuteSymmetric,
  solveLdl,
} from "@astra-quant/core-linalg/kernels";
import { factorLdl } from "../kernels/ldl.ts";

/**
 * K = [P + σI, A'; A, −diag(1/ρ)] in its order of elimination. K is quasidefinite when P + σI is positive definite, and
 * then has exactly n positive pivots. The pattern is analysed once; values and penalties may change.
 */
export class KktSystem {
  readonly ldl: Ldl;
  /** Where each variable, then each row, stands in the order of elimination. */
  readonly place: Int32Array;
  /** Where among the values of K its diagonal stands, then each row's −1/ρ alone, the entries of P, and those of A. */
  readonly diagonalPlaces: Int32Array;
  readonly penaltyPlaces: Int32Array;
  readonly objectivePlaces: Int32Array;
  readonly rowPlaces: Int32Array;
  readonly #order: Int32Array;
  readonly #variables: number;

  /** P is an upper triangle. */
  constructor(P: SparseColumns, A: SparseColumns) {
    const { upper, objective, rows, diagonal } = assemble(P, A);
    const order = minimumDegreeOrder(upper);
    const permuted = permuteSymmetric(upper, order);
    const inOrder = (places: Int32Array): Int32Array => gathered(permuted.position, places);
    this.ldl = ldlOf(permuted.upper, analyse(permuted.upper));
    this.#order = order;
    this.#variables = P.columns;
    this.place = new Int32Array(order.length);
    for (let k = 0; k < order.length; k++) this.place[order[k]!] = k;
    this.diagonalPlaces = inOrder(diagonal);
    this.penaltyPlaces = this.diagonalPlaces.subarray(P.columns);
    this.objectivePlaces = inOrder(objective);
    this.rowPlaces = inOrder(rows);
  }

  /** Writes the values of P + σI and A. */
  setMatrices(P: SparseColumns, A: SparseColumns, sigma: number): void {
    const values = this.ldl.upperValues;
    const { diagonalPlaces, objectivePlaces, rowPlaces } = this;
    values.fill(0);
    for (let j = 0; j < this.#variables; j++) values[diagonalPlaces[j]!] = sigma;
    for (let k = 0; k < objectivePlaces.length; k++) values[objectivePlaces[k]!]! += P.values[k]!;
    for (let k = 0; k < rowPlaces.length; k++) values[rowPlaces[k]!] = A.values[k]!;
  }

  /** Factors with the same weight 1/ρ for every row: whether K is quasidefinite. */
  factor(inverseRho: number): boolean {
    for (const place of this.penaltyPlaces) this.ldl.upperValues[place] = -inverseRho;
    return factorLdl(this.ldl) === this.#variables;
  }

  /** The variable of the first pivot that ought to be positive and is not; −1 when there is none. */
  get concaveVariable(): number {
    const { inverse } = this.ldl;
    const at = this.#order.findIndex((index, k) => index < this.#variables && !(inverse[k]! > 0));
    return at < 0 ? -1 : this.#order[at]!;
  }

  /** The variables as they are eliminated; P alone fills no more in this order than K does. */
  variableOrder(): Int32Array {
    return this.#order.filter((index) => index < this.#variables);
  }

  /** Solves in place. */
  solve(rightSide: Float64Array): void {
    const { work } = this.ldl;
    for (let k = 0; k < work.length; k++) work[k] = rightSide[this.#order[k]!]!;
    solveLdl(this.ldl, work);
    for (let k = 0; k < work.length; k++) rightSide[this.#order[k]!] = work[k]!;
  }
}

function gathered(list: Int32Array, places: Int32Array): Int32Array {
  const out = new Int32Array(places.length);
  for (let k = 0; k < out.length; k++) out[k] = list[places[k]!]!;
  return out;
}

interface Assembled {
  /** The pattern of K's upper triangle; every diagonal entry is present. */
  readonly upper: SparseColumns;
  /** Where the entries of P, of A, and the diagonal stand in it. */
  readonly objective: Int32Array;
  readonly rows: Int32Array;
  readonly diagonal: Int32Array;
}

function assemble(P: SparseColumns, A: SparseColumns): Assembled {
  const n = P.columns;
  const m = A.rows;
  const columnPointers = new Int32Array(n + m + 1);
  const objective = new Int32Array(P.columnPointers[n]!);
  const rows = new Int32Array(A.columnPointers[n]!);
  const diagonal = new Int32Array(n + m);
  for (let j = 0; j < n; j++) {
    const last = P.columnPointers[j + 1]! - 1;
    const hasDiagonal = last >= P.columnPointers[j]! && P.rowIndices[last] === j;
    columnPointers[j + 1] = last + 1 - P.columnPointers[j]! + (hasDiagonal ? 0 : 1);
  }
  for (let k = 0; k < rows.length; k++) columnPointers[n + A.rowIndices[k]! + 1]!++;
  for (let i = 0; i < m; i++) columnPointers[n + i + 1]!++;
  for (let j = 0; j < n + m; j++) columnPointers[j + 1]! += columnPointers[j]!;
  const rowIndices = new Int32Array(columnPointers[n + m]!);
  const next = columnPointers.slice(n, n + m);
  for (let j = 0; j < n; j++) {
    let at = columnPointers[j]!;
    for (let k = P.columnPointers[j]!; k < P.columnPointers[j + 1]!; k++, at++) {
      rowIndices[at] = P.rowIndices[k]!;
      objective[k] = at;
    }
    diagonal[j] = columnPointers[j + 1]! - 1;
    rowIndices[diagonal[j]!] = j;
    for (let k = A.columnPointers[j]!; k < A.columnPointers[j + 1]!; k++) {
      rows[k] = next[A.rowIndices[k]!]!++;
      rowIndices[rows[k]!] = j;
    }
  }
  for (let i = 0; i < m; i++) {
    diagonal[n + i] = columnPointers[n + i + 1]! - 1;
    rowIndices[diagonal[n + i]!] = n + i;
  }
  const values = new Float64Array(rowIndices.length);
  return {
    upper: { rows: n + m, columns: n + m, columnPointers, rowIndices, values },
    objective,
    rows,
    diagonal,
  };
}
