// Windows are cut into blocks of `window` rows. Four columns of a block are walked side by side, as two pairs: a chain
// of additions waits for itself, and two chains wait together. Lanes beyond the last column hold what lies behind it;
// they are computed and never stored.

/** Columns that are walked side by side. */
// @ts-ignore: decorator
@inline
export const TILE: i32 = 4;

/**
 * Whether the four columns hold nothing but values below 2¹⁰²⁴ ÷ scale: then no sum of theirs leaves the doubles. What
 * is infinite or NaN once multiplied differs from itself.
 */
// @ts-ignore: decorator
@inline
export function fits(columns: usize, rows: i32, stride: usize, scale: f64): bool {
  const factor = f64x2.splat(scale);
  let strange = f64x2.splat(0);
  let p = columns;
  for (let row = 0; row < rows; row++) {
    const left = f64x2.mul(v128.load(p), factor), right = f64x2.mul(v128.load(p, 16), factor);
    strange = v128.or(strange, v128.or(f64x2.sub(left, left), f64x2.sub(right, right)));
    p += stride;
  }
  return !v128.any_true(strange);
}

/** {@link fits} for a single column whose rows lie side by side. */
// @ts-ignore: decorator
@inline
export function fitsOnce(column: usize, rows: i32, scale: f64): bool {
  let strange: f64 = 0;
  for (let p = column; p < column + (<usize>rows << 3); p += 8) {
    const value = load<f64>(p) * scale;
    strange += value - value;
  }
  return strange == 0;
}

/** All ones in the lanes whose value is finite. */
// @ts-ignore: decorator
@inline
export function presentIn(values: v128): v128 {
  return f64x2.eq(f64x2.sub(values, values), f64x2.splat(0));
}

/** The first finite value of each of two columns, walking `rows` rows of `step` bytes; 0 where there is none. */
// @ts-ignore: decorator
@inline
export function firstPresent(pair: usize, rows: i32, step: isize): v128 {
  let found = f64x2.splat(0), seen = found;
  let p = pair;
  for (let row = 0; row < rows; row++) {
    const values = v128.load(p);
    const present = presentIn(values);
    found = v128.bitselect(values, found, v128.andnot(present, seen));
    seen = v128.or(seen, present);
    if (i64x2.all_true(seen)) break;
    p += step;
  }
  return found;
}

/** A sum of products of deviations, grown by the product of two more: a b × weight. */
// @ts-ignore: decorator
@inline
export function grownBy(sum: v128, a: v128, b: v128, weight: v128): v128 {
  return f64x2.add(sum, f64x2.mul(f64x2.mul(a, b), weight));
}

/** Writes the answers of a pair of columns, or of the one that is left over. */
// @ts-ignore: decorator
@inline
export function storePair(at: usize, answers: v128, width: i32): void {
  if (width > 1) v128.store(at, answers);
  else store<f64>(at, f64x2.extract_lane(answers, 0));
}

/** Writes the answers of the columns there are. */
// @ts-ignore: decorator
@inline
export function storeTile(at: usize, left: v128, right: v128, width: i32): void {
  storePair(at, left, width);
  if (width > 2) storePair(at + 16, right, width - 2);
}

/** The values, NaN for an infinity. */
// @ts-ignore: decorator
@inline
export function withinDoubles(values: v128): v128 {
  return f64x2.add(values, f64x2.mul(values, f64x2.splat(0)));
}
