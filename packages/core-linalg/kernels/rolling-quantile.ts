import { nextCount, orMissing } from "./shared/missing";
import { interpolate } from "./shared/quantile";
import { at } from "./shared/tile";

/** The doubles of workspace that `quantiles` needs: see there for w and depth. */
export function workspace(w: i32, depth: i32): i32 {
  return (w + 1) * (max(depth, 4) * 2 + 1);
}

/** Quantiles between the values up to this one, counted from 0, and the next are found from four values of each run. */
const DEEPEST_OF_FOUR: i32 = 2;

/**
 * The quantile of the present values of the last w rows at each of `rows` rows of N columns. `levels` holds for
 * n = 0 … w present values which of them, counted from 0 from the smallest or the largest, and how far
 * on to the next. Time is cut into blocks of w rows: a window is the end of one and the beginning of the next, and of
 * each only the values that may count are kept, in ascending order: a list is −∞, then up to depth − 1 values, then ∞.
 * X begins with the w rows before; `counts` holds how many of those are present, and is brought up to date.
 */
export function quantiles(
  X: usize, rows: i32, N: i32, w: i32, minPeriods: i32, levels: usize, fromLargest: bool, depth: i32,
  counts: usize, work: usize, out: usize,
): void {
  const S = <usize>N << 3;
  const flip = f64x2.splat(fromLargest ? -0.0 : 0.0);
  const size = <usize>depth << 4;
  const history = <usize>w * S;
  const prefix = work;
  const suffixes = prefix + size;
  const places = suffixes + <usize>w * size;
  const full = f64x2.splat(max(<f64>w, <f64>minPeriods));
  const k = <i32>at(levels, 2 * w);
  const weight = at(levels, 2 * w + 1);
  for (let j = 0; j < N; j += 2) {
    const column = <usize>j << 3;
    const paired = j + 1 < N;
    let count = load2(counts + column, paired);
    for (let first = 0; first < rows; first += w) {
      const x = X + <usize>first * S + column;
      const o = out + <usize>first * S + column;
      const steps = min(w, rows - first);
      if (k <= DEEPEST_OF_FOUR && w > 4 && i64x2.all_true(f64x2.eq(count, full)) && allPresent(x + history, steps, S, paired)) {
        listFour(x, w, S, paired, flip, work);
        if (k == 2) mergeFour(x + history, steps, S, paired, work, 2, weight, flip, o);
        else if (k == 1) mergeFour(x + history, steps, S, paired, work, 1, weight, flip, o);
        else mergeFour(x + history, steps, S, paired, work, 0, weight, flip, o);
        continue;
      }
      listSuffixes(x, w, S, paired, flip, size, suffixes, places);
      count = mergeRows(
        x, steps, w, S, history, paired, flip, size - 16, prefix, places, k, weight, full, count, minPeriods, levels, o,
      );
    }
    store2(counts + column, count, paired);
  }
}

/** Whether none of the rows is missing. */
function allPresent(x: usize, rows: i32, S: usize, paired: bool): bool {
  let strange = f64x2.splat(0);
  for (let r = 0; r < rows; r++) {
    const value = load2(x, paired);
    strange = v128.or(strange, f64x2.sub(value, value));
    x += S;
  }
  return i64x2.all_true(f64x2.eq(strange, f64x2.splat(0)));
}

/** Writes at 64 r the four least of the block's rows after r, in ascending order. */
function listFour(x: usize, w: i32, S: usize, paired: bool, flip: v128, lists: usize): void {
  let least = f64x2.splat(Infinity), second = least, third = least, fourth = least;
  let p = x + <usize>w * S;
  for (let list = lists + (<usize>(w - 1) << 6); ; list -= 64) {
    v128.store(list, least);
    v128.store(list, second, 16);
    v128.store(list, third, 32);
    v128.store(list, fourth, 48);
    if (list == lists) break;
    p -= S;
    const value = v128.xor(f64x2.add(load2(p, paired), f64x2.splat(0)), flip);
    fourth = f64x2.pmin(fourth, f64x2.pmax(third, value));
    third = f64x2.pmin(third, f64x2.pmax(second, value));
    second = f64x2.pmin(second, f64x2.pmax(least, value));
    least = f64x2.pmin(least, value);
  }
}

/** The block's rows one by one, all of them present, and the answers at o; k is known where it is compiled. */
// @ts-ignore: decorator
@inline
function mergeFour(
  x: usize, steps: i32, S: usize, paired: bool, lists: usize, k: i32, weight: f64, flip: v128, o: usize,
): void {
  let least = f64x2.splat(Infinity), second = least, third = least, fourth = least;
  for (let r = 0; r < steps; r++) {
    const value = v128.xor(f64x2.add(load2(x, paired), f64x2.splat(0)), flip);
    fourth = f64x2.pmin(fourth, f64x2.pmax(third, value));
    third = f64x2.pmin(third, f64x2.pmax(second, value));
    second = f64x2.pmin(second, f64x2.pmax(least, value));
    least = f64x2.pmin(least, value);
    // The four least of both: falling against rising, they first fall and then rise, and two rounds put them in order.
    const a = f64x2.pmin(v128.load(lists), fourth), b = f64x2.pmin(v128.load(lists, 16), third);
    const c = f64x2.pmin(v128.load(lists, 32), second), d = f64x2.pmin(v128.load(lists, 48), least);
    const lowAC = f64x2.pmin(a, c), lowBD = f64x2.pmin(b, d);
    const highAC = f64x2.pmax(a, c), highBD = f64x2.pmax(b, d);
    const kth = k == 0 ? f64x2.pmin(lowAC, lowBD) : k == 1 ? f64x2.pmax(lowAC, lowBD) : f64x2.pmin(highAC, highBD);
    const next = k == 0 ? f64x2.pmax(lowAC, lowBD) : k == 1 ? f64x2.pmin(highAC, highBD) : f64x2.pmax(highAC, highBD);
    store2(o, f64x2.add(v128.xor(interpolate(kth, next, weight), flip), f64x2.splat(0)), paired);
    lists += 64;
    x += S;
    o += S;
  }
}

/**
 * The block's rows one by one, its values so far in `prefix`, and the answers at `o`; returns the counts. A function of
 * its own, given all that does not change: engines then keep more of it in registers.
 */
function mergeRows(
  x: usize, steps: i32, w: i32, S: usize, history: usize, paired: bool, flip: v128, top: usize, prefix: usize,
  places: usize, k: i32, weight: f64, full: v128, count: v128, minPeriods: i32, levels: usize, o: usize,
): v128 {
  let p = x + history;
  let end: usize = 0;
  makeEmpty(prefix, top);
  for (let r = 0; r < steps; r++) {
    const value = orMissing(load2(p, paired));
    count = nextCount(count, value, orMissing(load2(p - history, paired)));
    const entering = ordered(value, flip);
    const reach = min(end + 16, top);
    if (v128.any_true(f64x2.lt(entering, v128.load(prefix + reach)))) {
      end = reach;
      insert(prefix, prefix, end, entering);
    }
    const suffix = <usize>load<u32>(places + (<usize>r << 2));
    const rest = w - 1 - r;
    const answer = i64x2.all_true(f64x2.eq(count, full))
      ? select(suffix, prefix, rest, r, k, weight, flip)
      : selectEach(suffix, prefix, rest, r, count, minPeriods, levels, flip);
    store2(o, answer, paired);
    p += S;
    o += S;
  }
  return count;
}

// The last of an odd number of columns goes with itself.

// @ts-ignore: decorator
@inline
function load2(x: usize, paired: bool): v128 {
  return paired ? v128.load(x) : v128.load_splat<f64>(x);
}

// @ts-ignore: decorator
@inline
function store2(x: usize, value: v128, paired: bool): void {
  store<f64>(x, f64x2.extract_lane(value, 0));
  if (paired) store<f64>(x, f64x2.extract_lane(value, 1), 8);
}

/** The two values so that what is looked for lies low, the missing ones last. */
// @ts-ignore: decorator
@inline
function ordered(value: v128, flip: v128): v128 {
  return f64x2.pmin(f64x2.splat(Infinity), v128.xor(value, flip));
}

// @ts-ignore: decorator
@inline
function makeEmpty(list: usize, top: usize): void {
  v128.store(list, f64x2.splat(-Infinity));
  for (let i: usize = 16; i <= top; i += 16) v128.store(list + i, f64x2.splat(Infinity));
}

/** The list at `to`: that at `from` with x in its place; what was last of `end` goes. */
// @ts-ignore: decorator
@inline
function insert(from: usize, to: usize, end: usize, x: v128): void {
  let above = v128.load(from + end);
  for (let i = end; i != 0; i -= 16) {
    const below = v128.load(from + i - 16);
    v128.store(to + i, f64x2.pmin(above, f64x2.pmax(below, x)));
    above = below;
  }
}

/** Writes at places[r] where the list of the block's rows after r is; one that its row does not change is not copied. */
function listSuffixes(
  x: usize, w: i32, S: usize, paired: bool, flip: v128, size: usize, lists: usize, places: usize,
): void {
  const top = size - 16;
  let list = lists;
  let p = x + <usize>w * S;
  let end: usize = 0;
  makeEmpty(list, top);
  store<u32>(places + (<usize>(w - 1) << 2), <u32>list);
  for (let r = w - 1; r > 0; r--) {
    p -= S;
    const entering = ordered(orMissing(load2(p, paired)), flip);
    if (end < top || v128.any_true(f64x2.lt(entering, v128.load(list + end)))) {
      const next = list + size;
      end = min(end + 16, top);
      v128.store(next, f64x2.splat(-Infinity));
      if (end < top) v128.store(next + end, f64x2.splat(Infinity), 16);
      insert(list, next, end, entering);
      list = next;
    }
    store<u32>(places + (<usize>(r - 1) << 2), <u32>list);
  }
}

/**
 * The quantile of two lists together, of which the one has at most `rest` values and the other at most r + 1. With
 * S₀ = P₀ = −∞ before the values S₁ ≤ S₂ … and P₁ ≤ P₂ …, and i + j = k + 1:
 * kth = min max(Sᵢ, Pⱼ),  next = max min(Sᵢ₊₁, Pⱼ₊₁)
 */
// @ts-ignore: decorator
@inline
function select(
  suffix: usize, prefix: usize, rest: i32, r: i32, k: i32, weight: f64, flip: v128,
): v128 {
  const start = max(0, k - r);
  let s = suffix + (<usize>start << 4);
  let p = prefix + (<usize>(k + 1 - start) << 4);
  const end = suffix + (<usize>min(k + 1, rest) << 4);
  let kth = f64x2.splat(Infinity);
  let next = f64x2.splat(-Infinity);
  let left = v128.load(s);
  let right = v128.load(p, 16);
  while (s <= end) {
    const leftNext = v128.load(s, 16);
    const rightBefore = v128.load(p);
    kth = f64x2.pmin(kth, f64x2.pmax(left, rightBefore));
    next = f64x2.pmax(next, f64x2.pmin(leftNext, right));
    left = leftNext;
    right = rightBefore;
    s += 16;
    p -= 16;
  }
  return f64x2.add(v128.xor(interpolate(kth, next, weight), flip), f64x2.splat(0));
}

/** As `select`, for columns that have their own numbers of present values. */
function selectEach(
  suffix: usize, prefix: usize, rest: i32, r: i32, count: v128, minPeriods: i32, levels: usize, flip: v128,
): v128 {
  let answer = f64x2.splat(NaN);
  const n = <i32>f64x2.extract_lane(count, 0);
  const m = <i32>f64x2.extract_lane(count, 1);
  if (n >= minPeriods) {
    answer = select(suffix, prefix, rest, r, <i32>at(levels, 2 * n), at(levels, 2 * n + 1), flip);
  }
  if (n == m) return answer;
  let other = f64x2.splat(NaN);
  if (m >= minPeriods) {
    other = select(suffix, prefix, rest, r, <i32>at(levels, 2 * m), at(levels, 2 * m + 1), flip);
  }
  return v128.shuffle<i64>(answer, other, 0, 3);
}
