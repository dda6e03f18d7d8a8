import type { SymbolicFactor } from "../sparse/elimination-tree.ts";
import type { SparseColumns } from "../sparse/sparse-columns.ts";
import {
  allocate,
  allocateIntegers,
  copyIn,
  copyIntegersIn,
  copyIntegersOut,
  copyOut,
  inArena,
} from "./arena.ts";
import { sparseLdlWasm } from "./generated/sparse-ldl.ts";
import { lazyKernel } from "./load-kernel.ts";

interface SparseLdlKernel {
  workspace(n: number): number;
  factor(
    n: number,
    upperPointers: number,
    upperRows: number,
    upperValues: number,
    parent: number,
    pointers: number,
    rows: number,
    values: number,
    runs: number,
    pivots: number,
    inverse: number,
    y: number,
    work: number,
  ): number;
  solve(
    n: number,
    pointers: number,
    rows: number,
    values: number,
    runs: number,
    inverse: number,
    x: number,
  ): void;
}

const kernel: () => SparseLdlKernel | undefined = lazyKernel<SparseLdlKernel>(sparseLdlWasm);

/** Entries of L below which copying in and out costs more than it gains. */
const SMALL = 256;

/** LDLᵀ of a sparse symmetric matrix, and room for its numbers. */
export interface SparseFactor {
  /** The matrix's upper triangle in the order of elimination; rows within a column in any order. */
  readonly upper: SparseColumns;
  readonly symbolic: SymbolicFactor;
  /** The row of each entry of L below its diagonal, column by column. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /** From entry runs[j] on, the rows of column j follow one another. */
  readonly runs: Int32Array;
  /** The diagonal of D. */
  readonly pivots: Float64Array;
  /** The diagonal of D⁻¹. */
  readonly inverse: Float64Array;
}

/** Room for the factor of a matrix of this upper triangle and analysis. */
export function sparseFactorOf(upper: SparseColumns, symbolic: SymbolicFactor): SparseFactor {
  const n = upper.columns;
  const entries = symbolic.columnPointers[n]!;
  return {
    upper,
    symbolic,
    rows: new Int32Array(entries),
    values: new Float64Array(entries),
    runs: new Int32Array(n),
    pivots: new Float64Array(n),
    inverse: new Float64Array(n),
  };
}

/**
 * The numbers of L and D, row by row up the elimination tree: the first column whose pivot is not beyond n·ε times its
 * diagonal entry, −1 where there is none. In readable form; the WebAssembly equals it in every bit.
 */
export function factorSparseTypescript({ upper, symbolic, ...factor }: SparseFactor): number {
  const n = upper.columns;
  const { columnPointers: from, rowIndices, values: entries } = upper;
  const { columnPointers: start, parent } = symbolic;
  const { rows, values, runs, pivots, inverse } = factor;
  const y = new Float64Array(n);
  const pattern = new Int32Array(n);
  const flag = new Int32Array(n).fill(-1);
  const filled = start.slice(0, n);
  runs.set(filled);
  for (let k = 0; k < n; k++) {
    let top = n;
    flag[k] = k;
    for (let p = from[k]!; p < from[k + 1]!; p++) {
      let i = rowIndices[p]!;
      y[i]! += entries[p]!;
      let length = 0;
      for (; flag[i] !== k; i = parent[i]!) {
        pattern[length++] = i;
        flag[i] = k;
      }
      while (length > 0) pattern[--top] = pattern[--length]!;
    }
    let pivot = y[k]!;
    const least = n * Number.EPSILON * Math.abs(pivot);
    y[k] = 0;
    for (; top < n; top++) {
      const i = pattern[top]!;
      const yi = y[i]!;
      y[i] = 0;
      const end = filled[i]!;
      for (let p = start[i]!; p < end; p++) y[rows[p]!]! -= values[p]! * yi;
      const entry = yi * inverse[i]!;
      pivot -= entry * yi;
      rows[end] = k;
      values[end] = entry;
      filled[i] = end + 1;
      if (end === start[i] || rows[end - 1] !== k - 1) runs[i] = end;
    }
    if (!(Math.abs(pivot) > least)) return k;
    pivots[k] = pivot;
    inverse[k] = 1 / pivot;
  }
  return -1;
}

/** Solves LDLᵀ x = x in place. In readable form; the WebAssembly equals it in every bit. */
export function solveSparseTypescript(factor: SparseFactor, x: Float64Array): void {
  const { symbolic, rows, values, inverse } = factor;
  const start = symbolic.columnPointers;
  const n = x.length;
  for (let j = 0; j < n; j++) {
    const xj = x[j]!;
    for (let p = start[j]!; p < start[j + 1]!; p++) x[rows[p]!]! -= values[p]! * xj;
  }
  for (let j = n - 1; j >= 0; j--) {
    let sum = x[j]! * inverse[j]!;
    for (let p = start[j]!; p < start[j + 1]!; p++) sum -= values[p]! * x[rows[p]!]!;
    x[j] = sum;
  }
}

/** As {@link factorSparseTypescript}; undefined where WebAssembly or the memory for it is not to be had. */
export function factorSparseWebassembly(factor: SparseFactor): number | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  const { upper, symbolic, rows, values, runs, pivots, inverse } = factor;
  const n = upper.columns;
  return inArena(() => {
    const from = allocateIntegers(n + 1);
    const upperRows = allocateIntegers(upper.rowIndices.length);
    const upperValues = allocate(upper.values.length);
    const parent = allocateIntegers(n);
    const start = allocateIntegers(n + 1);
    const r = allocateIntegers(rows.length);
    const v = allocate(values.length);
    const run = allocateIntegers(n);
    const d = allocate(n);
    const inverses = allocate(n);
    const y = allocate(n);
    const work = allocateIntegers(wasm.workspace(n));
    copyIntegersIn(from, upper.columnPointers);
    copyIntegersIn(upperRows, upper.rowIndices);
    copyIn(upperValues, upper.values);
    copyIntegersIn(parent, symbolic.parent);
    copyIntegersIn(start, symbolic.columnPointers);
    const failed = wasm.factor(
      n,
      from,
      upperRows,
      upperValues,
      parent,
      start,
      r,
      v,
      run,
      d,
      inverses,
      y,
      work,
    );
    copyIntegersOut(r, rows);
    copyOut(v, values);
    copyIntegersOut(run, runs);
    const found = failed < 0 ? n : failed;
    copyOut(d, pivots.subarray(0, found));
    copyOut(inverses, inverse.subarray(0, found));
    return failed;
  });
}

/** As {@link solveSparseTypescript}; false, and x untouched, where WebAssembly or the memory for it is not to be had. */
export function solveSparseWebassembly(factor: SparseFactor, x: Float64Array): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { symbolic, rows, values, runs, inverse } = factor;
  const n = x.length;
  const solved = inArena(() => {
    const start = allocateIntegers(n + 1);
    const r = allocateIntegers(rows.length);
    const v = allocate(values.length);
    const run = allocateIntegers(n);
    const inverses = allocate(n);
    const room = allocate(n);
    copyIntegersIn(start, symbolic.columnPointers);
    copyIntegersIn(r, rows);
    copyIn(v, values);
    copyIntegersIn(run, runs);
    copyIn(inverses, inverse);
    copyIn(room, x);
    wasm.solve(n, start, r, v, run, inverses, room);
    copyOut(room, x);
    return true;
  });
  return solved ?? false;
}

/** Factors by whichever form is at hand. */
export function factorSparse(factor: SparseFactor): number {
  const failed = factor.values.length < SMALL ? undefined : factorSparseWebassembly(factor);
  return failed ?? factorSparseTypescript(factor);
}

/** Solves in place by whichever form is at hand. */
export function solveSparse(factor: SparseFactor, x: Float64Array): void {
  if (factor.values.length < SMALL || !solveSparseWebassembly(factor, x)) solveSparseTypescript(factor, x);
}
