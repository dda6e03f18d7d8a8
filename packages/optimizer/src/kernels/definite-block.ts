import {
  allocate,
  choleskyTypescript,
  copyIn,
  copyOut,
  doublesAt,
  lazyKernel,
} from "@astra-quant/core-linalg/kernels";
import { definiteBlockWasm } from "./generated/definite-block.ts";
import { withPlaced } from "./with-placed.ts";

interface DefiniteBlockKernel {
  workspace(N: number): number;
  factor(K: number, N: number, threshold: number, work: number): number;
  solveColumn(work: number, N: number, x: number): void;
  solveFour(work: number, N: number, X: number): void;
  addProduct(K: number, N: number, v: number, out: number): void;
  leastPivot(work: number, N: number): number;
}

const kernel: () => DefiniteBlockKernel | undefined = lazyKernel<DefiniteBlockKernel>(definiteBlockWasm);

/** Rows below which copying in and out costs more than it gains. */
const SMALL = 12;
/** Columns that the kernel solves at once. */
const WIDE = 4;

/** A symmetric positive definite K, factored. */
export interface DefiniteBlock {
  /** X with KX = B, in place of B: N×columns, row-major. */
  solve(B: Float64Array, columns: number): void;
  /** out += K v. */
  addProduct(v: Float64Array, out: Float64Array): void;
  /** The smallest pivot of the elimination: the least squared entry of L's diagonal. */
  leastPivot(): number;
}

/** In readable form; the WebAssembly equals it in every bit. */
class TypescriptBlock implements DefiniteBlock {
  readonly #N: number;
  readonly #K: Float64Array;
  readonly #L: Float64Array;

  constructor(N: number, K: Float64Array, L: Float64Array) {
    this.#N = N;
    this.#K = K;
    this.#L = L;
  }

  solve(B: Float64Array, columns: number): void {
    const N = this.#N;
    const L = this.#L;
    for (let i = 0; i < N; i++) {
      for (let k = 0; k < i; k++) subtractRow(B, i, L[i * N + k]!, k, columns);
      divideRow(B, i, L[i * N + i]!, columns);
    }
    for (let i = N - 1; i >= 0; i--) {
      divideRow(B, i, L[i * N + i]!, columns);
      for (let k = 0; k < i; k++) subtractRow(B, k, L[i * N + k]!, i, columns);
    }
  }

  leastPivot(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#N; i++) {
      const entry = this.#L[i * (this.#N + 1)]!;
      least = Math.min(least, entry * entry);
    }
    return least;
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    const K = this.#K;
    const N = this.#N;
    for (let i = 0; i < N; i++) {
      const factor = v[i]!;
      for (let j = 0; j < N; j++) out[j]! += K[i * N + j]! * factor;
    }
  }
}

/** Row i of B less l times its row k. */
function subtractRow(B: Float64Array, i: number, l: number, k: number, columns: number): void {
  for (let c = 0; c < columns; c++) B[i * columns + c]! -= l * B[k * columns + c]!;
}

function divideRow(B: Float64Array, i: number, divisor: number, columns: number): void {
  for (let c = 0; c < columns; c++) B[i * columns + c]! /= divisor;
}

/** K and its factor in the arena. */
class WebassemblyBlock implements DefiniteBlock {
  readonly #wasm: DefiniteBlockKernel;
  readonly #N: number;
  readonly #K: number;
  readonly #work: number;
  readonly #columns: number;

  constructor(wasm: DefiniteBlockKernel, N: number) {
    this.#wasm = wasm;
    this.#N = N;
    this.#K = allocate(N * N);
    this.#work = allocate(wasm.workspace(N));
    this.#columns = allocate((N + WIDE) * WIDE);
  }

  /** Takes K from `fill`: whether it has a factor. */
  factor(fill: (K: Float64Array) => void): boolean {
    const N = this.#N;
    fill(doublesAt(this.#K, N * N));
    return this.#wasm.factor(this.#K, N, N * Number.EPSILON, this.#work) === 0;
  }

  solve(B: Float64Array, columns: number): void {
    if (columns === 1) {
      copyIn(this.#columns, B);
      this.#wasm.solveColumn(this.#work, this.#N, this.#columns);
      copyOut(this.#columns, B);
      return;
    }
    const N = this.#N;
    const four = doublesAt(this.#columns, N * WIDE);
    for (let first = 0; first < columns; first += WIDE) {
      const width = Math.min(WIDE, columns - first);
      for (let i = 0; i < N; i++) {
        for (let c = 0; c < width; c++) four[i * WIDE + c] = B[i * columns + first + c]!;
      }
      this.#wasm.solveFour(this.#work, N, this.#columns);
      for (let i = 0; i < N; i++) {
        for (let c = 0; c < width; c++) B[i * columns + first + c] = four[i * WIDE + c]!;
      }
    }
  }

  leastPivot(): number {
    return this.#wasm.leastPivot(this.#work, this.#N);
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    const image = this.#columns + v.byteLength;
    copyIn(this.#columns, v);
    copyIn(image, out);
    this.#wasm.addProduct(this.#K, this.#N, this.#columns, image);
    copyOut(image, out);
  }
}

/** What `use` gives with the block in readable form; undefined, and `use` not called, where K has no factor. */
export function withTypescriptBlock<T>(
  N: number,
  fill: (K: Float64Array) => void,
  use: (block: DefiniteBlock) => T,
): T | undefined {
  const K = new Float64Array(N * N);
  fill(K);
  const L = new Float64Array(N * N);
  const failed = choleskyTypescript(K, N, N * Number.EPSILON, L);
  return failed === 0 ? use(new TypescriptBlock(N, K, L)) : undefined;
}

/** As {@link withTypescriptBlock}, the answer wrapped; undefined where WebAssembly or its memory is not to be had. */
export function withWebassemblyBlock<T>(
  N: number,
  fill: (K: Float64Array) => void,
  use: (block: DefiniteBlock) => T,
): { readonly answer: T | undefined } | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return withPlaced(
    () => new WebassemblyBlock(wasm, N),
    (block) => (block.factor(fill) ? use(block) : undefined),
  );
}

/**
 * What `use` gives with K, N×N, that `fill` writes whole into the zeros or leftovers it is handed, and its factor: by
 * whichever form is at hand. Undefined, and `use` not called, where a pivot is not positive beyond rounding. The block
 * lives until `use` returns.
 */
export function withDefiniteBlock<T>(
  N: number,
  fill: (K: Float64Array) => void,
  use: (block: DefiniteBlock) => T,
): T | undefined {
  const fast = N < SMALL ? undefined : withWebassemblyBlock(N, fill, use);
  return fast === undefined ? withTypescriptBlock(N, fill, use) : fast.answer;
}
