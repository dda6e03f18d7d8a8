import { allocate, copyIn, copyOut, doublesAt, lazyKernel } from "@astra-quant/core-linalg/kernels";
import { definiteBlockWasm } from "./generated/definite-block.ts";
import { withPlaced } from "./with-placed.ts";

interface DefiniteBlockKernel {
  workspace(N: number): number;
  factor(K: number, N: number, threshold: number, work: number, done: number): number;
  placeRows(rows: number, count: number, work: number, N: number): void;
  takeRows(work: number, N: number, first: number, rows: number): void;
  solveColumn(work: number, N: number, x: number): void;
  solveFour(work: number, N: number, X: number): void;
  addProduct(K: number, N: number, v: number, out: number): void;
  leastPivot(work: number, N: number): number;
  isFiniteAndSymmetric(K: number, N: number): number;
}

const kernel: () => DefiniteBlockKernel | undefined = lazyKernel<DefiniteBlockKernel>(definiteBlockWasm);

/** Rows below which copying in and out costs more than it gains. */
const SMALL = 12;
/** Columns that the kernel solves at once. */
const WIDE = 4;

/** The first rows of a factor L: entry (i, j), j ≤ i, stands at i(i + 1)/2 + j. */
export interface FactorRows {
  readonly count: number;
  readonly entries: Float64Array;
}

/** Writes K into the room it is handed, of which rows before `first` are not looked at. */
export type FillBlock = (K: Float64Array, first: number) => void;

/** A symmetric positive definite K, factored. */
export interface DefiniteBlock {
  /** X with KX = B, in place of B: N×columns, row-major. */
  solve(B: Float64Array, columns: number): void;
  /** Whether K, all of it, is finite and equals its mirror image to the bit. */
  isFiniteAndSymmetric(): boolean;
  /** out += K v, for a K that is whole: not where rows of the factor were given, nor after {@link copyRows}. */
  addProduct(v: Float64Array, out: Float64Array): void;
  /** The smallest pivot of the elimination: the least squared entry of L's diagonal. */
  leastPivot(): number;
  /** Writes the rows of L from row `first` on where {@link FactorRows} has them; K is gone then. */
  copyRows(first: number, entries: Float64Array): void;
}

/** The entries that {@link FactorRows} needs for `count` rows. */
export function rowsLength(count: number): number {
  return (count * (count + 1)) / 2;
}

/** Rows of a factor are taken over in fours. */
function rowsTakenOver(given: FactorRows | undefined): number {
  return given === undefined ? 0 : given.count - (given.count % 4);
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

  isFiniteAndSymmetric(): boolean {
    const N = this.#N;
    return this.#K.every(
      (value, at) => Number.isFinite(value) && value === this.#K[(at % N) * N + Math.floor(at / N)],
    );
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

  copyRows(first: number, entries: Float64Array): void {
    const N = this.#N;
    for (let i = first; i < N; i++) entries.set(this.#L.subarray(i * N, i * N + i + 1), rowsLength(i));
  }
}

/** Columns whose products are summed in one go before they are subtracted. */
const TILE = 4;

/** Writes the rows of L from row `first` on, those before it given; whether every pivot is positive beyond rounding. */
function factorRows(K: Float64Array, N: number, first: number, L: Float64Array): boolean {
  for (let i = first; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const tile = j - (j % TILE);
      let sum = 0;
      for (let k = 0; k < tile; k++) sum += L[i * N + k]! * L[j * N + k]!;
      let value = K[i * N + j]! - sum;
      for (let k = tile; k < j; k++) value -= L[i * N + k]! * L[j * N + k]!;
      if (j < i) L[i * N + j] = value * (1 / L[j * N + j]!);
      else if (value > N * Number.EPSILON * K[i * N + i]!) L[i * N + i] = Math.sqrt(value);
      else return false;
    }
  }
  return true;
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

  /** Takes K from `fill`, and the first rows of its factor where they are given: whether it has a factor. */
  factor(fill: FillBlock, given: FactorRows | undefined): boolean {
    const N = this.#N;
    const done = rowsTakenOver(given);
    if (given !== undefined) {
      copyIn(this.#K, given.entries.subarray(0, rowsLength(done)));
      this.#wasm.placeRows(this.#K, done, this.#work, N);
    }
    fill(doublesAt(this.#K, N * N), done);
    return this.#wasm.factor(this.#K, N, N * Number.EPSILON, this.#work, done) === 0;
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

  isFiniteAndSymmetric(): boolean {
    return this.#wasm.isFiniteAndSymmetric(this.#K, this.#N) === 1;
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

  copyRows(first: number, entries: Float64Array): void {
    this.#wasm.takeRows(this.#work, this.#N, first, this.#K);
    copyOut(this.#K, entries.subarray(rowsLength(first), rowsLength(this.#N)));
  }
}

/** What `use` gives with the block in readable form; undefined, and `use` not called, where K has no factor. */
export function withTypescriptBlock<T>(
  N: number,
  fill: FillBlock,
  use: (block: DefiniteBlock) => T,
  given?: FactorRows,
): T | undefined {
  const done = rowsTakenOver(given);
  const K = new Float64Array(N * N);
  const L = new Float64Array(N * N);
  for (let i = 0; i < done; i++) L.set(given!.entries.subarray(rowsLength(i), rowsLength(i + 1)), i * N);
  fill(K, done);
  return factorRows(K, N, done, L) ? use(new TypescriptBlock(N, K, L)) : undefined;
}

/** As {@link withTypescriptBlock}, the answer wrapped; undefined where WebAssembly or its memory is not to be had. */
export function withWebassemblyBlock<T>(
  N: number,
  fill: FillBlock,
  use: (block: DefiniteBlock) => T,
  given?: FactorRows,
): { readonly answer: T | undefined } | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return withPlaced(
    () => new WebassemblyBlock(wasm, N),
    (block) => (block.factor(fill, given) ? use(block) : undefined),
  );
}

/**
 * What `use` gives with K, N×N, that `fill` writes into the zeros or leftovers it is handed, and its factor: by
 * whichever form is at hand. Rows of the factor that are `given` are not worked out again. Undefined, and `use` not
 * called, where a pivot is not positive beyond rounding. The block lives until `use` returns.
 */
export function withDefiniteBlock<T>(
  N: number,
  fill: FillBlock,
  use: (block: DefiniteBlock) => T,
  given?: FactorRows,
): T | undefined {
  const fast = N < SMALL ? undefined : withWebassemblyBlock(N, fill, use, given);
  return fast === undefined ? withTypescriptBlock(N, fill, use, given) : fast.answer;
}
