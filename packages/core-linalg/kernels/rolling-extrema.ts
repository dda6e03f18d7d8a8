import { nextCount, orMissing } from "./shared/missing";

/** The doubles of workspace that `extrema` needs for N columns and a window of w rows. */
export function workspace(N: i32, w: i32): i32 {
  return ((N + 1) & ~1) * (w + 1);
}

/**
 * The smallest present value of the last w rows at each of `rows` rows of N columns, or the largest. X
 * begins with the w rows before; `counts` holds how many of those are present, and is brought up to date. Time is cut
 * into blocks of w rows: a window is the end of one and the beginning of the next.
 */
export function extrema(
  X: usize, rows: i32, N: i32, w: i32, minPeriods: i32, largest: bool, counts: usize, work: usize, out: usize,
): void {
  const S = <usize>N << 3;
  const P = <usize>((N + 1) & ~1) << 3;
  const flip = f64x2.splat(largest ? -0.0 : 0.0);
  const enough = f64x2.splat(<f64>minPeriods);
  const none = f64x2.splat(Infinity);
  const prefix = work + <usize>w * P;
  const history = <usize>w * S;
  for (let first = 0; first < rows; first += w) {
    const before = X + <usize>first * S;
    for (let c: usize = 0; c < P; c += 16) {
      v128.store(prefix + c, none);
      v128.store(prefix - P + c, none);
    }
    for (let r = w - 2; r >= 0; r--) {
      const x = before + <usize>(r + 1) * S;
      const suffix = work + <usize>r * P;
      for (let c: usize = 0; c < P; c += 16) {
        const value = v128.xor(orMissing(v128.load(x + c)), flip);
        v128.store(suffix + c, f64x2.pmin(v128.load(suffix + P + c), value));
      }
    }
    const steps = min(w, rows - first);
    for (let r = 0; r < steps; r++) {
      const x = before + history + <usize>r * S;
      const suffix = work + <usize>r * P;
      const o = out + <usize>(first + r) * S;
      for (let c: usize = 0; c < P; c += 16) {
        const value = orMissing(v128.load(x + c));
        const count = nextCount(v128.load(counts + c), value, orMissing(v128.load(x - history + c)));
        const least = f64x2.pmin(v128.load(prefix + c), v128.xor(value, flip));
        v128.store(counts + c, count);
        v128.store(prefix + c, least);
        const answer = v128.xor(f64x2.pmin(least, v128.load(suffix + c)), flip);
        v128.store(o + c, v128.or(answer, f64x2.lt(count, enough)));
      }
    }
  }
}
