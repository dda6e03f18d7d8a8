import type { Matrix } from "@astra-quant/core-linalg";
import { allocate, copyIn, copyOut, inArena, lazyKernel } from "@astra-quant/core-linalg/kernels";
import { centredRanks } from "../validation/centred-ranks.ts";
import { rowRankCorrelationsWasm } from "./generated/row-rank-correlations.ts";

interface RowRankCorrelationsKernel {
  /** In bytes. */
  workspace(columns: number): number;
  rankCorrelations(
    x: number,
    y: number,
    rows: number,
    columns: number,
    least: number,
    work: number,
    out: number,
  ): void;
}

const kernel: () => RowRankCorrelationsKernel | undefined =
  lazyKernel<RowRankCorrelationsKernel>(rowRankCorrelationsWasm);

const SMALL = 256;
/** The longest row of the kernel: an index takes sixteen bits. */
const WIDEST = 65_536;
/** Numbers a call: the stretch of the arena that stays in the second cache. */
const STRETCH = 32_768;

/** Σ s u ÷ √(Σ s² Σ u²); NaN where either is all zeros. */
function cosine(s: Float64Array, u: Float64Array): number {
  let product = 0;
  let ss = 0;
  let uu = 0;
  for (let i = 0; i < s.length; i++) {
    const a = s[i]!;
    const b = u[i]!;
    product += a * b;
    ss += a * a;
    uu += b * b;
  }
  return ss > 0 && uu > 0 ? product / Math.sqrt(ss * uu) : Number.NaN;
}

/**
 * Spearman's correlation of each row of x with that of y over the entries that are finite in both, NaN with fewer than
 * `least` ≥ 2 of them, in readable form: the WebAssembly equals it in every bit.
 */
export function rowRankCorrelationsTypescript(x: Matrix, y: Matrix, least: number, out: Float64Array): void {
  const { columns } = x;
  const pairs = [new Float64Array(columns), new Float64Array(columns)] as const;
  const ranks = [new Float64Array(columns), new Float64Array(columns)] as const;
  for (let t = 0; t < x.rows; t++) {
    let n = 0;
    for (let k = t * columns; k < (t + 1) * columns; k++) {
      const [a, b] = [x.data[k]!, y.data[k]!];
      if (!(Number.isFinite(a) && Number.isFinite(b))) continue;
      pairs[0][n] = a;
      pairs[1][n] = b;
      n++;
    }
    out[t] = Number.NaN;
    if (n < least) continue;
    const [s, u] = [ranks[0].subarray(0, n), ranks[1].subarray(0, n)];
    centredRanks(pairs[0].subarray(0, n), s);
    centredRanks(pairs[1].subarray(0, n), u);
    out[t] = cosine(s, u);
  }
}

/** False where WebAssembly or the memory for it is not to be had, or a row is too long for it. */
export function rowRankCorrelationsWebassembly(
  x: Matrix,
  y: Matrix,
  least: number,
  out: Float64Array,
): boolean {
  const wasm = kernel();
  const { rows, columns } = x;
  if (wasm === undefined || columns > WIDEST) return false;
  const done = inArena(() => {
    const most = Math.min(rows, Math.max(1, Math.floor(STRETCH / columns)));
    const [ofX, ofY, answers] = [allocate(most * columns), allocate(most * columns), allocate(most)];
    const work = allocate(Math.ceil(wasm.workspace(columns) / 8));
    for (let first = 0; first < rows; first += most) {
      const end = Math.min(first + most, rows);
      copyIn(ofX, x.data.subarray(first * columns, end * columns));
      copyIn(ofY, y.data.subarray(first * columns, end * columns));
      wasm.rankCorrelations(ofX, ofY, end - first, columns, least, work, answers);
      copyOut(answers, out.subarray(first, end));
    }
    return true;
  });
  return done ?? false;
}

/** Writes Spearman's correlation of each row of x with that of y. */
export function rowRankCorrelations(x: Matrix, y: Matrix, least: number, out: Float64Array): void {
  if (x.data.length < SMALL || !rowRankCorrelationsWebassembly(x, y, least, out)) {
    rowRankCorrelationsTypescript(x, y, least, out);
  }
}
