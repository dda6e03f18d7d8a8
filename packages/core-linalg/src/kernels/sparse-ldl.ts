import type { SymbolicFactor } from "../sparse/elimination-tree.ts";
import type { SparseColumns } from "../sparse/sparse-columns.ts";
import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { sparseLdlWasm } from "./generated/sparse-ldl.ts";
import { lazyKernel } from "./load-kernel.ts";
import { Placed } from "./structure.ts";

interface SparseLdlKernel {
  factor(ldl: number, tolerance: number): number;
  solve(ldl: number, x: number): void;
}

const kernel: () => SparseLdlKernel | undefined = lazyKernel<SparseLdlKernel>(sparseLdlWasm);

/** Entries in consecutive rows that are worth a loop of their own. */
const LEAST_RUN = 8;

/** K = LDLᵀ without pivoting, K's rows in their order of elimination, and room for its numbers. */
export interface Ldl {
  readonly size: number;
  /** K's upper triangle by column; rows within a column in any order. */
  readonly upperPointers: Int32Array;
  readonly upperRows: Int32Array;
  readonly upperValues: Float64Array;
  readonly parent: Int32Array;
  /** Where each column of L starts. */
  readonly pointers: Int32Array;
  /** How many columns from this one on have the rows of the next one, and that one besides: at least itself. */
  readonly alike: Int32Array;
  /** The first of each four columns alike that a solve takes together, ascending. */
  readonly fours: Int32Array;
  readonly fourCount: number;
  /** The row of each entry of L below its diagonal, ascending in each column. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /** From entry runs[j] on, the rows of column j follow one another. */
  readonly runs: Int32Array;
  /** The diagonal of D, as far as it was found. */
  readonly pivots: Float64Array;
  /** The diagonal of D⁻¹; 0 from a pivot that failed on. */
  readonly inverse: Float64Array;
  readonly pattern: Int32Array;
  readonly flag: Int32Array;
  readonly filled: Int32Array;
  readonly work: Float64Array;
}

/** The kernel's structure, in the order of kernels/shared/ldl.ts. */
const FIELDS: readonly (keyof Ldl)[] = [
  "size",
  "upperPointers",
  "upperRows",
  "upperValues",
  "parent",
  "pointers",
  "alike",
  "fours",
  "fourCount",
  "rows",
  "values",
  "runs",
  "pivots",
  "inverse",
  "pattern",
  "flag",
  "filled",
  "work",
];

/** Room for the factor of a matrix of this upper triangle and analysis. */
export function ldlOf(upper: SparseColumns, { parent, columnPointers }: SymbolicFactor): Ldl {
  const size = upper.columns;
  const entries = columnPointers[size]!;
  const alike = alikeColumns(parent, columnPointers);
  const fours = foursOf(alike);
  return {
    size,
    upperPointers: upper.columnPointers,
    upperRows: upper.rowIndices,
    upperValues: upper.values,
    parent,
    pointers: columnPointers,
    alike,
    fours,
    fourCount: fours.length,
    rows: new Int32Array(entries),
    values: new Float64Array(entries),
    runs: new Int32Array(size),
    pivots: new Float64Array(size),
    inverse: new Float64Array(size),
    pattern: new Int32Array(size),
    flag: new Int32Array(size),
    filled: new Int32Array(size),
    work: new Float64Array(size),
  };
}

function alikeColumns(parent: Int32Array, pointers: Int32Array): Int32Array {
  const alike = new Int32Array(parent.length).fill(1);
  for (let j = parent.length - 2; j >= 0; j--) {
    const count = pointers[j + 1]! - pointers[j]!;
    const nextCount = pointers[j + 2]! - pointers[j + 1]!;
    if (parent[j] === j + 1 && count === nextCount + 1) alike[j] = alike[j + 1]! + 1;
  }
  return alike;
}

/** The columns alike in fours, counted from the last. */
function foursOf(alike: Int32Array): Int32Array {
  const fours: number[] = [];
  for (let j = alike.length - 4; j >= 0; j--) {
    if (alike[j] === alike[j + 3]! + 3) {
      fours.push(j);
      j -= 3;
    }
  }
  return Int32Array.from(fours.reverse());
}

/**
 * The numbers of L and D, row by row up the elimination tree: the first column whose pivot is not beyond `tolerance`
 * times its diagonal entry, −1 where there is none. In readable form; the WebAssembly equals it in every bit.
 */
export function factorTypescript(ldl: Ldl, tolerance: number): number {
  const { size: n, upperPointers, upperRows, upperValues, parent, pointers } = ldl;
  const { rows, values, runs, pivots, inverse, pattern, flag, filled, work: y } = ldl;
  y.fill(0);
  inverse.fill(0);
  flag.fill(-1);
  filled.set(pointers.subarray(0, n));
  runs.set(filled);
  for (let k = 0; k < n; k++) {
    let top = n;
    flag[k] = k;
    for (let p = upperPointers[k]!; p < upperPointers[k + 1]!; p++) {
      let i = upperRows[p]!;
      y[i]! += upperValues[p]!;
      let length = 0;
      for (; flag[i] !== k; i = parent[i]!) {
        pattern[length++] = i;
        flag[i] = k;
      }
      while (length > 0) pattern[--top] = pattern[--length]!;
    }
    let pivot = y[k]!;
    const least = tolerance * Math.abs(pivot);
    y[k] = 0;
    for (; top < n; top++) {
      const i = pattern[top]!;
      const yi = y[i]!;
      y[i] = 0;
      const end = filled[i]!;
      for (let p = pointers[i]!; p < end; p++) y[rows[p]!]! -= values[p]! * yi;
      const entry = yi * inverse[i]!;
      pivot -= entry * yi;
      rows[end] = k;
      values[end] = entry;
      filled[i] = end + 1;
      if (end === pointers[i] || rows[end - 1] !== k - 1) runs[i] = end;
    }
    if (!(Math.abs(pivot) > least)) return k;
    pivots[k] = pivot;
    inverse[k] = 1 / pivot;
  }
  for (let j = 0; j < n; j++) if (filled[j]! - runs[j]! < LEAST_RUN) runs[j] = filled[j]!;
  return -1;
}

/** Solves LDLᵀ x = x in place. In readable form; the WebAssembly equals it in every bit. */
export function solveTypescript(ldl: Ldl, x: Float64Array): void {
  const { size: n, pointers, fours, rows, values, runs, inverse } = ldl;
  for (let j = 0; j < n; j++) {
    const xj = x[j]!;
    for (let p = pointers[j]!; p < pointers[j + 1]!; p++) x[rows[p]!]! -= values[p]! * xj;
  }
  let four = fours.length - 1;
  for (let j = n - 1; j >= 0; j--) {
    if (four >= 0 && fours[four]! + 3 === j) {
      finishFour(ldl, x, fours[four--]!);
      j -= 3;
      continue;
    }
    const scattered = dotInLanes(ldl, x, pointers[j]!, runs[j]!);
    const consecutive = dotInLanes(ldl, x, runs[j]!, pointers[j + 1]!);
    x[j] = x[j]! * inverse[j]! - scattered - consecutive;
  }
}

/** x_j for columns j + 3 down to j, each of whose rows are the next column and its rows. */
function finishFour(ldl: Ldl, x: Float64Array, j: number): void {
  const { pointers, rows, values, runs, inverse } = ldl;
  const start = pointers[j + 3]!;
  const scattered = runs[j + 3]! - start;
  for (let column = j + 3; column >= j; column--) {
    const shared = pointers[column]! + (j + 3 - column);
    let sum = 0;
    for (let p = 0; p < scattered; p++) sum += values[shared + p]! * x[rows[start + p]!]!;
    const consecutive = dotInLanes(ldl, x, shared + scattered, pointers[column + 1]!);
    let xj = x[column]! * inverse[column]! - sum - consecutive;
    for (let p = pointers[column]!; p < shared; p++) xj -= values[p]! * x[rows[p]!]!;
    x[column] = xj;
  }
}

/** Σ values[p] x[rows[p]] over p of [from, to), in four lanes added pairwise, the remainder in order. */
function dotInLanes({ rows, values }: Ldl, x: Float64Array, from: number, to: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let p = from;
  for (; p + 3 < to; p += 4) {
    a += values[p]! * x[rows[p]!]!;
    b += values[p + 1]! * x[rows[p + 1]!]!;
    c += values[p + 2]! * x[rows[p + 2]!]!;
    d += values[p + 3]! * x[rows[p + 3]!]!;
  }
  let sum = a + b + (c + d);
  for (; p < to; p++) sum += values[p]! * x[rows[p]!]!;
  return sum;
}

/** A factor in the arena, to be worked on there. */
export type PlacedLdl = Placed<keyof Ldl>;

export function placeLdl(ldl: Ldl): PlacedLdl {
  return new Placed({ names: FIELDS, fields: ldl });
}

/** Copies in what a solve reads. */
export function sendFactor(placed: PlacedLdl): void {
  placed.begin();
  for (const name of ["pointers", "fours", "rows", "values", "runs", "inverse"] as const) placed.send(name);
}

/** Copies in what a factorisation reads besides. */
export function sendMatrix(placed: PlacedLdl): void {
  for (const name of ["upperPointers", "upperRows", "upperValues", "parent", "alike", "pivots"] as const) {
    placed.send(name);
  }
}

/** Copies the factor back from where the kernel left it. */
export function fetchFactor(placed: PlacedLdl): void {
  for (const name of ["rows", "values", "runs", "pivots", "inverse"] as const) placed.fetch(name);
}

/** As {@link factorTypescript}; undefined, and the factor untouched, where WebAssembly or its memory is not to be had. */
export function factorWebassembly(ldl: Ldl, tolerance: number): number | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const placed = placeLdl(ldl);
    placed.begin();
    placed.send("pointers");
    sendMatrix(placed);
    const failed = wasm.factor(placed.address, tolerance);
    fetchFactor(placed);
    return failed;
  });
}

/** As {@link solveTypescript}; false, and x untouched, where WebAssembly or its memory is not to be had. */
export function solveWebassembly(ldl: Ldl, x: Float64Array): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const solved = inArena(() => {
    const room = allocate(x.length);
    const placed = placeLdl(ldl);
    sendFactor(placed);
    copyIn(room, x);
    wasm.solve(placed.address, room);
    copyOut(room, x);
    return true;
  });
  return solved ?? false;
}

/** Entries of L below which copying in and out costs more than it gains. */
const SMALL = 256;

/** Factors by whichever form is at hand. */
export function factorLdl(ldl: Ldl, tolerance: number): number {
  const failed = ldl.values.length < SMALL ? undefined : factorWebassembly(ldl, tolerance);
  return failed ?? factorTypescript(ldl, tolerance);
}

/** Solves in place by whichever form is at hand. */
export function solveLdl(ldl: Ldl, x: Float64Array): void {
  if (ldl.values.length < SMALL || !solveWebassembly(ldl, x)) solveTypescript(ldl, x);
}
