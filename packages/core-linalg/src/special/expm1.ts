import { powerOfTwo } from "./bits.ts";
import { exactSum, fromDouble } from "./double-double.ts";
import { beyondLine, expOfPair, extendedExp } from "./extended-exp.ts";

/** ln2 ÷ 256: up to here e^x − 1 is its own series. */
const NEAR = 0.0027;

/**
 * e^x − 1, right where e^x would round to 1; the same bits on every engine, error below 0.51 ulp.
 *
 * expm1(−∞) = −1, expm1(∞) = ∞, expm1(±0) = ±0, expm1(NaN) = NaN.
 */
export function expm1(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) < 2 ** -54) return x;
  if (Math.abs(x) <= NEAR) return x + beyondLine(x);
  if (x > 100) return expOfPair(fromDouble(x));
  if (x < -40) return -1;
  const { high, low, exponent } = extendedExp(x, 0);
  const unit = powerOfTwo(exponent);
  const rest = exactSum(high * unit, -1);
  return rest.high + (rest.low + low * unit);
}
