import { nextCount, orMissing } from "./shared/missing";

/** The doubles of workspace that `ranks` needs for `rows` rows and a window of w rows. */
export function workspace(rows: i32, w: i32): i32 {
  return (rows + w) * 2;
}

/**
 * The rank of each of `rows` rows of N columns among the present values of the last w rows: less × `perLess` +
 * (less or equal) × `perLessOrEqual` + `offset`, and that ÷ their number when `relative`. X begins with the w rows
 * before; `counts` holds how many of those are present, and is brought up to date.
 */
export function ranks(
  X: usize, rows: i32, N: i32, w: i32, minPeriods: i32,
  perLess: f64, perLessOrEqual: f64, offset: f64, relative: bool,
  counts: usize, work: usize, out: usize,
): void {
  const S = <usize>N << 3;
  const enough = f64x2.splat(<f64>minPeriods);
  const history = <usize>w << 4;
  for (let j = 0; j < N; j += 2) {
    const column = <usize>j << 3;
    let x = X + column;
    for (let r = 0; r < rows + w; r++) {
      v128.store(work + (<usize>r << 4), orMissing(v128.load(x)));
      x += S;
    }
    let count = v128.load(counts + column);
    let o = out + column;
    const end = work + (<usize>(rows + w) << 4);
    for (let p = work + history; p != end; p += 16) {
      const value = v128.load(p);
      let less = i64x2.splat(0);
      let lessOrEqual = less;
      for (let i = p - history + 16; i <= p; i += 16) {
        const other = v128.load(i);
        less = i64x2.sub(less, f64x2.lt(other, value));
        lessOrEqual = i64x2.sub(lessOrEqual, f64x2.le(other, value));
      }
      count = nextCount(count, value, v128.load(p - history));
      let rank = f64x2.add(
        f64x2.add(f64x2.mul(toDoubles(less), f64x2.splat(perLess)), f64x2.mul(toDoubles(lessOrEqual), f64x2.splat(perLessOrEqual))),
        f64x2.splat(offset),
      );
      if (relative) rank = f64x2.div(rank, count);
      rank = v128.or(rank, v128.or(f64x2.ne(value, value), f64x2.lt(count, enough)));
      store<f64>(o, f64x2.extract_lane(rank, 0));
      if (j + 1 < N) store<f64>(o, f64x2.extract_lane(rank, 1), 8);
      o += S;
    }
    v128.store(counts + column, count);
  }
}

// @ts-ignore: decorator
@inline
function toDoubles(counts: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(counts, counts, 0, 2, 0, 2));
}
