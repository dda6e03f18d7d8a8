import { highWord, withHighWord } from "./bits.ts";
import {
  type DoubleDouble,
  exactProduct,
  exactSum,
  fromDouble,
  preciseSeries,
  product,
  quotient,
  scaled,
  sum,
} from "./double-double.ts";
import { polynomial } from "./polynomial.ts";

export const LN2: DoubleDouble = { high: Math.LN2, low: 2.3190468138462996e-17 };
const TWO_54 = 18014398509481984;

/** 1/(2n + 1) for n = 0 … 3: the terms that count beyond a double. */
const LEADING: readonly DoubleDouble[] = [
  { high: 1, low: 0 },
  { high: 0.3333333333333333, low: 1.850371707708594e-17 },
  { high: 0.2, low: -1.1102230246251566e-17 },
  { high: 0.14285714285714285, low: 7.93016446160826e-18 },
];
/** 1/(2n + 1) for n = 4 … 9. */
const TRAILING: readonly number[] = [1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17, 1 / 19];

const STEPS = 32; // table points a unit
const FIRST = 22; // 22 ÷ 32 < √½
const LAST = 46; // 46 ÷ 32 > √2

let table: readonly DoubleDouble[] | undefined;

/** log(i ÷ 32) around 1: 2 artanh((i − 32) ÷ (i + 32)) by its series. */
function logarithms(): readonly DoubleDouble[] {
  table ??= Array.from({ length: LAST - FIRST + 1 }, (_, k) => {
    const i = FIRST + k;
    const s = quotient(fromDouble(i - STEPS), fromDouble(i + STEPS));
    const square = product(s, s);
    let power = s;
    let total = s;
    for (let n = 3; n <= 45; n += 2) {
      power = product(power, square);
      total = sum(total, quotient(power, fromDouble(n)));
    }
    return scaled(total, 2);
  });
  return table;
}

/** log(1 + r) = 2 artanh(r ÷ (2 + r)) for |r| ≤ 1/40. */
function logNearOne(r: DoubleDouble): DoubleDouble {
  const s = quotient(r, sum(fromDouble(2), r));
  const z = product(s, s);
  const series = preciseSeries(z, LEADING, polynomial(z.high, TRAILING));
  return product(scaled(s, 2), series);
}

/**
 * The logarithm of a finite x > 0, to about 2⁻⁹⁸ of itself: x = 2^k · c (1 + r) with c the nearest 32nd part, whose
 * logarithm a table holds. Near 1 both k and log c are 0, so nothing cancels.
 */
export function preciseLog(x: DoubleDouble): DoubleDouble {
  let { high, low } = x;
  let k = 0;
  if (high < 2.2250738585072014e-308) {
    high *= TWO_54;
    low *= TWO_54;
    k = -54;
  }
  // Adding the distance from √½ to 1 in the upper word carries into the exponent exactly when the mantissa is ≥ √2.
  const upper = highWord(high);
  const shifted = upper + (0x3ff00000 - 0x3fe6a09e);
  k += (shifted >>> 20) - 1023;
  const mantissa = withHighWord(high, (shifted & 0x000fffff) + 0x3fe6a09e);
  const i = Math.round(mantissa * STEPS);
  const c = i / STEPS;
  const r = sum(fromDouble(mantissa - c), fromDouble(low === 0 ? 0 : (low / high) * mantissa));
  const fraction = logNearOne(i === STEPS ? r : quotient(r, fromDouble(c)));
  if (i === STEPS && k === 0) return fraction;
  const anchored = i === STEPS ? fraction : sum(logarithms()[i - FIRST]!, fraction);
  return sum(sum(exactProduct(k, LN2.high), fromDouble(k * LN2.low)), anchored);
}

/** log(1 + x) of a double x > −1, to about 2⁻⁹⁸ of itself. */
export function preciseLog1p(x: number): DoubleDouble {
  if (Math.abs(x) <= 1 / 64) return logNearOne(fromDouble(x));
  return preciseLog(exactSum(1, x));
}
