import { orMissing } from "./shared/missing";
import { interpolate } from "./shared/quantile";
import { at, put } from "./shared/tile";

// `sorted` holds w slots a column: its window's present values in ascending order, then ∞. X begins with the w rows
// before; `counts` holds how many of those are present, and is brought up to date.

/** Makes every window of N columns empty. */
export function makeEmpty(sorted: usize, N: i32, w: i32): void {
  for (let i = 0; i < N * w; i++) put(sorted, i, Infinity);
}

/** The quantile at each of `rows` rows: `levels` as in rolling-quantile, counted from the smallest. */
export function quantiles(
  X: usize, rows: i32, N: i32, w: i32, minPeriods: i32, levels: usize, counts: usize, sorted: usize, out: usize,
): void {
  for (let j = 0; j < N; j++) {
    const window = sorted + (<usize>(j * w) << 3);
    let n = <i32>at(counts, j);
    for (let r = 0; r < rows; r++) {
      const leaving = finiteOrInfinity(at(X, r * N + j));
      const entering = finiteOrInfinity(at(X, (r + w) * N + j));
      replace(window, w, leaving, entering);
      n += i32(entering < Infinity) - i32(leaving < Infinity);
      let answer = NaN;
      if (n >= minPeriods) {
        const k = <i32>at(levels, 2 * n);
        const kth = v128.load_splat<f64>(window + (<usize>k << 3));
        const next = v128.load_splat<f64>(window + (<usize>k << 3), 8);
        answer = f64x2.extract_lane(interpolate(kth, next, at(levels, 2 * n + 1)), 0);
      }
      put(out, r * N + j, answer);
    }
    put(counts, j, <f64>n);
  }
}

/** The rank at each of `rows` rows: the weights as in rolling-rank. */
export function ranks(
  X: usize, rows: i32, N: i32, w: i32, minPeriods: i32,
  perLess: f64, perLessOrEqual: f64, offset: f64, relative: bool,
  counts: usize, sorted: usize, out: usize,
): void {
  for (let j = 0; j < N; j++) {
    const window = sorted + (<usize>(j * w) << 3);
    let n = <i32>at(counts, j);
    for (let r = 0; r < rows; r++) {
      const leaving = finiteOrInfinity(at(X, r * N + j));
      const entering = finiteOrInfinity(at(X, (r + w) * N + j));
      replace(window, w, leaving, entering);
      n += i32(entering < Infinity) - i32(leaving < Infinity);
      let rank = NaN;
      if (n >= minPeriods && entering < Infinity) {
        const less = below(window, w, entering);
        const lessOrEqual = less + runOf(window + (<usize>less << 3), w - less, entering);
        rank = <f64>less * perLess + <f64>lessOrEqual * perLessOrEqual + offset;
        if (relative) rank /= <f64>n;
      }
      put(out, r * N + j, rank);
    }
    put(counts, j, <f64>n);
  }
}

// @ts-ignore: decorator
@inline
function finiteOrInfinity(x: f64): f64 {
  const value = f64x2.extract_lane(orMissing(f64x2.splat(x)), 0);
  return value == value ? value : Infinity;
}

/** How many of the w slots are less than x; the same number of steps whatever x is. */
// @ts-ignore: decorator
@inline
function below(window: usize, w: i32, x: f64): i32 {
  let base = window;
  let slots = w;
  while (slots > 1) {
    const half = slots >> 1;
    const middle = base + (<usize>half << 3);
    base = load<f64>(middle - 8) < x ? middle : base;
    slots -= half;
  }
  return <i32>((base - window) >> 3) + i32(load<f64>(base) < x);
}

/** How many of `slots` slots, from the first on, hold x. */
// @ts-ignore: decorator
@inline
function runOf(first: usize, slots: i32, x: f64): i32 {
  let count = 0;
  while (count < slots && at(first, count) == x) count++;
  return count;
}

/** Takes `leaving` out of the window and puts `entering` where it belongs. */
// @ts-ignore: decorator
@inline
function replace(window: usize, w: i32, leaving: f64, entering: f64): void {
  const from = window + (<usize>below(window, w, leaving) << 3);
  const to = window + (<usize>below(window, w, entering) << 3);
  if (to > from) {
    memory.copy(from, from + 8, to - 8 - from);
    store<f64>(to - 8, entering);
  } else {
    memory.copy(to + 8, to, from - to);
    store<f64>(to, entering);
  }
}
