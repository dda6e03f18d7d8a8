import { tanhPair } from "../../core-linalg/kernels/shared/special";

/**
 * |p − held| for the position p of each signal in `rows` rows of N at x: tanh of twice the signal, or the signal itself.
 * `held` holds the positions of the row before, and is brought up to date; a signal that is not finite has none, NaN. Of an
 * odd number of columns one more is computed; the answers may overwrite the signals.
 */
export function positionChanges(x: usize, rows: i32, N: i32, asTanh: bool, held: usize, out: usize): void {
  const width = <usize>(N & ~1) << 3;
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < width; j += 16) {
      const wanted = positionsOf(v128.load(x + j), asTanh);
      v128.store(out + j, f64x2.abs(f64x2.sub(wanted, v128.load(held + j))));
      v128.store(held + j, wanted);
    }
    if (N & 1) {
      const wanted = positionsOf(v128.load_splat<f64>(x + width), asTanh);
      const before = v128.load_splat<f64>(held + width);
      store<f64>(out + width, f64x2.extract_lane(f64x2.abs(f64x2.sub(wanted, before)), 0));
      store<f64>(held + width, f64x2.extract_lane(wanted, 0));
    }
    x += <usize>N << 3;
    out += <usize>N << 3;
  }
}

// @ts-ignore: decorator
@inline
function positionsOf(signals: v128, asTanh: bool): v128 {
  const missing = f64x2.ne(f64x2.sub(signals, signals), f64x2.splat(0));
  if (!asTanh) return v128.or(signals, missing);
  return v128.or(tanhPair(f64x2.mul(f64x2.splat(2), v128.andnot(signals, missing))), missing);
}
