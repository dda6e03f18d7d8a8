import { orderingSpace, risingOrder } from "../../core-linalg/kernels/shared/rising-order";

/** The bytes of workspace that `rankCorrelations` needs for rows of n entries. */
export function workspace(n: i32): usize {
  return 2 * (<usize>(n + 2) << 3) + 2 * ((<usize>n << 2) + 16) + (<usize>n << 2) + orderingSpace(n);
}

/**
 * Spearman's correlation of each of `rows` rows of x and y, of N ≤ 65,536 entries, over the entries that are finite in
 * both; NaN with fewer than `least` ≥ 2 of them, or where one side does not vary.
 *
 * With s_i = Σ_j sign(x_i − x_j) and u_i likewise it is Σ s u ÷ √(Σ s² Σ u²), integers until the end.
 */
export function rankCorrelations(x: usize, y: usize, rows: i32, N: i32, least: i32, work: usize, out: usize): void {
  const pairsX = work, pairsY = pairsX + (<usize>(N + 2) << 3);
  const signsX = pairsY + (<usize>(N + 2) << 3), signsY = signsX + (<usize>N << 2) + 16;
  const order = signsY + (<usize>N << 2) + 16;
  const ordering = order + (<usize>N << 2);
  const S = <usize>N << 3;
  for (let r = 0; r < rows; r++) {
    const n = takePairs(x, y, N, pairsX, pairsY);
    let answer: f64 = NaN;
    if (n >= least) {
      signs(pairsX, n, order, ordering, signsX);
      signs(pairsY, n, order, ordering, signsY);
      answer = cosine(signsX, signsY, n);
    }
    store<f64>(out, answer);
    x += S;
    y += S;
    out += 8;
  }
}

/** Copies the entries that are finite in both; how many there are. */
// @ts-ignore: decorator
@inline
function takePairs(x: usize, y: usize, N: i32, pairsX: usize, pairsY: usize): i32 {
  let n = 0;
  for (let j: usize = 0; j < <usize>N << 3; j += 8) {
    const a = load<f64>(x + j), b = load<f64>(y + j);
    store<f64>(pairsX + (<usize>n << 3), a);
    store<f64>(pairsY + (<usize>n << 3), b);
    n += i32(a - a == 0) & i32(b - b == 0);
  }
  return n;
}

/** Σ_j sign(x_i − x_j) of each of n values. */
function signs(x: usize, n: i32, order: usize, ordering: usize, out: usize): void {
  risingOrder(x, n, order, ordering);
  let first = 0;
  let value = load<f64>(x + (<usize>load<u32>(order) << 3));
  for (let k = 1; k <= n; k++) {
    const next = k < n ? load<f64>(x + (<usize>load<u32>(order + (<usize>k << 2)) << 3)) : Infinity;
    if (next == value) continue;
    for (let i = first; i < k; i++) {
      store<i32>(out + (<usize>load<u32>(order + (<usize>i << 2)) << 2), first + k - n);
    }
    first = k;
    value = next;
  }
}

/** Σ s u ÷ √(Σ s² Σ u²). */
// @ts-ignore: decorator
@inline
function cosine(s: usize, u: usize, n: i32): f64 {
  // Up to three lanes too many are loaded.
  for (let i: usize = 0; i < 16; i += 4) {
    store<i32>(s + (<usize>n << 2) + i, 0);
    store<i32>(u + (<usize>n << 2) + i, 0);
  }
  let su = i64x2.splat(0), ss = su, uu = su;
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const a = v128.load(s + i), b = v128.load(u + i);
    su = i64x2.add(su, i64x2.add(i64x2.extmul_low_i32x4_s(a, b), i64x2.extmul_high_i32x4_s(a, b)));
    ss = i64x2.add(ss, i64x2.add(i64x2.extmul_low_i32x4_s(a, a), i64x2.extmul_high_i32x4_s(a, a)));
    uu = i64x2.add(uu, i64x2.add(i64x2.extmul_low_i32x4_s(b, b), i64x2.extmul_high_i32x4_s(b, b)));
  }
  const squaresX = sumOf(ss), squaresY = sumOf(uu);
  return squaresX > 0 && squaresY > 0 ? sumOf(su) / Math.sqrt(squaresX * squaresY) : NaN;
}

/** Two lanes, as a double. */
// @ts-ignore: decorator
@inline
function sumOf(lanes: v128): f64 {
  return <f64>(i64x2.extract_lane(lanes, 0) + i64x2.extract_lane(lanes, 1));
}
