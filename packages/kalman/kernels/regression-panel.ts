/**
 * What two neighbouring pairs are known by, two doubles each. First what stays: the anchor, R, G and its determinant, the
 * inflation of forgetting, and which of the two lanes count. Then what bars change: level and slope, N, its determinant's
 * share d, s, the sum of the z-scores' squares, how many bars were missing and how often s was brought down.
 */
const ANCHOR: usize = 0;
const NOISE: usize = 16;
const G00: usize = 32;
const G01: usize = 48;
const G11: usize = 64;
const GAIN: usize = 80;
const INFLATION: usize = 96;
const LIVE: usize = 112;
const LEVEL: usize = 128;
const SLOPE: usize = 144;
const N00: usize = 160;
const N01: usize = 176;
const N11: usize = 192;
const SHARE: usize = 208;
const SCALE: usize = 224;
const SQUARES: usize = 240;
const MISSING: usize = 256;
const RESCALINGS: usize = 272;
const RECORD: usize = 288;

/** A scale that reaches this is brought down by as much: 2⁶⁴. */
const LARGEST_SCALE: f64 = 18446744073709551616.0;
/** The largest price that the package takes. */
const LARGEST_PRICE: f64 = 1e150;

// @ts-ignore: decorator
@inline
function tooLarge(s: v128): v128 {
  return v128.and(f64x2.ge(s, f64x2.splat(LARGEST_SCALE)), f64x2.lt(s, f64x2.splat(Infinity)));
}

/**
 * Filters the bars of two pairs from `top` to before `bottom`; `plain` where every bar is there and nothing is forgotten.
 * Inlined into one function for each value of `plain`, so that a plain bar asks no questions.
 */
// @ts-ignore: decorator
@inline
function fold(top: usize, bottom: usize, step: usize, hop: usize, record: usize, both: bool, plain: bool): void {
  const one = f64x2.splat(1);
  const anchor = v128.load(record, ANCHOR), R = v128.load(record, NOISE);
  const g00 = v128.load(record, G00), g01 = v128.load(record, G01), g11 = v128.load(record, G11);
  const g01Twice = f64x2.add(g01, g01), gain = v128.load(record, GAIN);
  let level = v128.load(record, LEVEL), slope = v128.load(record, SLOPE);
  let n00 = v128.load(record, N00), n01 = v128.load(record, N01), n11 = v128.load(record, N11);
  let d = v128.load(record, SHARE), s = v128.load(record, SCALE), squares = v128.load(record, SQUARES);
  let r = f64x2.div(one, s);
  for (let at = top; at < bottom; at += step) {
    if (!plain) {
      const inflation = v128.load(record, INFLATION);
      n00 = f64x2.mul(n00, inflation);
      n01 = f64x2.mul(n01, inflation);
      n11 = f64x2.mul(n11, inflation);
      d = f64x2.mul(d, f64x2.mul(inflation, inflation));
    }
    // N += s G
    const among = f64x2.sub(f64x2.add(f64x2.mul(gain, s), f64x2.mul(g00, n11)), f64x2.mul(g01Twice, n01));
    d = f64x2.add(f64x2.add(d, among), f64x2.mul(g11, n00));
    n00 = f64x2.add(n00, f64x2.mul(g00, s));
    n01 = f64x2.add(n01, f64x2.mul(g01, s));
    n11 = f64x2.add(n11, f64x2.mul(g11, s));

    // s += H N Hᵀ and N += d (h, −1)ᵀ (h, −1), with H = [1, h]
    const xs = v128.load(at), ys = v128.load(at + hop);
    const h = f64x2.sub(xs, anchor);
    let v = f64x2.sub(ys, f64x2.add(level, f64x2.mul(slope, h)));
    const m0 = f64x2.add(n00, f64x2.mul(h, n01)), m1 = f64x2.add(n01, f64x2.mul(h, n11));
    const hTwice = f64x2.add(h, h), hSquared = f64x2.mul(h, h);
    const grown = f64x2.add(f64x2.add(s, n00), f64x2.add(f64x2.mul(hTwice, n01), f64x2.mul(hSquared, n11)));
    const reciprocal = f64x2.div(one, grown);
    const k0 = f64x2.mul(m0, reciprocal), k1 = f64x2.mul(m1, reciprocal);
    const S = f64x2.mul(f64x2.mul(R, grown), r);
    let std = f64x2.sqrt(S);
    const z = f64x2.div(v, std);
    if (!plain) {
      const present = v128.and(f64x2.eq(xs, xs), f64x2.eq(ys, ys));
      level = v128.bitselect(f64x2.add(level, f64x2.mul(k0, v)), level, present);
      slope = v128.bitselect(f64x2.add(slope, f64x2.mul(k1, v)), slope, present);
      n00 = v128.bitselect(f64x2.add(n00, f64x2.mul(hSquared, d)), n00, present);
      n01 = v128.bitselect(f64x2.sub(n01, f64x2.mul(h, d)), n01, present);
      n11 = v128.bitselect(f64x2.add(n11, d), n11, present);
      s = v128.bitselect(grown, s, present);
      r = v128.bitselect(reciprocal, r, present);
      squares = v128.bitselect(f64x2.add(squares, f64x2.mul(z, z)), squares, present);
      const nan = f64x2.splat(NaN);
      v = v128.bitselect(v, nan, present);
      std = v128.bitselect(std, nan, present);
      v128.store(record, f64x2.add(v128.load(record, MISSING), v128.andnot(one, present)), MISSING);
    } else {
      level = f64x2.add(level, f64x2.mul(k0, v));
      slope = f64x2.add(slope, f64x2.mul(k1, v));
      n00 = f64x2.add(n00, f64x2.mul(hSquared, d));
      n01 = f64x2.sub(n01, f64x2.mul(h, d));
      n11 = f64x2.add(n11, d);
      s = grown;
      r = reciprocal;
      squares = f64x2.add(squares, f64x2.mul(z, z));
    }
    if (v128.any_true(f64x2.ge(s, f64x2.splat(LARGEST_SCALE)))) {
      for (let large = tooLarge(s); v128.any_true(large); large = tooLarge(s)) {
        const factor = v128.bitselect(f64x2.splat(1 / LARGEST_SCALE), one, large);
        n00 = f64x2.mul(n00, factor);
        n01 = f64x2.mul(n01, factor);
        n11 = f64x2.mul(n11, factor);
        d = f64x2.mul(d, factor);
        s = f64x2.mul(s, factor);
        v128.store(record, f64x2.add(v128.load(record, RESCALINGS), v128.and(one, large)), RESCALINGS);
      }
      r = f64x2.div(one, s);
    }
    const intercept = f64x2.sub(level, f64x2.mul(slope, anchor));
    const to = at + 2 * hop;
    if (both) {
      v128.store(to, intercept);
      v128.store(to + hop, slope);
      v128.store(to + 2 * hop, v);
      v128.store(to + 3 * hop, std);
      v128.store(to + 4 * hop, z);
    } else {
      v128.store64_lane(to, intercept, 0);
      v128.store64_lane(to + hop, slope, 0);
      v128.store64_lane(to + 2 * hop, v, 0);
      v128.store64_lane(to + 3 * hop, std, 0);
      v128.store64_lane(to + 4 * hop, z, 0);
    }
  }
  v128.store(record, level, LEVEL);
  v128.store(record, slope, SLOPE);
  v128.store(record, n00, N00);
  v128.store(record, n01, N01);
  v128.store(record, n11, N11);
  v128.store(record, d, SHARE);
  v128.store(record, s, SCALE);
  v128.store(record, squares, SQUARES);
}

function foldPlain(top: usize, bottom: usize, step: usize, hop: usize, record: usize, both: bool): void {
  fold(top, bottom, step, hop, record, both, true);
}

function foldAny(top: usize, bottom: usize, step: usize, hop: usize, record: usize, both: bool): void {
  fold(top, bottom, step, hop, record, both, false);
}

/** Whether the two pairs have all their prices, and none beyond what is taken. */
function areComplete(top: usize, bottom: usize, step: usize, hop: usize): bool {
  const limit = f64x2.splat(LARGEST_PRICE);
  let complete = i64x2.splat(-1);
  for (let at = top; at < bottom; at += step) {
    const x = f64x2.le(f64x2.abs(v128.load(at)), limit);
    complete = v128.and(complete, v128.and(x, f64x2.le(f64x2.abs(v128.load(at + hop)), limit)));
  }
  return i64x2.all_true(complete);
}

/** The lanes where some price is beyond what is taken. */
function beyond(top: usize, bottom: usize, step: usize, hop: usize): v128 {
  const limit = f64x2.splat(LARGEST_PRICE);
  let some = i64x2.splat(0);
  for (let at = top; at < bottom; at += step) {
    const x = f64x2.gt(f64x2.abs(v128.load(at)), limit);
    some = v128.or(some, v128.or(x, f64x2.gt(f64x2.abs(v128.load(at + hop)), limit)));
  }
  return some;
}

/**
 * Filters `rows` bars of N pairs. Seven series lie `hop` bytes from one another, each time × pairs: x and y, and what is
 * written: intercept, slope, innovation, its standard deviation and the z-score. The lines must be determined. False where a
 * price is beyond what is taken.
 */
export function regressionPanel(
  series: usize, hop: usize, rows: i32, N: i32, records: usize, forgets: bool,
): bool {
  const step = <usize>N << 3;
  for (let j = 0; j < N; j += 2) {
    const record = records + <usize>(j >> 1) * RECORD;
    const top = series + (<usize>j << 3);
    const bottom = top + <usize>rows * step;
    const both = N - j > 1;
    if (areComplete(top, bottom, step, hop)) {
      if (forgets) foldAny(top, bottom, step, hop, record, both);
      else foldPlain(top, bottom, step, hop, record, both);
    } else {
      const outside = beyond(top, bottom, step, hop);
      if (v128.any_true(v128.and(outside, v128.load(record, LIVE)))) return false;
      foldAny(top, bottom, step, hop, record, both);
    }
  }
  return true;
}
