import { at, high, low } from "./tile";

/** 1 when every entry is finite and equals its mirror image, else 0. */
export function isFiniteAndSymmetric(A: usize, N: i32): i32 {
  const S = <usize>N << 3;
  const even = N & ~1;
  let products = f64x2.splat(0); // 0 × x is 0 for finite x only
  let equal = i64x2.splat(-1);
  for (let i: i32 = 0; i < even; i += 2) {
    let row = A + <usize>i * S;
    let column = A + (<usize>i << 3);
    const end = row + (<usize>i << 3);
    for (; row != end; row += 16) {
      const a = v128.load(row), b = v128.load(row + S);
      const c = v128.load(column), d = v128.load(column + S);
      products = f64x2.add(products, f64x2.mul(f64x2.splat(0), f64x2.add(f64x2.abs(a), f64x2.abs(b))));
      equal = v128.and(equal, v128.and(f64x2.eq(a, low(c, d)), f64x2.eq(b, high(c, d))));
      column += S << 1;
    }
    const a = v128.load(row), b = v128.load(row + S);
    products = f64x2.add(products, f64x2.mul(f64x2.splat(0), f64x2.add(f64x2.abs(a), f64x2.abs(b))));
    equal = v128.and(equal, f64x2.eq(high(a, a), low(b, b)));
  }
  let sum = f64x2.extract_lane(products, 0) + f64x2.extract_lane(products, 1);
  for (let j: i32 = 0; even < N && j < N; j++) {
    const last = at(A, even * N + j);
    sum += 0 * last;
    if (last != at(A, j * N + even)) return 0;
  }
  return sum == 0 && i64x2.all_true(equal) ? 1 : 0;
}
