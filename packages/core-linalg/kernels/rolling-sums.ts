import { firstPresent, fits, presentIn, storePair, storeTile, TILE, withinDoubles } from "./shared/window";

/** Sums of values below 2⁹⁶⁰ are within the doubles. */
const SCALE: f64 = 1.8446744073709552e19; // 2⁶⁴
/** Bytes of a suffix's record: the sums of two pairs; or of one, with its counts. */
const RECORD: usize = 32;

let stride: usize = 0;
let length: i32 = 0;
let mean: bool = false;
let suffixes: usize = 0;

/**
 * The sums (or means) of the windows that end in the `rows` rows at x, N columns each; NaN with fewer than `least`
 * values present. `history` is the block of `window` rows before them, NaN where there is none. Answers overwrite what
 * is no longer needed: those of the first block the history, those of each later one the block before it. flags: a
 * byte for each four columns, whether the history fits the doubles; work: RECORD × (window + 1) bytes.
 */
export function rollingSums(
  history: usize, x: usize, rows: i32, N: i32, window: i32, least: f64, asMean: bool, flags: usize, work: usize,
): void {
  stride = <usize>N << 3;
  length = window;
  mean = asMean;
  suffixes = work;
  let before = history;
  let block = x;
  for (let first = 0; first < rows; first += window) {
    const count = min(window, rows - first);
    for (let j = 0; j < N; j += TILE) {
      const offset = <usize>j << 3;
      const width = N - j;
      const flag = flags + <usize>(j / TILE);
      const whole = fits(block + offset, count, stride, SCALE);
      if (whole && load<u8>(flag) != 0 && <f64>window >= least) {
        if (width >= TILE) walkWhole(before + offset, block + offset, count, TILE);
        else walkWhole(before + offset, block + offset, count, width);
      } else {
        walkWithGaps(before + offset, block + offset, count, width, least);
        if (width > 2) walkWithGaps(before + offset + 16, block + offset + 16, count, width - 2, least);
      }
      store<u8>(flag, whole ? 1 : 0);
    }
    before = block;
    block += <usize>count * stride;
  }
}

/** Four columns, every value present: counts are the same for all. */
// @ts-ignore: decorator
@inline
function walkWhole(before: usize, block: usize, rows: i32, width: i32): void {
  let p = before + <usize>(length - 1) * stride;
  const early0 = v128.load(p), early1 = v128.load(p, 16);
  let sum0 = f64x2.splat(0), sum1 = sum0;
  let record = suffixes + <usize>length * RECORD;
  v128.store(record, sum0); v128.store(record, sum1, 16);
  for (let n = 1; n < length; n++) {
    sum0 = f64x2.add(sum0, f64x2.sub(v128.load(p), early0));
    sum1 = f64x2.add(sum1, f64x2.sub(v128.load(p, 16), early1));
    record -= RECORD;
    v128.store(record, sum0); v128.store(record, sum1, 16);
    p -= stride;
  }

  const late0 = v128.load(block), late1 = v128.load(block, 16);
  const gap0 = f64x2.sub(early0, late0), gap1 = f64x2.sub(early1, late1);
  const levels = f64x2.splat(mean ? 1 : <f64>length), divisor = f64x2.splat(mean ? <f64>length : 1);
  const level0 = f64x2.mul(levels, late0), level1 = f64x2.mul(levels, late1);
  sum0 = f64x2.splat(0); sum1 = sum0;
  p = block;
  let out = before;
  let count = f64x2.splat(<f64>(length - 1));
  for (let row = 0; row < rows; row++) {
    sum0 = f64x2.add(sum0, f64x2.sub(v128.load(p), late0));
    sum1 = f64x2.add(sum1, f64x2.sub(v128.load(p, 16), late1));
    const deviations0 = f64x2.add(f64x2.add(v128.load(record), sum0), f64x2.mul(count, gap0));
    const deviations1 = f64x2.add(f64x2.add(v128.load(record, 16), sum1), f64x2.mul(count, gap1));
    storeTile(
      out, f64x2.add(level0, f64x2.div(deviations0, divisor)), f64x2.add(level1, f64x2.div(deviations1, divisor)), width,
    );
    count = f64x2.sub(count, f64x2.splat(1));
    record += RECORD;
    p += stride;
    out += stride;
  }
}

/** Two columns with values missing: each lane has its own counts. */
function walkWithGaps(before: usize, block: usize, rows: i32, width: i32, least: f64): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  let p = before + <usize>(length - 1) * stride;
  const early = firstPresent(p, length - 1, -<isize>stride);
  let sum = zero, count = zero;
  let record = suffixes + <usize>length * RECORD;
  v128.store(record, sum); v128.store(record, count, 16);
  for (let row = length - 1; row > 0; row--) {
    const x = v128.load(p);
    const present = presentIn(x);
    sum = f64x2.add(sum, v128.and(f64x2.sub(x, early), present));
    count = f64x2.add(count, v128.and(one, present));
    record -= RECORD;
    v128.store(record, sum); v128.store(record, count, 16);
    p -= stride;
  }

  const late = firstPresent(block, rows, stride);
  sum = zero; count = zero;
  p = block;
  let out = before;
  for (let row = 0; row < rows; row++) {
    const x = v128.load(p);
    const present = presentIn(x);
    sum = f64x2.add(sum, v128.and(f64x2.sub(x, late), present));
    count = f64x2.add(count, v128.and(one, present));
    const earlyCount = v128.load(record, 16);
    const n = f64x2.add(earlyCount, count);
    const level = v128.bitselect(late, early, f64x2.gt(count, zero));
    const gap = v128.and(f64x2.mul(earlyCount, f64x2.sub(early, level)), f64x2.gt(earlyCount, zero));
    const deviations = f64x2.add(f64x2.add(v128.load(record), sum), gap);
    const levels = mean ? level : f64x2.mul(n, level);
    const answer = withinDoubles(f64x2.add(levels, mean ? f64x2.div(deviations, n) : deviations));
    storePair(out, v128.or(answer, f64x2.lt(n, f64x2.splat(least))), width);
    record += RECORD;
    p += stride;
    out += stride;
  }
}
