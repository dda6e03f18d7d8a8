import { logPair } from "../../core-linalg/kernels/shared/special";

/**
 * What two neighbouring pairs are known by, two doubles each: the anchor, level and slope, the covariance of the two, the
 * log-likelihood, what the covariance gains a bar, R, the inflation of forgetting, which of the two lanes count, and how
 * many bars were missing.
 */
const ANCHOR: usize = 0;
const LEVEL: usize = 16;
const SLOPE: usize = 32;
const P00: usize = 48;
const P01: usize = 64;
const P11: usize = 80;
const LIKELIHOOD: usize = 96;
const LEVEL_STEP: usize = 112;
const CROSS_STEP: usize = 128;
const SLOPE_STEP: usize = 144;
const NOISE: usize = 160;
const INFLATION: usize = 176;
const LIVE: usize = 192;
const MISSING: usize = 208;
const RECORD: usize = 224;

/** Pairs whose records stay in the first cache together. */
const BLOCK: i32 = 128;

/** Variances from here to there have a logarithm in lanes. */
const LEAST: f64 = 2.2250738585072014e-308;
const LARGEST: f64 = 1.7976931348623157e308;
/** The largest price that the package takes. */
const LARGEST_PRICE: f64 = 1e150;

/**
 * Filters `rows` bars of N pairs, x and y being time × pairs, and writes as many of intercept, slope, innovation, its
 * standard deviation and the z-score. The lines must be determined. False where a price is beyond what is taken or a
 * variance left the normal doubles.
 */
export function regressionPanel(
  x: usize, y: usize, rows: i32, N: i32, records: usize,
  forgets: bool,
  intercept: usize, slope: usize, innovation: usize, innovationStd: usize, zScore: usize,
): bool {
  let beyond = i64x2.splat(0);
  for (let left = 0; left < N; left += BLOCK) {
    const right = min(left + BLOCK, N);
    for (let row = 0; row < rows; row++) {
      let record = records + <usize>(left >> 1) * RECORD;
      let at = <usize>(row * N + left) << 3;
      for (let j = left; j < right; j += 2) {
        const one = f64x2.splat(1);
        const xs = v128.load(x + at), ys = v128.load(y + at);
        const present = v128.and(f64x2.eq(xs, xs), f64x2.eq(ys, ys));
        const whole = i64x2.all_true(present);

        // P = inflation · P + Q
        let p00 = v128.load(record, P00), p01 = v128.load(record, P01), p11 = v128.load(record, P11);
        if (forgets) {
          const inflation = v128.load(record, INFLATION);
          p00 = f64x2.mul(p00, inflation);
          p01 = f64x2.mul(p01, inflation);
          p11 = f64x2.mul(p11, inflation);
        }
        p00 = f64x2.add(p00, v128.load(record, LEVEL_STEP));
        p01 = f64x2.add(p01, v128.load(record, CROSS_STEP));
        p11 = f64x2.add(p11, v128.load(record, SLOPE_STEP));

        // S = H P Hᵀ + R with H = [1, h]
        const R = v128.load(record, NOISE);
        const anchor = v128.load(record, ANCHOR);
        const h = f64x2.sub(xs, anchor);
        const m0 = f64x2.add(p00, f64x2.mul(p01, h));
        const m1 = f64x2.add(p01, f64x2.mul(p11, h));
        const S = f64x2.add(f64x2.add(m0, f64x2.mul(m1, h)), R);
        const k0 = f64x2.div(m0, S), k1 = f64x2.div(m1, S);
        const oldLevel = v128.load(record, LEVEL), oldSlope = v128.load(record, SLOPE);
        const v = f64x2.sub(ys, f64x2.add(oldLevel, f64x2.mul(oldSlope, h)));
        let level = f64x2.add(oldLevel, f64x2.mul(k0, v));
        let theSlope = f64x2.add(oldSlope, f64x2.mul(k1, v));

        // P = (I − KH) P (I − KH)ᵀ + K R Kᵀ   (Joseph form)
        const a00 = f64x2.sub(one, k0);
        const a01 = f64x2.mul(f64x2.neg(k0), h);
        const a10 = f64x2.neg(k1);
        const a11 = f64x2.sub(one, f64x2.mul(k1, h));
        const b00 = f64x2.add(f64x2.mul(a00, p00), f64x2.mul(a01, p01));
        const b01 = f64x2.add(f64x2.mul(a00, p01), f64x2.mul(a01, p11));
        const b10 = f64x2.add(f64x2.mul(a10, p00), f64x2.mul(a11, p01));
        const b11 = f64x2.add(f64x2.mul(a10, p01), f64x2.mul(a11, p11));
        const k0R = f64x2.mul(k0, R);
        let n00 = f64x2.add(f64x2.add(f64x2.mul(b00, a00), f64x2.mul(b01, a01)), f64x2.mul(k0R, k0));
        let n01 = f64x2.add(f64x2.add(f64x2.mul(b00, a10), f64x2.mul(b01, a11)), f64x2.mul(k0R, k1));
        let n11 = f64x2.add(f64x2.add(f64x2.mul(b10, a10), f64x2.mul(b11, a11)), f64x2.mul(f64x2.mul(k1, R), k1));

        const prices = f64x2.le(f64x2.max(f64x2.abs(xs), f64x2.abs(ys)), f64x2.splat(LARGEST_PRICE));
        const normal = v128.and(f64x2.ge(S, f64x2.splat(LEAST)), f64x2.le(S, f64x2.splat(LARGEST)));
        const inside = v128.and(prices, normal);
        beyond = v128.or(beyond, v128.andnot(v128.and(present, v128.load(record, LIVE)), inside));
        const deviation = f64x2.sqrt(S);
        const surprise = f64x2.add(
          f64x2.add(f64x2.splat(1.8378770664093453), logPair(S)),
          f64x2.div(f64x2.mul(v, v), S),
        );
        const oldLikelihood = v128.load(record, LIKELIHOOD);
        let likelihood = f64x2.sub(oldLikelihood, f64x2.mul(f64x2.splat(0.5), surprise));
        let theInnovation = v, theStd = deviation;
        if (!whole) {
          const nan = f64x2.splat(NaN);
          level = v128.bitselect(level, oldLevel, present);
          theSlope = v128.bitselect(theSlope, oldSlope, present);
          n00 = v128.bitselect(n00, p00, present);
          n01 = v128.bitselect(n01, p01, present);
          n11 = v128.bitselect(n11, p11, present);
          likelihood = v128.bitselect(likelihood, oldLikelihood, present);
          theInnovation = v128.bitselect(v, nan, present);
          theStd = v128.bitselect(deviation, nan, present);
          v128.store(record, f64x2.add(v128.load(record, MISSING), v128.andnot(one, present)), MISSING);
        }
        v128.store(record, level, LEVEL);
        v128.store(record, theSlope, SLOPE);
        v128.store(record, n00, P00);
        v128.store(record, n01, P01);
        v128.store(record, n11, P11);
        v128.store(record, likelihood, LIKELIHOOD);
        const theIntercept = f64x2.sub(level, f64x2.mul(theSlope, anchor));
        const z = f64x2.div(theInnovation, theStd);
        if (right - j > 1) {
          v128.store(intercept + at, theIntercept);
          v128.store(slope + at, theSlope);
          v128.store(innovation + at, theInnovation);
          v128.store(innovationStd + at, theStd);
          v128.store(zScore + at, z);
        } else {
          v128.store64_lane(intercept + at, theIntercept, 0);
          v128.store64_lane(slope + at, theSlope, 0);
          v128.store64_lane(innovation + at, theInnovation, 0);
          v128.store64_lane(innovationStd + at, theStd, 0);
          v128.store64_lane(zScore + at, z, 0);
        }
        record += RECORD;
        at += 16;
      }
    }
  }
  return !v128.any_true(beyond);
}
