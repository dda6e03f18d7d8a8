import type { SparseColumns } from "./columns.ts";
import { analyse, type SymbolicFactor } from "./elimination-tree.ts";
import { minimumDegreeOrder } from "./minimum-degree.ts";
import { permuteSymmetric } from "./permute-symmetric.ts";

/** How a factorisation went: the signs of the pivots are the inertia of the matrix. */
export interface Pivots {
  /** False when a pivot was zero or no number; the factor must not be used then. */
  readonly complete: boolean;
  readonly positive: number;
  /** The smallest |pivot| met. */
  readonly smallest: number;
}

/**
 * K = LDLᵀ of a sparse symmetric matrix given by its upper triangle, after a fill-reducing permutation and
 * without pivoting (what a quasidefinite matrix needs, and a positive definite one). The pattern is analysed
 * once; values may change entry by entry and be factored again.
 */
export class SparseLdl {
  readonly size: number;
  readonly #order: Int32Array;
  readonly #position: Int32Array;
  readonly #upper: SparseColumns;
  readonly #symbolic: SymbolicFactor;
  readonly #rowIndices: Int32Array;
  readonly #values: Float64Array;
  readonly #inverse: Float64Array;
  readonly #work: Float64Array;
  readonly #pattern: Int32Array;
  readonly #flag: Int32Array;
  readonly #filled: Int32Array;

  constructor(upper: SparseColumns) {
    const n = upper.columns;
    this.size = n;
    this.#order = minimumDegreeOrder(upper);
    const permuted = permuteSymmetric(upper, this.#order);
    this.#upper = permuted.upper;
    this.#position = permuted.position;
    this.#symbolic = analyse(permuted.upper);
    const entries = this.#symbolic.columnPointers[n]!;
    this.#rowIndices = new Int32Array(entries);
    this.#values = new Float64Array(entries);
    this.#inverse = new Float64Array(n);
    this.#work = new Float64Array(n);
    this.#pattern = new Int32Array(n);
    this.#flag = new Int32Array(n);
    this.#filled = new Int32Array(n);
  }

  /** Entries below the diagonal of L. */
  get entries(): number {
    return this.#values.length;
  }

  /** Replaces the value of entry k of the matrix given to the constructor; takes effect at the next `factor`. */
  setEntry(k: number, value: number): void {
    this.#upper.values[this.#position[k]!] = value;
  }

  /** The numbers of L and D, row by row up the elimination tree. */
  factor(): Pivots {
    const n = this.size;
    const { columnPointers: from, rowIndices: rows, values } = this.#upper;
    const { columnPointers: start, parent } = this.#symbolic;
    const y = this.#work.fill(0);
    const flag = this.#flag.fill(-1);
    const filled = this.#filled.fill(0);
    let positive = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < n; k++) {
      let top = n;
      flag[k] = k;
      for (let p = from[k]!; p < from[k + 1]!; p++) {
        let i = rows[p]!;
        y[i]! += values[p]!;
        let length = 0;
        for (; flag[i] !== k; i = parent[i]!) {
          this.#pattern[length++] = i;
          flag[i] = k;
        }
        while (length > 0) this.#pattern[--top] = this.#pattern[--length]!;
      }
      let pivot = y[k]!;
      y[k] = 0;
      for (; top < n; top++) {
        const i = this.#pattern[top]!;
        const yi = y[i]!;
        y[i] = 0;
        const end = start[i]! + filled[i]!;
        for (let p = start[i]!; p < end; p++) y[this.#rowIndices[p]!]! -= this.#values[p]! * yi;
        const entry = yi * this.#inverse[i]!;
        pivot -= entry * yi;
        this.#rowIndices[end] = k;
        this.#values[end] = entry;
        filled[i]!++;
      }
      if (!(Math.abs(pivot) > 0)) return { complete: false, positive, smallest: 0 };
      if (pivot > 0) positive++;
      if (Math.abs(pivot) < smallest) smallest = Math.abs(pivot);
      this.#inverse[k] = 1 / pivot;
    }
    return { complete: true, positive, smallest };
  }

  /** Solves Kx = b with the last factor, writing x over b. */
  solve(b: Float64Array): void {
    const n = this.size;
    const start = this.#symbolic.columnPointers;
    const order = this.#order;
    const rows = this.#rowIndices;
    const values = this.#values;
    const x = this.#work;
    for (let k = 0; k < n; k++) x[k] = b[order[k]!]!;
    for (let j = 0; j < n; j++) {
      const xj = x[j]!;
      for (let p = start[j]!; p < start[j + 1]!; p++) x[rows[p]!]! -= values[p]! * xj;
    }
    for (let j = 0; j < n; j++) x[j]! *= this.#inverse[j]!;
    for (let j = n - 1; j >= 0; j--) {
      let sum = x[j]!;
      for (let p = start[j]!; p < start[j + 1]!; p++) sum -= values[p]! * x[rows[p]!]!;
      x[j] = sum;
    }
    for (let k = 0; k < n; k++) b[order[k]!] = x[k]!;
  }
}
