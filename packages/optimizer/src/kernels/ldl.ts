import { allocate, copyIn, copyOut, inArena } from "@astra-quant/core-linalg/kernels";
import { splittingModule } from "./splitting-module.ts";
import { Placed } from "./structure.ts";

/** Entries in consecutive rows that are worth a loop of their own. */
const LEAST_RUN = 8;

/**
 * K = LDLᵀ without pivoting, in the order of elimination. `upper…` is K's upper triangle by column, rows in any order;
 * `parent` and `pointers` are what the analysis of its pattern gave. A column's entries from `runs[j]` on lie in
 * consecutive rows.
 */
export interface Ldl {
  readonly size: number;
  readonly upperPointers: Int32Array;
  readonly upperRows: Int32Array;
  readonly upperValues: Float64Array;
  readonly parent: Int32Array;
  readonly pointers: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly runs: Int32Array;
  /** D⁻¹; 0 from a pivot that is zero on. */
  readonly inverse: Float64Array;
  readonly pattern: Int32Array;
  readonly flag: Int32Array;
  readonly filled: Int32Array;
  readonly work: Float64Array;
}

/** Room for the factor of a matrix of this upper triangle and analysis. */
export function ldlOf(
  upper: { columnPointers: Int32Array; rowIndices: Int32Array; values: Float64Array },
  symbolic: { parent: Int32Array; columnPointers: Int32Array },
): Ldl {
  const size = symbolic.parent.length;
  const entries = symbolic.columnPointers[size]!;
  return {
    size,
    upperPointers: upper.columnPointers,
    upperRows: upper.rowIndices,
    upperValues: upper.values,
    parent: symbolic.parent,
    pointers: symbolic.columnPointers,
    rows: new Int32Array(entries),
    values: new Float64Array(entries),
    runs: new Int32Array(size),
    inverse: new Float64Array(size),
    pattern: new Int32Array(size),
    flag: new Int32Array(size),
    filled: new Int32Array(size),
    work: new Float64Array(size),
  };
}

/** The kernel's structure, in the order of kernels/shared/ldl.ts. */
const FIELDS = [
  "size",
  "upperPointers",
  "upperRows",
  "upperValues",
  "parent",
  "pointers",
  "rows",
  "values",
  "runs",
  "inverse",
  "pattern",
  "flag",
  "filled",
  "work",
] as const satisfies readonly (keyof Ldl)[];

export type PlacedLdl = Placed<keyof Ldl>;

export function placeLdl(ldl: Ldl): PlacedLdl {
  return new Placed({ names: FIELDS, fields: ldl });
}

/** Copies in what a solve reads. */
export function sendFactor(placed: PlacedLdl): void {
  placed.begin();
  for (const name of ["pointers", "rows", "values", "runs", "inverse"] as const) placed.send(name);
}

/** Copies in what a factorisation reads besides. */
export function sendMatrix(placed: PlacedLdl): void {
  for (const name of ["upperPointers", "upperRows", "upperValues", "parent"] as const) placed.send(name);
}

/** Copies the factor back from where the kernel left it. */
export function fetchFactor(placed: PlacedLdl): void {
  for (const name of ["rows", "values", "runs", "inverse"] as const) placed.fetch(name);
}

/**
 * The numbers of L and D⁻¹, row by row up the elimination tree: how many pivots are positive, −1 when one is zero. In
 * readable form; the WebAssembly equals it in every bit.
 */
export function factorTypescript(ldl: Ldl): number {
  const { size: n, upperPointers, upperRows, upperValues, parent, pointers } = ldl;
  const { rows, values, runs, inverse, pattern, flag, filled, work: y } = ldl;
  let positive = 0;
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
    if (pivot === 0 || Number.isNaN(pivot)) return -1;
    if (pivot > 0) positive++;
    inverse[k] = 1 / pivot;
  }
  for (let j = 0; j < n; j++) if (filled[j]! - runs[j]! < LEAST_RUN) runs[j] = filled[j]!;
  return positive;
}

/** Solves LDLᵀ x = x in place, x in the order of elimination. In readable form; the WebAssembly equals it in every bit. */
export function solveTypescript(ldl: Ldl, x: Float64Array): void {
  const { size: n, pointers, rows, values, runs, inverse } = ldl;
  for (let j = 0; j < n; j++) {
    const xj = x[j]!;
    for (let p = pointers[j]!; p < pointers[j + 1]!; p++) x[rows[p]!]! -= values[p]! * xj;
  }
  for (let j = n - 1; j >= 0; j--) {
    const scattered = partialDot(ldl, pointers[j]!, runs[j]!, x);
    const consecutive = partialDot(ldl, runs[j]!, pointers[j + 1]!, x);
    x[j] = x[j]! * inverse[j]! - scattered - consecutive;
  }
}

/** Σ values[p] x[rows[p]] over p of [from, to), in four lanes added pairwise, the remainder in order. */
function partialDot({ rows, values }: Ldl, from: number, to: number, x: Float64Array): number {
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

/** As {@link factorTypescript}; undefined, and the factor untouched, where WebAssembly or its memory is not to be had. */
export function factorWebassembly(ldl: Ldl): number | undefined {
  const wasm = splittingModule();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const placed = placeLdl(ldl);
    placed.begin();
    placed.send("pointers");
    sendMatrix(placed);
    const positive = wasm.factor(placed.address);
    fetchFactor(placed);
    return positive;
  });
}

/** As {@link solveTypescript}; false, and x untouched, where WebAssembly or its memory is not to be had. */
export function solveWebassembly(ldl: Ldl, x: Float64Array): boolean {
  const wasm = splittingModule();
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
export function factorLdl(ldl: Ldl): number {
  const fast = ldl.values.length < SMALL ? undefined : factorWebassembly(ldl);
  return fast ?? factorTypescript(ldl);
}

/** Entries of L above which moving them costs less than it gains, though a solve touches each but twice. */
const LARGE = 1 << 17;

/** Solves in place by whichever form is at hand. */
export function solveLdl(ldl: Ldl, x: Float64Array): void {
  if (ldl.values.length >= LARGE && solveWebassembly(ldl, x)) return;
  solveTypescript(ldl, x);
}
