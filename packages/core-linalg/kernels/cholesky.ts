export { isFiniteAndSymmetric } from "./shared/symmetric";
import { factorStrips, factorWorkspace, stripLength } from "./shared/cholesky";
import { at, high, low, put } from "./shared/tile";

/** The doubles of workspace that `cholesky` needs for size N. */
export function workspace(N: i32): i32 {
  return factorWorkspace(N);
}

/**
 * A = LLᵀ for the lower triangle of A (N×N). Returns 0, with L in A's place and zeros above its diagonal; or 1 + the
 * index of the first pivot that is not above `threshold` times its own diagonal entry.
 */
export function cholesky(A: usize, N: i32, threshold: f64, work: usize): i32 {
  const failed = factorStrips(A, N, threshold, work);
  if (failed != 0) return failed;
  const strips = (N + 3) >> 2;
  const length = stripLength(N);
  for (let i = 0; i < strips; i++) unpack(work + <usize>i * length, i, N, A);
  return 0;
}

/** Writes strip i as rows of L, zeros to their ends. */
function unpack(strip: usize, i: i32, N: i32, L: usize): void {
  const S = <usize>N << 3;
  const first = L + <usize>(i * 4) * S;
  const whole = min(i * 4 + 4, N) & ~3;
  if (i * 4 + 4 <= N) {
    let row = first;
    const end = strip + (<usize>whole << 5);
    for (let p = strip; p != end; p += 128) {
      const a = v128.load(p), b = v128.load(p, 32), c = v128.load(p, 64), d = v128.load(p, 96);
      v128.store(row, low(a, b)); v128.store(row, low(c, d), 16);
      v128.store(row + S, high(a, b)); v128.store(row + S, high(c, d), 16);
      const e = v128.load(p, 16), f = v128.load(p, 48), g = v128.load(p, 80), h = v128.load(p, 112);
      v128.store(row + 2 * S, low(e, f)); v128.store(row + 2 * S, low(g, h), 16);
      v128.store(row + 3 * S, high(e, f)); v128.store(row + 3 * S, high(g, h), 16);
      row += 32;
    }
    for (let r: i32 = 0; r < 4; r++) {
      memory.fill(first + <usize>r * S + (<usize>whole << 3), 0, <usize>(N - whole) << 3);
    }
    return;
  }
  for (let r: i32 = 0; i * 4 + r < N; r++) {
    for (let k: i32 = 0; k < N; k++) put(first, r * N + k, at(strip, k * 4 + r));
  }
}
