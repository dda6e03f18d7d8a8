import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireVector,
} from "@astra-quant/core-linalg/guards";

export interface PairSignalOptions {
  /**
   * A position is entered, against the deviation, where |z| exceeds this.
   * @defaultValue 2
   */
  readonly enter?: number;
  /**
   * A position is left where |z| falls below this; at most `enter`.
   * @defaultValue 0.5
   */
  readonly exit?: number;
  /** `'seed'` repeats the notebook: a position only on the very bars where |z| exceeds `enter`. */
  readonly parity?: "seed";
}

/** −1 short y, +1 long y, 0 neither: what this z-score alone calls for. */
function entrySide(z: number, enter: number): -1 | 0 | 1 {
  if (z > enter) return -1;
  return z < -enter ? 1 : 0;
}

/**
 * The position in a pair that each z-score calls for, to be held from the next bar on: +1 is long y and short
 * slope · x, −1 the reverse, 0 flat.
 *
 * z > `enter` goes short, z < −`enter` goes long (from flat and from the opposite position alike), |z| <
 * `exit` goes flat, anything between keeps the position. A NaN says nothing, so it keeps the position too:
 * before the first signal that is flat.
 *
 * @param zScore - one a bar, NaN where undefined
 * @throws QuantError "range" when `exit` exceeds `enter` or either is illegal, "shape" for no vector
 */
export function pairSignal(zScore: VectorLike, options: PairSignalOptions = {}): Int8Array {
  requireKnownOptions(options, ["enter", "exit", "parity"]);
  const { enter = 2, exit = 0.5, parity } = options;
  requirePositive("enter", enter);
  requireNonNegative("exit", exit);
  if (exit > enter) {
    throw new QuantError("range", `exit must be at most enter (${enter}), got ${exit}`, { enter, exit });
  }
  if (parity !== undefined) requireOneOf("parity", parity, ["seed"]);
  const z = requireVector("zScore", zScore);
  const position = new Int8Array(z.length);
  let held = 0;
  for (let t = 0; t < z.length; t++) {
    const side = entrySide(z[t]!, enter);
    const stays = parity === undefined && side === 0 && !(Math.abs(z[t]!) < exit);
    if (!stays) held = side;
    position[t] = held;
  }
  return position;
}
