import { fits, fitsOnce, grownBy, presentIn, storePair, storeTile, TILE, withinDoubles } from "./shared/window";

/** Values below 2⁴²⁴ have products, and sums of them, within the doubles. */
const SCALE: f64 = 4.149515568880993e180; // 2⁶⁰⁰
/** Below this a sum of squares has lost digits to underflow. */
const LEAST_SQUARES: f64 = 2.004168360008973e-292; // 2⁻⁹⁶⁹
/** Bytes of a suffix's record of two pairs: means, products and squares of each; more for one with gaps. */
const RECORD: usize = 112;
/** Bytes of the table for each count n: (n − 1) ÷ n, 1 ÷ n, the answer's scale, and n (window − n) ÷ window. */
const ENTRY: usize = 32;
/**
 * Bytes of a partner's row, for two pairs: d as part of a suffix, d as part of a prefix, δ, and the window's squares.
 * Before the prefix comes by, the last two are the suffix's mean and squares.
 */
const PARTNER: usize = 128;

/** What products are made into, as the wrapper numbers it. */
const COVARIANCE: i32 = 0;
const BETA: i32 = 1;
const CORRELATION: i32 = 2;

let stride: usize = 0;
let partnerStride: usize = 0;
let single: bool = false;
let length: i32 = 0;
let form: i32 = 0;
let table: usize = 0;
let suffixes: usize = 0;
let partner: usize = 0;

/**
 * The covariances (or slopes, or correlations) of the windows that end in the `rows` rows at x, N columns each, with
 * those of y: as many columns, or a single one. The histories are the blocks of `window` rows before them, x's NaN where there is none. Answers overwrite what is no longer needed: those
 * of the first block x's history, those of each later one the block of x before it. flags: a byte for each four
 * columns, whether both histories fit the doubles; work: RECORD × (window + 1) bytes; partners: PARTNER × (window + 1) bytes.
 */
export function rollingProducts(
  historyX: usize, x: usize, historyY: usize, y: usize, rows: i32, N: i32, one: bool, window: i32,
  as: i32, counts: usize, flags: usize, work: usize, partners: usize,
): void {
  stride = <usize>N << 3;
  partnerStride = one ? 8 : stride;
  single = one;
  length = window;
  form = as;
  table = counts;
  suffixes = work;
  partner = partners;
  let beforeX = historyX, blockX = x;
  let beforeY = historyY, blockY = y;
  for (let first = 0; first < rows; first += window) {
    const count = min(window, rows - first);
    const oneFits = one && fitsOnce(blockY, count, SCALE);
    let known = false;
    for (let j = 0; j < N; j += TILE) {
      const offset = <usize>j << 3;
      const offsetY = one ? 0 : offset;
      const width = N - j;
      const flag = flags + <usize>(j / TILE);
      const whole =
        fits(blockX + offset, count, stride, SCALE) && (one ? oneFits : fits(blockY + offset, count, stride, SCALE));
      if (whole && load<u8>(flag) != 0) {
        if (!known) walkPartner(beforeY + offsetY, blockY + offsetY, count);
        known = one;
        const before = beforeX + offset, block = blockX + offset;
        // What is known of the loop stands in each call: one of its own is compiled for it.
        if (width < TILE) walkWhole(before, block, count, width, as);
        else if (as == COVARIANCE) walkWhole(before, block, count, TILE, COVARIANCE);
        else if (as == CORRELATION) walkWhole(before, block, count, TILE, CORRELATION);
        else walkWhole(before, block, count, TILE, BETA);
      } else {
        walkWithGaps(beforeX + offset, blockX + offset, beforeY + offsetY, blockY + offsetY, count, width);
        if (width > 2) {
          const next = one ? 0 : offset + 16;
          walkWithGaps(beforeX + offset + 16, blockX + offset + 16, beforeY + next, blockY + next, count, width - 2);
        }
      }
      store<u8>(flag, whole ? 1 : 0);
    }
    beforeX = blockX;
    beforeY = blockY;
    blockX += <usize>count * stride;
    blockY += <usize>count * partnerStride;
  }
}

/** Two values of y in a row, or the only one twice. */
// @ts-ignore: decorator
@inline
function partnerAt(row: usize): v128 {
  return single ? v128.load_splat<f64>(row) : v128.load(row);
}

/** What divides a window's product: its squares, or their root; NaN where y does not vary. */
// @ts-ignore: decorator
@inline
function scaleOf(squares: v128): v128 {
  const varying = v128.or(squares, f64x2.le(squares, f64x2.splat(LEAST_SQUARES)));
  return form == CORRELATION ? f64x2.sqrt(varying) : varying;
}

/** The answers of windows whose sums are these; `beside` is what {@link scaleOf} makes of y's squares. */
// @ts-ignore: decorator
@inline
function formed(product: v128, squares: v128, beside: v128, scale: v128, as: i32): v128 {
  if (as == COVARIANCE) return f64x2.mul(product, scale);
  if (as == BETA) return withinDoubles(f64x2.div(product, beside));
  const value = f64x2.div(product, f64x2.mul(scaleOf(squares), beside));
  return f64x2.max(f64x2.splat(-1), f64x2.min(f64x2.splat(1), value));
}

/** What four columns of x need to know of their partners, every value present. */
function walkPartner(before: usize, block: usize, rows: i32): void {
  const zero = f64x2.splat(0);
  const next: usize = single ? 0 : 16;
  let p = before + <usize>(length - 1) * partnerStride;
  const early0 = partnerAt(p), early1 = partnerAt(p + next);
  let sum0 = zero, mean0 = zero, squares0 = zero;
  let sum1 = zero, mean1 = zero, squares1 = zero;
  let row = partner + <usize>length * PARTNER;
  v128.store(row, zero, 64); v128.store(row, zero, 80);
  v128.store(row, zero, 96); v128.store(row, zero, 112);
  let entry = table;
  for (let n = 1; n < length; n++) {
    entry += ENTRY;
    const growth = v128.load_splat<f64>(entry), inverse = v128.load_splat<f64>(entry, 8);
    const above0 = f64x2.sub(partnerAt(p), early0), above1 = f64x2.sub(partnerAt(p + next), early1);
    const d0 = f64x2.sub(above0, mean0), d1 = f64x2.sub(above1, mean1);
    squares0 = grownBy(squares0, d0, d0, growth);
    squares1 = grownBy(squares1, d1, d1, growth);
    sum0 = f64x2.add(sum0, above0);
    sum1 = f64x2.add(sum1, above1);
    mean0 = f64x2.mul(sum0, inverse);
    mean1 = f64x2.mul(sum1, inverse);
    row -= PARTNER;
    v128.store(row, d0); v128.store(row, d1, 16);
    v128.store(row, mean0, 64); v128.store(row, mean1, 80);
    v128.store(row, squares0, 96); v128.store(row, squares1, 112);
    p -= partnerStride;
  }

  const late0 = partnerAt(block), late1 = partnerAt(block + next);
  const gap0 = f64x2.sub(late0, early0), gap1 = f64x2.sub(late1, early1);
  sum0 = zero; mean0 = zero; squares0 = zero;
  sum1 = zero; mean1 = zero; squares1 = zero;
  p = block;
  row = partner;
  entry = table;
  for (let t = 0; t < rows; t++) {
    entry += ENTRY;
    const growth = v128.load_splat<f64>(entry), inverse = v128.load_splat<f64>(entry, 8);
    const weight = v128.load_splat<f64>(entry, 24);
    const above0 = f64x2.sub(partnerAt(p), late0), above1 = f64x2.sub(partnerAt(p + next), late1);
    const d0 = f64x2.sub(above0, mean0), d1 = f64x2.sub(above1, mean1);
    squares0 = grownBy(squares0, d0, d0, growth);
    squares1 = grownBy(squares1, d1, d1, growth);
    sum0 = f64x2.add(sum0, above0);
    sum1 = f64x2.add(sum1, above1);
    mean0 = f64x2.mul(sum0, inverse);
    mean1 = f64x2.mul(sum1, inverse);
    const suffix = row + PARTNER;
    const delta0 = f64x2.add(gap0, f64x2.sub(mean0, v128.load(suffix, 64)));
    const delta1 = f64x2.add(gap1, f64x2.sub(mean1, v128.load(suffix, 80)));
    const total0 = grownBy(f64x2.add(v128.load(suffix, 96), squares0), delta0, delta0, weight);
    const total1 = grownBy(f64x2.add(v128.load(suffix, 112), squares1), delta1, delta1, weight);
    v128.store(row, d0, 32); v128.store(row, d1, 48);
    v128.store(row, delta0, 64); v128.store(row, delta1, 80);
    v128.store(row, scaleOf(total0), 96); v128.store(row, scaleOf(total1), 112);
    row = suffix;
    p += partnerStride;
  }
}

/**
 * Four columns of x, every value of theirs and of their partners present: counts are the same for all. Correlations
 * need the squares of x too.
 */
// @ts-ignore: decorator
@inline
function walkWhole(before: usize, block: usize, rows: i32, width: i32, as: i32): void {
  const zero = f64x2.splat(0);
  let p = before + <usize>(length - 1) * stride;
  const early0 = v128.load(p), early1 = v128.load(p, 16);
  let sum0 = zero, mean0 = zero, product0 = zero, squares0 = zero;
  let sum1 = zero, mean1 = zero, product1 = zero, squares1 = zero;
  let record = suffixes + <usize>length * RECORD;
  v128.store(record, zero); v128.store(record, zero, 16); v128.store(record, zero, 32);
  v128.store(record, zero, 48); v128.store(record, zero, 64); v128.store(record, zero, 80);
  let row = partner + <usize>length * PARTNER;
  let entry = table;
  for (let n = 1; n < length; n++) {
    entry += ENTRY;
    row -= PARTNER;
    record -= RECORD;
    const growth = v128.load_splat<f64>(entry), inverse = v128.load_splat<f64>(entry, 8);
    const above0 = f64x2.sub(v128.load(p), early0), above1 = f64x2.sub(v128.load(p, 16), early1);
    const d0 = f64x2.sub(above0, mean0), d1 = f64x2.sub(above1, mean1);
    product0 = grownBy(product0, d0, v128.load(row), growth);
    product1 = grownBy(product1, d1, v128.load(row, 16), growth);
    if (as == CORRELATION) {
      squares0 = grownBy(squares0, d0, d0, growth);
      squares1 = grownBy(squares1, d1, d1, growth);
      v128.store(record, squares0, 64); v128.store(record, squares1, 80);
    }
    sum0 = f64x2.add(sum0, above0);
    sum1 = f64x2.add(sum1, above1);
    mean0 = f64x2.mul(sum0, inverse);
    mean1 = f64x2.mul(sum1, inverse);
    v128.store(record, mean0); v128.store(record, product0, 16);
    v128.store(record, mean1, 32); v128.store(record, product1, 48);
    p -= stride;
  }

  const scale = v128.load_splat<f64>(table + <usize>length * ENTRY, 16);
  const late0 = v128.load(block), late1 = v128.load(block, 16);
  const gap0 = f64x2.sub(late0, early0), gap1 = f64x2.sub(late1, early1);
  sum0 = zero; mean0 = zero; product0 = zero; squares0 = zero;
  sum1 = zero; mean1 = zero; product1 = zero; squares1 = zero;
  p = block;
  row = partner;
  entry = table;
  let out = before;
  for (let t = 0; t < rows; t++) {
    entry += ENTRY;
    const growth = v128.load_splat<f64>(entry), inverse = v128.load_splat<f64>(entry, 8);
    const weight = v128.load_splat<f64>(entry, 24);
    const above0 = f64x2.sub(v128.load(p), late0), above1 = f64x2.sub(v128.load(p, 16), late1);
    const d0 = f64x2.sub(above0, mean0), d1 = f64x2.sub(above1, mean1);
    product0 = grownBy(product0, d0, v128.load(row, 32), growth);
    product1 = grownBy(product1, d1, v128.load(row, 48), growth);
    sum0 = f64x2.add(sum0, above0);
    sum1 = f64x2.add(sum1, above1);
    mean0 = f64x2.mul(sum0, inverse);
    mean1 = f64x2.mul(sum1, inverse);
    const delta0 = f64x2.add(gap0, f64x2.sub(mean0, v128.load(record)));
    const delta1 = f64x2.add(gap1, f64x2.sub(mean1, v128.load(record, 32)));
    const total0 = grownBy(f64x2.add(v128.load(record, 16), product0), delta0, v128.load(row, 64), weight);
    const total1 = grownBy(f64x2.add(v128.load(record, 48), product1), delta1, v128.load(row, 80), weight);
    let own0 = zero, own1 = zero;
    if (as == CORRELATION) {
      squares0 = grownBy(squares0, d0, d0, growth);
      squares1 = grownBy(squares1, d1, d1, growth);
      own0 = grownBy(f64x2.add(v128.load(record, 64), squares0), delta0, delta0, weight);
      own1 = grownBy(f64x2.add(v128.load(record, 80), squares1), delta1, delta1, weight);
    }
    storeTile(
      out,
      formed(total0, own0, v128.load(row, 96), scale, as),
      formed(total1, own1, v128.load(row, 112), scale, as),
      width,
    );
    record += RECORD;
    row += PARTNER;
    p += stride;
    out += stride;
  }
}

/** All ones in the lanes whose row has both values. */
// @ts-ignore: decorator
@inline
function together(x: v128, y: v128): v128 {
  return v128.and(presentIn(x), presentIn(y));
}

/** The row at which each of two columns first has both values, walking up or down: its x, or its y; 0 for none. */
function firstTogether(p: usize, q: usize, rows: i32, up: bool, ofX: bool): v128 {
  let found = f64x2.splat(0), seen = found;
  for (let row = 0; row < rows; row++) {
    const x = v128.load(p), y = partnerAt(q);
    const both = together(x, y);
    found = v128.bitselect(ofX ? x : y, found, v128.andnot(both, seen));
    seen = v128.or(seen, both);
    if (i64x2.all_true(seen)) break;
    p = up ? p + stride : p - stride;
    q = up ? q + partnerStride : q - partnerStride;
  }
  return found;
}

/** Two columns with values missing on either side: each lane has its own counts. */
function walkWithGaps(beforeX: usize, blockX: usize, beforeY: usize, blockY: usize, rows: i32, width: i32): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  let p = beforeX + <usize>(length - 1) * stride;
  let q = beforeY + <usize>(length - 1) * partnerStride;
  const earlyX = firstTogether(p, q, length - 1, false, true);
  const earlyY = firstTogether(p, q, length - 1, false, false);
  let sumX = zero, meanX = zero, squaresX = zero;
  let sumY = zero, meanY = zero, squaresY = zero;
  let product = zero, count = zero;
  let entry0 = table, entry1 = table;
  let record = suffixes + <usize>length * RECORD;
  v128.store(record, zero); v128.store(record, zero, 16); v128.store(record, zero, 32);
  v128.store(record, zero, 48); v128.store(record, zero, 64); v128.store(record, zero, 80);
  v128.store(record, zero, 96);
  for (let row = length - 1; row > 0; row--) {
    const x = v128.load(p), y = partnerAt(q);
    const both = together(x, y);
    const bits = <usize>i64x2.bitmask(both);
    entry0 += (bits & 1) * ENTRY;
    entry1 += (bits >> 1) * ENTRY;
    const a = v128.load(entry0), b = v128.load(entry1);
    const growth = v128.shuffle<f64>(a, b, 0, 2), inverse = v128.shuffle<f64>(a, b, 1, 3);
    const aboveX = v128.and(f64x2.sub(x, earlyX), both), aboveY = v128.and(f64x2.sub(y, earlyY), both);
    const dx = v128.and(f64x2.sub(aboveX, meanX), both), dy = v128.and(f64x2.sub(aboveY, meanY), both);
    product = grownBy(product, dx, dy, growth);
    squaresX = grownBy(squaresX, dx, dx, growth);
    squaresY = grownBy(squaresY, dy, dy, growth);
    sumX = f64x2.add(sumX, aboveX);
    sumY = f64x2.add(sumY, aboveY);
    meanX = f64x2.mul(sumX, inverse);
    meanY = f64x2.mul(sumY, inverse);
    count = f64x2.add(count, v128.and(one, both));
    record -= RECORD;
    v128.store(record, meanX); v128.store(record, meanY, 16); v128.store(record, product, 32);
    v128.store(record, squaresX, 48); v128.store(record, squaresY, 64); v128.store(record, count, 80);
    store<usize>(record, entry0 - table, 96); store<usize>(record, entry1 - table, 100);
    p -= stride;
    q -= partnerStride;
  }

  const lateX = firstTogether(blockX, blockY, rows, true, true);
  const lateY = firstTogether(blockX, blockY, rows, true, false);
  const gapX = f64x2.sub(lateX, earlyX), gapY = f64x2.sub(lateY, earlyY);
  sumX = zero; meanX = zero; squaresX = zero;
  sumY = zero; meanY = zero; squaresY = zero;
  product = zero; count = zero;
  entry0 = table;
  entry1 = table;
  p = blockX;
  q = blockY;
  let out = beforeX;
  for (let row = 0; row < rows; row++) {
    const x = v128.load(p), y = partnerAt(q);
    const both = together(x, y);
    const bits = <usize>i64x2.bitmask(both);
    entry0 += (bits & 1) * ENTRY;
    entry1 += (bits >> 1) * ENTRY;
    const a = v128.load(entry0), b = v128.load(entry1);
    const growth = v128.shuffle<f64>(a, b, 0, 2), inverse = v128.shuffle<f64>(a, b, 1, 3);
    const aboveX = v128.and(f64x2.sub(x, lateX), both), aboveY = v128.and(f64x2.sub(y, lateY), both);
    const dx = v128.and(f64x2.sub(aboveX, meanX), both), dy = v128.and(f64x2.sub(aboveY, meanY), both);
    product = grownBy(product, dx, dy, growth);
    squaresX = grownBy(squaresX, dx, dx, growth);
    squaresY = grownBy(squaresY, dy, dy, growth);
    sumX = f64x2.add(sumX, aboveX);
    sumY = f64x2.add(sumY, aboveY);
    meanX = f64x2.mul(sumX, inverse);
    meanY = f64x2.mul(sumY, inverse);
    count = f64x2.add(count, v128.and(one, both));

    const c = v128.load(entry0 + load<usize>(record, 96), 8);
    const d = v128.load(entry1 + load<usize>(record, 100), 8);
    const weight = f64x2.mul(f64x2.mul(v128.load(record, 80), count), v128.shuffle<f64>(c, d, 0, 2));
    const apart = f64x2.gt(weight, zero);
    const deltaX = v128.and(f64x2.add(gapX, f64x2.sub(meanX, v128.load(record))), apart);
    const deltaY = v128.and(f64x2.add(gapY, f64x2.sub(meanY, v128.load(record, 16))), apart);
    const total = grownBy(f64x2.add(v128.load(record, 32), product), deltaX, deltaY, weight);
    const ownX = grownBy(f64x2.add(v128.load(record, 48), squaresX), deltaX, deltaX, weight);
    const ownY = grownBy(f64x2.add(v128.load(record, 64), squaresY), deltaY, deltaY, weight);
    const scale = v128.shuffle<f64>(c, d, 1, 3);
    // Multiplied by its scale, a product is NaN where too few rows are present.
    const answer = form == COVARIANCE
      ? formed(total, ownX, ownY, scale, COVARIANCE)
      : formed(f64x2.mul(total, scale), ownX, scaleOf(ownY), scale, form);
    storePair(out, withinDoubles(answer), width);
    record += RECORD;
    p += stride;
    q += partnerStride;
    out += stride;
  }
}
