import type { Matrix } from "../matrix/matrix.ts";
import { RankPairWindow } from "../rolling/rank-pair-window.ts";
import { allocate, doublesAt, inArena } from "./arena.ts";
import { putStrip, STRIP, takeStrip } from "./column-strips.ts";
import { rollingRankCorrelationWasm } from "./generated/rolling-rank-correlation.ts";
import { lazyKernel } from "./load-kernel.ts";

interface RankCorrelationKernel {
  /** In bytes. */
  workspace(rows: number): number;
  rankCorrelations(
    x: number,
    stride: number,
    y: number,
    strideY: number,
    rows: number,
    skip: number,
    w: number,
    least: number,
    work: number,
    out: number,
  ): void;
}

const kernel: () => RankCorrelationKernel | undefined =
  lazyKernel<RankCorrelationKernel>(rollingRankCorrelationWasm);

const SMALL = 256;
/** The longest window of the kernel, and the most rows of a call: codes and sums of signs have 16 bits. */
const LONGEST_WINDOW = 16_384;
const MOST_ROWS = 32_768;

export interface RankCorrelationSettings {
  readonly window: number;
  readonly minPeriods: number;
}

/**
 * Spearman's correlation of every window of every column of x with that of y (or with y's only one), in readable form: a
 * window for each. The WebAssembly equals it in every bit.
 */
export function rollingRankCorrelationTypescript(
  x: Matrix,
  y: Matrix,
  { window, minPeriods }: RankCorrelationSettings,
  answer: Float64Array,
): void {
  const { rows, columns } = x;
  for (let j = 0; j < columns; j++) {
    const pairs = new RankPairWindow(window, minPeriods);
    const partner = y.columns === columns ? j : 0;
    for (let row = 0; row < rows; row++) {
      answer[row * columns + j] = pairs.push(x.data[row * columns + j]!, y.data[row * y.columns + partner]!);
    }
  }
}

/** False where WebAssembly or the memory for it is not to be had, or the window is too long for it. */
export function rollingRankCorrelationWebassembly(
  x: Matrix,
  y: Matrix,
  { window, minPeriods }: RankCorrelationSettings,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  const { rows, columns } = x;
  const w = Math.min(window, rows);
  if (wasm === undefined || w > LONGEST_WINDOW) return false;
  const least = Math.max(2, Math.min(minPeriods, rows + 1));
  const done = inArena(() => {
    const longest = Math.min(rows, MOST_ROWS);
    const room = longest * Math.min(STRIP, columns);
    const [ofX, ofY, out] = [allocate(room), allocate(room), allocate(room)];
    const work = allocate(Math.ceil(wasm.workspace(longest) / 8));
    const each = y.columns === columns;
    for (let top = 0, count = 0; top < rows; top += count) {
      const history = Math.min(w, top);
      count = Math.min(longest - history, rows - top);
      for (let first = 0; first < columns; first += STRIP) {
        const width = Math.min(STRIP, columns - first);
        const span = { top: top - history, rows: history + count };
        takeStrip(x, { ...span, first, width }, doublesAt(ofX, room));
        takeStrip(
          y,
          each ? { ...span, first, width } : { ...span, first: 0, width: 1 },
          doublesAt(ofY, room),
        );
        const stride = 8 * width;
        for (let at = 0; at < stride; at += 8) {
          const [atY, strideY] = each ? [ofY + at, stride] : [ofY, 8];
          wasm.rankCorrelations(ofX + at, stride, atY, strideY, span.rows, history, w, least, work, out + at);
        }
        putStrip(doublesAt(out, room), { top, rows: count, first, width }, columns, answer);
      }
    }
    return true;
  });
  return done ?? false;
}

/** Writes Spearman's correlation of the last `window` rows of both at each row and column. */
export function rollingRankCorrelations(
  x: Matrix,
  y: Matrix,
  settings: RankCorrelationSettings,
  answer: Float64Array,
): void {
  if (answer.length < SMALL || !rollingRankCorrelationWebassembly(x, y, settings, answer)) {
    rollingRankCorrelationTypescript(x, y, settings, answer);
  }
}
