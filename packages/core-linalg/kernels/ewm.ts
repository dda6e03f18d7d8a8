import { presentIn, storePair, withinDoubles } from "./shared/window";

/** Bytes of a pair's record: counts, means and what their rounding left, variances, spreads, weights of the past. */
const RECORD: usize = 96;

/** What is read off the records, as the wrapper numbers it. */
const MEAN: i32 = 0;
const VARIANCE: i32 = 1;

/**
 * Takes the rows at x, N columns each, into the records, and writes over every value the answer up to it: the mean,
 * the variance or its root; NaN before `least` values were present. records: RECORD bytes for each two columns, zero at
 * the beginning.
 */
export function ewm(
  x: usize, rows: i32, N: i32, alpha: f64, decay: f64, adjust: bool, ignoreMissing: bool,
  least: f64, form: i32, bias: bool, records: usize,
): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1), two = f64x2.splat(2);
  const own = f64x2.splat(adjust ? 1 : alpha);
  const ageing = f64x2.splat(decay);
  const enough = f64x2.splat(least);
  let p = x;
  for (let row = 0; row < rows; row++) {
    let record = records;
    for (let j = 0; j < N; j += 2) {
      const value = v128.load(p);
      const present = presentIn(value);
      const mean = v128.load(record, 16), rest = v128.load(record, 32);
      const variance = v128.load(record, 48), spread = v128.load(record, 64), weight = v128.load(record, 80);
      const count = f64x2.add(v128.load(record), v128.and(one, present));
      const first = v128.and(present, f64x2.eq(count, one));
      const later = v128.andnot(present, first);
      const older = f64x2.mul(weight, ageing);
      const aged = ignoreMissing ? v128.bitselect(older, weight, present) : older;

      const total = f64x2.add(aged, own);
      const past = f64x2.div(aged, total), share = f64x2.div(own, total);
      const distance = f64x2.sub(f64x2.sub(value, mean), rest);
      const step = f64x2.mul(share, distance);
      const moved = f64x2.add(mean, step);
      const part = f64x2.sub(moved, mean);
      const lost = f64x2.add(f64x2.sub(mean, f64x2.sub(moved, part)), f64x2.sub(step, part));
      const left = f64x2.add(rest, lost);
      const nextMean = f64x2.add(moved, left);
      const nextRest = f64x2.sub(left, f64x2.sub(nextMean, moved));
      const nextVariance = f64x2.mul(past, f64x2.add(variance, f64x2.mul(step, distance)));
      const nextSpread = f64x2.add(
        f64x2.mul(f64x2.mul(past, past), spread), f64x2.mul(f64x2.mul(two, share), past),
      );
      const nextWeight = adjust ? total : one;

      const theMean = v128.bitselect(nextMean, v128.bitselect(f64x2.add(value, zero), mean, first), later);
      const theVariance = v128.bitselect(nextVariance, variance, later);
      const theSpread = v128.bitselect(nextSpread, spread, later);
      v128.store(record, count);
      v128.store(record, theMean, 16);
      v128.store(record, v128.bitselect(nextRest, rest, later), 32);
      v128.store(record, theVariance, 48);
      v128.store(record, theSpread, 64);
      v128.store(record, v128.bitselect(nextWeight, v128.bitselect(one, aged, first), later), 80);

      let answer = theMean;
      if (form != MEAN) {
        answer = bias ? theVariance : f64x2.div(theVariance, theSpread);
        if (form != VARIANCE) answer = f64x2.sqrt(answer);
      }
      storePair(p, v128.or(withinDoubles(answer), f64x2.lt(count, enough)), N - j);
      record += RECORD;
      p += N - j > 1 ? 16 : 8;
    }
  }
}
