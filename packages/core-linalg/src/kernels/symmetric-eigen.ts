import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { symmetricEigenWasm } from "./generated/symmetric-eigen.ts";
import { lazyKernel } from "./load-kernel.ts";

interface SymmetricEigenKernel {
  tridiagonalise(A: number, n: number, d: number, e: number, h: number, work: number): void;
  reflections(A: number, n: number, h: number, W: number): void;
  qlSweeps(d: number, e: number, n: number, W: number, columns: number): number;
}

const kernel: () => SymmetricEigenKernel | undefined = lazyKernel<SymmetricEigenKernel>(symmetricEigenWasm);

const SMALL = 8;
const PATIENCE = 64;
/** Nothing beside entries near 1, and a bound that ε times a tiny neighbour cannot fall below. */
const NEGLIGIBLE = 2 ** -960;

/** Eigenvalues in no order; row i of `rows` is the vector of values[i]. Empty where only values were asked for. */
export interface Spectrum {
  readonly values: Float64Array;
  readonly rows: Float64Array;
}

/** Σ x_k y_k from two places on: four sums side by side, added (0 + 2) + (1 + 3), then what is left over in order. */
function dot(x: Float64Array, xStart: number, y: Float64Array, yStart: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    s0 += x[xStart + k]! * y[yStart + k]!;
    s1 += x[xStart + k + 1]! * y[yStart + k + 1]!;
    s2 += x[xStart + k + 2]! * y[yStart + k + 2]!;
    s3 += x[xStart + k + 3]! * y[yStart + k + 3]!;
  }
  let sum = s0 + s2 + (s1 + s3);
  for (; k < count; k++) sum += x[xStart + k]! * y[yStart + k]!;
  return sum;
}

function tridiagonalise(A: Float64Array, n: number, d: Float64Array, e: Float64Array, h: Float64Array): void {
  const w = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const v = i * n;
    const last = A[v + i - 1]!;
    const tail = dot(A, v, A, v, i - 1);
    d[i] = A[v + i]!;
    e[i - 1] = last;
    if (tail === 0) continue;
    const total = tail + last * last;
    const root = last < 0 || Object.is(last, -0) ? -Math.sqrt(total) : Math.sqrt(total);
    const half = total + root * last; // vᵀv ÷ 2
    e[i - 1] = -root;
    h[i] = half;
    A[v + i - 1] = last + root;
    // w = Av ÷ half, of the leading i×i part
    for (let j = 0; j < i; j++) {
      const row = j * n;
      const vj = A[v + j]!;
      for (let k = 0; k < j; k++) w[k]! += vj * A[row + k]!;
      w[j] = dot(A, row, A, v, j) + A[row + j]! * vj;
    }
    for (let j = 0; j < i; j++) w[j]! /= half;
    const along = -(dot(w, 0, A, v, i) / (2 * half));
    for (let j = 0; j < i; j++) w[j]! += along * A[v + j]!;
    for (let j = 0; j < i; j++) {
      const vj = A[v + j]!;
      const wj = w[j]!;
      for (let k = 0; k <= j; k++) A[j * n + k]! -= vj * w[k]! + wj * A[v + k]!;
    }
  }
  d[0] = A[0]!;
}

function reflections(A: Float64Array, n: number, h: Float64Array): Float64Array {
  const W = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    W[i * n + i] = 1;
    if (h[i] === 0) continue;
    for (let r = 0; r < i; r++) {
      const factor = -(dot(W, r * n, A, i * n, i) / h[i]!);
      for (let k = 0; k < i; k++) W[r * n + k]! += factor * A[i * n + k]!;
    }
  }
  return W;
}

function hypotenuse(a: number, b: number): number {
  const long = Math.max(Math.abs(a), Math.abs(b));
  const short = Math.min(Math.abs(a), Math.abs(b));
  if (long === 0) return 0;
  const ratio = short / long;
  return long * Math.sqrt(1 + ratio * ratio);
}

function rotate(W: Float64Array, lower: number, columns: number, c: number, s: number): void {
  const upper = lower + columns;
  for (let k = 0; k < columns; k++) {
    const a = W[lower + k]!;
    const b = W[upper + k]!;
    W[upper + k] = s * a + c * b;
    W[lower + k] = c * a - s * b;
  }
}

function blockEnd(d: Float64Array, e: Float64Array, first: number): number {
  let i = first;
  while (
    i < d.length - 1 &&
    Math.abs(e[i]!) > Number.EPSILON * (Math.abs(d[i]!) + Math.abs(d[i + 1]!)) + NEGLIGIBLE
  ) {
    i++;
  }
  return i;
}

/** One implicit QL sweep over the rows from `first` to `end`, with Wilkinson's shift. */
function sweepOnce(
  d: Float64Array,
  e: Float64Array,
  first: number,
  end: number,
  W: Float64Array,
  columns: number,
): void {
  const e0 = e[first]!;
  const slope = (d[first + 1]! - d[first]!) / (2 * e0);
  const reach = hypotenuse(slope, 1);
  let g = d[end]! - d[first]! + e0 / (slope + (slope < 0 || Object.is(slope, -0) ? -reach : reach));
  let s = 1;
  let c = 1;
  let p = 0;
  let i = end - 1;
  for (; i >= first; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = hypotenuse(f, g);
    e[i + 1] = r;
    if (r === 0) break;
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const q = (d[i]! - g) * s + 2 * c * b;
    p = s * q;
    d[i + 1] = g + p;
    g = c * q - b;
    if (columns > 0) rotate(W, i * columns, columns, c, s);
  }
  if (i >= first) d[i + 1]! -= p;
  else {
    d[first]! -= p;
    e[first] = g;
  }
  e[end] = 0;
}

/**
 * A = QTQᵀ by Householder reflections, then T by implicit QL sweeps, in readable form; the WebAssembly equals it in
 * every bit, and the eigenvalues are the same with and without the vectors. A is n×n with its largest entry near 1;
 * only its lower triangle is read. Undefined when an eigenvalue does not settle.
 */
export function symmetricEigenTypescript(
  A: Float64Array,
  n: number,
  withVectors: boolean,
): Spectrum | undefined {
  const a = A.slice();
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const h = new Float64Array(n);
  tridiagonalise(a, n, d, e, h);
  const W = withVectors ? reflections(a, n, h) : new Float64Array(0);
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      const end = blockEnd(d, e, first);
      if (end === first) break;
      if (sweep === PATIENCE) return undefined;
      sweepOnce(d, e, first, end, W, withVectors ? n : 0);
    }
  }
  return { values: d, rows: W };
}

/** "unavailable" where WebAssembly or the memory for it is not to be had. */
export function symmetricEigenWebassembly(
  A: Float64Array,
  n: number,
  withVectors: boolean,
): Spectrum | undefined | "unavailable" {
  const wasm = kernel();
  if (wasm === undefined) return "unavailable";
  const spectrum = inArena(() => {
    const a = allocate(n * n);
    const d = allocate(n);
    const e = allocate(n);
    const h = allocate(n);
    const w = allocate(withVectors ? n * n : n);
    copyIn(a, A);
    wasm.tridiagonalise(a, n, d, e, h, w);
    if (withVectors) wasm.reflections(a, n, h, w);
    if (wasm.qlSweeps(d, e, n, w, withVectors ? n : 0) !== 0) return "unsettled" as const;
    const found = { values: new Float64Array(n), rows: new Float64Array(withVectors ? n * n : 0) };
    copyOut(d, found.values);
    copyOut(w, found.rows);
    return found;
  });
  if (spectrum === "unsettled") return undefined;
  return spectrum ?? "unavailable";
}

export function symmetricEigenKernel(A: Float64Array, n: number, withVectors: boolean): Spectrum | undefined {
  const spectrum = n < SMALL ? "unavailable" : symmetricEigenWebassembly(A, n, withVectors);
  return spectrum === "unavailable" ? symmetricEigenTypescript(A, n, withVectors) : spectrum;
}
