import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { triangularSolveWasm } from "./generated/triangular-solve.ts";
import { lazyKernel } from "./load-kernel.ts";

interface TriangularSolveKernel {
  workspace(n: number): number;
  solveLower(
    M: number,
    down: number,
    across: number,
    n: number,
    unit: number,
    X: number,
    rowStride: number,
    m: number,
    work: number,
  ): void;
}

const kernel: () => TriangularSolveKernel | undefined =
  lazyKernel<TriangularSolveKernel>(triangularSolveWasm);

/** Multiplications below which copying in and out costs more than it gains. */
const SMALL = 4096;
const BYTES = 8;

/** One of the triangles of a square matrix T (n×n, row-major), as it stands or transposed. */
export interface Triangle {
  readonly T: Float64Array;
  readonly n: number;
  /** The upper triangle is read, else the lower. */
  readonly upper: boolean;
  readonly transpose: boolean;
  /** The diagonal is not read but counts as ones. */
  readonly unit: boolean;
}

/**
 * How a triangle is read as a lower one: entry (i, k) lies at start + i·down + k·across. What is upper becomes lower
 * when it is read from its end, unknowns in reverse.
 */
interface LowerView {
  readonly start: number;
  readonly down: number;
  readonly across: number;
  readonly reversed: boolean;
}

function lowerView({ n, upper, transpose }: Triangle): LowerView {
  const reversed = upper !== transpose;
  const [down, across] = transpose ? [1, n] : [n, 1];
  return reversed
    ? { start: n * n - 1, down: -down, across: -across, reversed }
    : { start: 0, down, across, reversed };
}

/**
 * Solves TX = B (or TᵀX = B) in place, X of n×m, in readable form; the WebAssembly equals it in every bit, and every
 * column by itself has the same bits as among others. Row i is taken off the rows after it as soon as it is known, or
 * those before off it when its turn comes, whichever walks along T's rows: for each entry the order is the same.
 */
export function triangularSolveTypescript(triangle: Triangle, X: Float64Array, m: number): void {
  if (m === 1) {
    solveColumn(triangle, X);
    return;
  }
  const { T, n, unit, transpose } = triangle;
  const { start, down, across, reversed } = lowerView(triangle);
  const [first, step] = reversed ? [(n - 1) * m, -m] : [0, m];
  const subtract = (i: number, k: number): void => {
    const t = T[start + i * down + k * across]!;
    const row = first + i * step;
    const known = first + k * step;
    for (let j = 0; j < m; j++) X[row + j]! -= t * X[known + j]!;
  };
  for (let i = 0; i < n; i++) {
    if (!transpose) for (let k = 0; k < i; k++) subtract(i, k);
    if (!unit) {
      const diagonal = T[start + i * (down + across)]!;
      const row = first + i * step;
      for (let j = 0; j < m; j++) X[row + j]! /= diagonal;
    }
    if (transpose) for (let k = i + 1; k < n; k++) subtract(k, i);
  }
}

/** The same for one column, in the same order: a loop over columns would cost more than the arithmetic. */
function solveColumn(triangle: Triangle, x: Float64Array): void {
  const { T, n, unit, transpose } = triangle;
  const { start, down, across, reversed } = lowerView(triangle);
  const first = reversed ? n - 1 : 0;
  const step = reversed ? -1 : 1;
  for (let i = 0; i < n; i++) {
    const row = start + i * down;
    let value = x[first + i * step]!;
    if (!transpose) {
      for (let k = 0; k < i; k++) value -= T[row + k * across]! * x[first + k * step]!;
    }
    if (!unit) value /= T[row + i * across]!;
    x[first + i * step] = value;
    if (!transpose) continue;
    const column = start + i * across;
    for (let k = i + 1; k < n; k++) x[first + k * step]! -= T[column + k * down]! * value;
  }
}

/** False where WebAssembly or the memory for it is not to be had; X is then untouched. */
export function triangularSolveWebassembly(triangle: Triangle, X: Float64Array, m: number): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { T, n, unit } = triangle;
  const { start, down, across, reversed } = lowerView(triangle);
  const done = inArena(() => {
    const t = allocate(n * n);
    const x = allocate(n * m);
    const work = allocate(wasm.workspace(n));
    copyIn(t, T);
    copyIn(x, X);
    const firstRow = reversed ? x + (n - 1) * m * BYTES : x;
    const rowStride = reversed ? -m : m;
    wasm.solveLower(t + start * BYTES, down, across, n, unit ? 1 : 0, firstRow, rowStride, m, work);
    copyOut(x, X);
    return true;
  });
  return done ?? false;
}

/** Solves in place by whichever form is at hand. */
export function triangularSolveKernel(triangle: Triangle, X: Float64Array, m: number): void {
  const { n } = triangle;
  if (m > 1 && n * n * m >= SMALL && triangularSolveWebassembly(triangle, X, m)) return;
  triangularSolveTypescript(triangle, X, m);
}
