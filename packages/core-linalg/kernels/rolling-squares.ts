import { high, low } from "./shared/tile";
import { firstPresent, fits, grownBy, presentIn, storePair, storeTile, TILE, withinDoubles } from "./shared/window";

/** Values below 2⁴²⁴ have squares, and sums of them, within the doubles. */
const SCALE: f64 = 4.149515568880993e180; // 2⁶⁰⁰
/** Bytes of a suffix's record: means and squares of two pairs; or of one, with its counts and where those lead. */
const RECORD: usize = 64;
/** Bytes of the table for each count n: (n − 1) ÷ n, 1 ÷ n, the answer's scale, and n (window − n) ÷ window. */
const ENTRY: usize = 32;

let stride: usize = 0;
let length: i32 = 0;
let root: bool = false;
let table: usize = 0;
let suffixes: usize = 0;

/**
 * The variances (or their roots) of the windows that end in the `rows` rows at x, N columns each.
 * `history` is the block of `window` rows before them, NaN where there is none. Answers
 * overwrite what is no longer needed: those of the first block the history, those of each later one the block before
 * it. flags: a byte for each four columns, whether the history fits the doubles; work: RECORD × (window + 1) bytes.
 */
export function rollingSquares(
  history: usize, x: usize, rows: i32, N: i32, window: i32, asRoot: bool,
  counts: usize, flags: usize, work: usize,
): void {
  stride = <usize>N << 3;
  length = window;
  root = asRoot;
  table = counts;
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
      if (whole && load<u8>(flag) != 0) {
        if (width >= TILE) walkWhole(before + offset, block + offset, count, TILE);
        else walkWhole(before + offset, block + offset, count, width);
      } else {
        walkWithGaps(before + offset, block + offset, count, width);
        if (width > 2) walkWithGaps(before + offset + 16, block + offset + 16, count, width - 2);
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
  const last = before + <usize>(length - 1) * stride;
  const early0 = v128.load(last), early1 = v128.load(last, 16);
  const late0 = v128.load(block), late1 = v128.load(block, 16);
  runWhole(last, -<isize>stride, length - 1, early0, early1, early0, early1, 0, width, true);
  runWhole(block, stride, rows, late0, late1, early0, early1, before, width, false);
}

/** Takes rows in, `step` bytes apart. Of a suffix each is put on record; a prefix meets the records, and answers. */
// @ts-ignore: decorator
@inline
function runWhole(
  first: usize, step: isize, rows: i32, own0: v128, own1: v128, early0: v128, early1: v128,
  to: usize, width: i32, suffix: bool,
): void {
  const zero = f64x2.splat(0);
  const scale = v128.load_splat<f64>(table + <usize>length * ENTRY, 16);
  const gap0 = f64x2.sub(own0, early0), gap1 = f64x2.sub(own1, early1);
  let sum0 = zero, mean0 = zero, squares0 = zero;
  let sum1 = zero, mean1 = zero, squares1 = zero;
  let record = suffixes + (suffix ? <usize>length : 1) * RECORD;
  if (suffix) {
    v128.store(record, zero); v128.store(record, zero, 16);
    v128.store(record, zero, 32); v128.store(record, zero, 48);
  }
  let entry = table;
  let p = first;
  let out = to;
  for (let row = 0; row < rows; row++) {
    entry += ENTRY;
    const growth = v128.load_splat<f64>(entry), inverse = v128.load_splat<f64>(entry, 8);
    const above0 = f64x2.sub(v128.load(p), own0), above1 = f64x2.sub(v128.load(p, 16), own1);
    const d0 = f64x2.sub(above0, mean0), d1 = f64x2.sub(above1, mean1);
    squares0 = grownBy(squares0, d0, d0, growth);
    squares1 = grownBy(squares1, d1, d1, growth);
    sum0 = f64x2.add(sum0, above0);
    sum1 = f64x2.add(sum1, above1);
    mean0 = f64x2.mul(sum0, inverse);
    mean1 = f64x2.mul(sum1, inverse);
    if (suffix) {
      record -= RECORD;
      v128.store(record, mean0); v128.store(record, squares0, 16);
      v128.store(record, mean1, 32); v128.store(record, squares1, 48);
    } else {
      const weight = v128.load_splat<f64>(entry, 24);
      const delta0 = f64x2.add(gap0, f64x2.sub(mean0, v128.load(record)));
      const delta1 = f64x2.add(gap1, f64x2.sub(mean1, v128.load(record, 32)));
      const total0 = grownBy(f64x2.add(v128.load(record, 16), squares0), delta0, delta0, weight);
      const total1 = grownBy(f64x2.add(v128.load(record, 48), squares1), delta1, delta1, weight);
      const variance0 = f64x2.mul(total0, scale), variance1 = f64x2.mul(total1, scale);
      if (root) storeTile(out, f64x2.sqrt(variance0), f64x2.sqrt(variance1), width);
      else storeTile(out, variance0, variance1, width);
      record += RECORD;
      out += stride;
    }
    p += step;
  }
}

/** Two columns with values missing: each lane has its own counts. */
function walkWithGaps(before: usize, block: usize, rows: i32, width: i32): void {
  const last = before + <usize>(length - 1) * stride;
  const early = firstPresent(last, length - 1, -<isize>stride);
  const late = firstPresent(block, rows, stride);
  runWithGaps(last, -<isize>stride, length - 1, early, early, 0, width, true);
  runWithGaps(block, stride, rows, late, early, before, width, false);
}

/** As {@link runWhole}, for two columns with values missing. */
// @ts-ignore: decorator
@inline
function runWithGaps(
  first: usize, step: isize, rows: i32, own: v128, early: v128, to: usize, width: i32, suffix: bool,
): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  const gap = f64x2.sub(own, early);
  let sum = zero, mean = zero, squares = zero, count = zero;
  let entry0 = table, entry1 = table;
  let record = suffixes + (suffix ? <usize>length : 1) * RECORD;
  if (suffix) {
    v128.store(record, zero); v128.store(record, zero, 16);
    v128.store(record, zero, 32); v128.store(record, zero, 48);
  }
  let p = first;
  let out = to;
  for (let row = 0; row < rows; row++) {
    const x = v128.load(p);
    const present = presentIn(x);
    const bits = <usize>i64x2.bitmask(present);
    entry0 += (bits & 1) * ENTRY;
    entry1 += (bits >> 1) * ENTRY;
    const a = v128.load(entry0), b = v128.load(entry1);
    const above = v128.and(f64x2.sub(x, own), present);
    const d = v128.and(f64x2.sub(above, mean), present);
    squares = grownBy(squares, d, d, low(a, b));
    sum = f64x2.add(sum, above);
    mean = f64x2.mul(sum, high(a, b));
    count = f64x2.add(count, v128.and(one, present));
    if (suffix) {
      record -= RECORD;
      v128.store(record, mean); v128.store(record, squares, 16); v128.store(record, count, 32);
      store<usize>(record, entry0 - table, 48); store<usize>(record, entry1 - table, 52);
    } else {
      const c = v128.load(entry0 + load<usize>(record, 48), 8);
      const e = v128.load(entry1 + load<usize>(record, 52), 8);
      const weight = f64x2.mul(f64x2.mul(v128.load(record, 32), count), low(c, e));
      const delta = v128.and(f64x2.add(gap, f64x2.sub(mean, v128.load(record))), f64x2.gt(weight, zero));
      const total = grownBy(f64x2.add(v128.load(record, 16), squares), delta, delta, weight);
      const variance = f64x2.mul(total, high(c, e));
      storePair(out, withinDoubles(root ? f64x2.sqrt(variance) : variance), width);
      record += RECORD;
      out += stride;
    }
    p += step;
  }
}
