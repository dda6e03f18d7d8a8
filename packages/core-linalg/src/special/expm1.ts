import { fromDouble, toDouble } from "./double-double.ts";
import { expOfPrecise, preciseExpm1 } from "./precise-exp.ts";

/**
 * e^x − 1, right where e^x would round to 1; the same bits on every engine, error below 0.51 ulp.
 *
 * expm1(−∞) = −1, expm1(∞) = ∞, expm1(±0) = ±0, expm1(NaN) = NaN.
 */
export function expm1(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) < 2 ** -54) return x;
  if (x > 100) return expOfPrecise(fromDouble(x));
  return x < -40 ? -1 : toDouble(preciseExpm1(fromDouble(x)));
}
