import { firstPresent, presentIn, storePair, withinDoubles } from "./shared/window";

/** Below this a sum of squares, or its square, has lost digits to underflow. */
const LEAST_SQUARES: f64 = 2.004168360008973e-292; // 2⁻⁹⁶⁹
/** Bytes of a suffix's record of two columns: counts, means, and the sums of second to fourth powers. */
const RECORD: usize = 80;

// The run of two columns that is growing: how many values, the sum and the mean of what they lie above the first, and
// the sums of powers of the deviations from the mean.
let count: v128 = i64x2.splat(0);
let sum: v128 = i64x2.splat(0);
let mean: v128 = i64x2.splat(0);
let m2: v128 = i64x2.splat(0);
let m3: v128 = i64x2.splat(0);
let m4: v128 = i64x2.splat(0);

/**
 * The skewness (or excess kurtosis) of the windows that end in the `rows` rows at x, N columns each; NaN with fewer
 * than `least` values present. `history` is the block of `window` rows before them, NaN where there is none. Answers
 * overwrite what is no longer needed: those of the first block the history, those of each later one the block before
 * it. work: RECORD × (window + 1) bytes.
 */
export function rollingPowers(
  history: usize, x: usize, rows: i32, N: i32, window: i32, least: f64, skew: bool, bias: bool, work: usize,
): void {
  const stride = <usize>N << 3;
  let before = history;
  let block = x;
  for (let first = 0; first < rows; first += window) {
    const some = min(window, rows - first);
    for (let j = 0; j < N; j += 2) {
      const pair = <usize>j << 3;
      walkSuffix(before + pair, window, stride, work);
      walkPrefix(before + pair, block + pair, some, window, stride, work, N - j, least, skew, bias);
    }
    before = block;
    block += <usize>some * stride;
  }
}

// @ts-ignore: decorator
@inline
function splat(value: f64): v128 {
  return f64x2.splat(value);
}

function begin(): void {
  const zero = splat(0);
  count = zero; sum = zero; mean = zero;
  m2 = zero; m3 = zero; m4 = zero;
}

/** Adds a row to the growing run. */
// @ts-ignore: decorator
@inline
function take(x: v128, reference: v128): void {
  const present = presentIn(x), one = splat(1);
  const n = f64x2.add(count, v128.and(one, present));
  const above = v128.and(f64x2.sub(x, reference), present);
  const delta = f64x2.sub(above, mean);
  const e = f64x2.div(delta, n);
  const ee = f64x2.mul(e, e);
  const square = f64x2.mul(f64x2.mul(delta, e), f64x2.sub(n, one));
  const factor = f64x2.add(f64x2.sub(f64x2.mul(n, n), f64x2.mul(splat(3), n)), splat(3));
  const fourth = f64x2.sub(
    f64x2.add(f64x2.add(m4, f64x2.mul(f64x2.mul(square, ee), factor)), f64x2.mul(f64x2.mul(splat(6), ee), m2)),
    f64x2.mul(f64x2.mul(splat(4), e), m3),
  );
  const third = f64x2.sub(
    f64x2.add(m3, f64x2.mul(f64x2.mul(square, e), f64x2.sub(n, splat(2)))),
    f64x2.mul(f64x2.mul(splat(3), e), m2),
  );
  m4 = v128.bitselect(fourth, m4, present);
  m3 = v128.bitselect(third, m3, present);
  m2 = v128.bitselect(f64x2.add(m2, square), m2, present);
  sum = f64x2.add(sum, above);
  mean = v128.bitselect(f64x2.div(sum, n), mean, present);
  count = n;
}

function walkSuffix(before: usize, length: i32, stride: usize, work: usize): void {
  let p = before + <usize>(length - 1) * stride;
  const reference = firstPresent(p, length - 1, -<isize>stride);
  let record = work + <usize>length * RECORD;
  begin();
  keep(record);
  for (let row = length - 1; row > 0; row--) {
    take(v128.load(p), reference);
    record -= RECORD;
    keep(record);
    p -= stride;
  }
}

// @ts-ignore: decorator
@inline
function keep(record: usize): void {
  v128.store(record, count); v128.store(record, mean, 16);
  v128.store(record, m2, 32); v128.store(record, m3, 48); v128.store(record, m4, 64);
}

function walkPrefix(
  before: usize, block: usize, rows: i32, length: i32, stride: usize, work: usize,
  width: i32, least: f64, skew: bool, bias: bool,
): void {
  const zero = splat(0), enough = splat(least);
  const early = firstPresent(before + <usize>(length - 1) * stride, length - 1, -<isize>stride);
  const late = firstPresent(block, rows, stride);
  const gap = f64x2.sub(late, early);
  let record = work + RECORD;
  let p = block;
  let out = before;
  begin();
  for (let row = 0; row < rows; row++) {
    take(v128.load(p), late);
    const a = v128.load(record), b = count;
    const a2 = v128.load(record, 32), a3 = v128.load(record, 48);
    const n = f64x2.add(a, b);
    const apart = v128.and(f64x2.gt(a, zero), f64x2.gt(b, zero));
    const delta = v128.and(f64x2.add(gap, f64x2.sub(mean, v128.load(record, 16))), apart);
    const e = f64x2.div(delta, n);
    const ab = f64x2.mul(a, b);
    const between = f64x2.mul(f64x2.mul(delta, e), ab);
    const all2 = f64x2.add(f64x2.add(a2, m2), between);
    const crossed = f64x2.sub(f64x2.mul(a, m2), f64x2.mul(b, a2));
    let answer: v128;
    if (skew) {
      const all3 = f64x2.add(
        f64x2.add(f64x2.add(a3, m3), f64x2.mul(f64x2.mul(between, e), f64x2.sub(a, b))),
        f64x2.mul(f64x2.mul(splat(3), e), crossed),
      );
      answer = skewnessOf(n, all2, all3, bias);
    } else {
      const ee = f64x2.mul(e, e), aa = f64x2.mul(a, a), bb = f64x2.mul(b, b);
      const squares = f64x2.add(f64x2.mul(aa, m2), f64x2.mul(bb, a2));
      const cubes = f64x2.sub(f64x2.mul(a, m3), f64x2.mul(b, a3));
      const all4 = f64x2.add(
        f64x2.add(
          f64x2.add(
            f64x2.add(v128.load(record, 64), m4),
            f64x2.mul(f64x2.mul(between, ee), f64x2.add(f64x2.sub(aa, ab), bb)),
          ),
          f64x2.mul(f64x2.mul(splat(6), ee), squares),
        ),
        f64x2.mul(f64x2.mul(splat(4), e), cubes),
      );
      answer = kurtosisOf(n, all2, all4, bias);
    }
    storePair(out, v128.or(withinDoubles(answer), f64x2.lt(n, enough)), width);
    record += RECORD;
    p += stride;
    out += stride;
  }
}

/** All ones where a sum of powers is too small to tell anything, or NaN. */
// @ts-ignore: decorator
@inline
function isLost(powers: v128): v128 {
  return v128.not(f64x2.gt(powers, splat(LEAST_SQUARES)));
}

// @ts-ignore: decorator
@inline
function skewnessOf(n: v128, second: v128, third: v128, bias: bool): v128 {
  const population = f64x2.mul(f64x2.div(third, second), f64x2.sqrt(f64x2.div(n, second)));
  if (bias) return v128.or(population, isLost(second));
  const factor = f64x2.sqrt(f64x2.mul(n, f64x2.sub(n, splat(1))));
  return v128.or(f64x2.div(f64x2.mul(population, factor), f64x2.sub(n, splat(2))), isLost(second));
}

// @ts-ignore: decorator
@inline
function kurtosisOf(n: v128, second: v128, fourth: v128, bias: bool): v128 {
  const square = f64x2.mul(second, second);
  const population = f64x2.sub(f64x2.div(f64x2.mul(n, fourth), square), splat(3));
  if (bias) return v128.or(population, isLost(square));
  const below = f64x2.mul(f64x2.sub(n, splat(2)), f64x2.sub(n, splat(3)));
  const factor = f64x2.div(f64x2.sub(n, splat(1)), below);
  const answer = f64x2.mul(factor, f64x2.add(f64x2.mul(f64x2.add(n, splat(1)), population), splat(6)));
  return v128.or(answer, isLost(square));
}
