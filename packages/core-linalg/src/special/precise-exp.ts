import { powerOfTwo } from "./bits.ts";
import {
  type DoubleDouble,
  exactProduct,
  fromDouble,
  preciseSeries,
  product,
  quotient,
  scaled,
  sum,
  toDouble,
} from "./double-double.ts";
import { polynomial } from "./polynomial.ts";
import { LN2 } from "./precise-log.ts";

const ONE: DoubleDouble = { high: 1, low: 0 };
/** 1/n! for n = 1 … 6: the terms that count beyond a double. */
const LEADING: readonly DoubleDouble[] = [
  ONE,
  { high: 0.5, low: 0 },
  { high: 0.16666666666666666, low: 9.25185853854297e-18 },
  { high: 0.041666666666666664, low: 2.3129646346357427e-18 },
  { high: 0.008333333333333333, low: 1.1564823173178714e-19 },
  { high: 0.001388888888888889, low: -5.300543954373577e-20 },
];
/** 1/n! for n = 7 … 14. */
const TRAILING: readonly number[] = [
  1 / 5040,
  1 / 40320,
  1 / 362880,
  1 / 3628800,
  1 / 39916800,
  1 / 479001600,
  1 / 6227020800,
  1 / 87178291200,
];

const STEPS = 32; // table points a unit
const REACH = 12; // table points on each side: beyond ln2 ÷ 2

let table: readonly DoubleDouble[] | undefined;

/** e^(j ÷ 32) for |j| ≤ 12, each by its Taylor series. */
function exponentials(): readonly DoubleDouble[] {
  table ??= Array.from({ length: 2 * REACH + 1 }, (_, i) => {
    const x = fromDouble((i - REACH) / STEPS);
    let term = ONE;
    let total = ONE;
    for (let n = 1; n <= 30; n++) {
      term = quotient(product(term, x), fromDouble(n));
      total = sum(total, term);
    }
    return total;
  });
  return table;
}

/** e^x = 2^exponent · fraction, or 2^exponent · (1 + excess) where x is so small that 1 would swallow it. */
interface Exponential {
  readonly exponent: number;
  /** e^(j ÷ 32), or undefined for j = 0. */
  readonly anchor: DoubleDouble | undefined;
  /** e^t − 1 with |t| ≤ 1/64. */
  readonly excess: DoubleDouble;
}

/** x = exponent · ln2 + j ÷ 32 + t. */
function reduced(x: DoubleDouble): Exponential {
  const exponent = Math.round(x.high * Math.LOG2E);
  const multiple = sum(exactProduct(-exponent, LN2.high), fromDouble(-exponent * LN2.low));
  const r = sum(x, multiple);
  const j = Math.round(r.high * STEPS);
  const t = sum(r, fromDouble(-j / STEPS));
  const excess = product(t, preciseSeries(t, LEADING, polynomial(t.high, TRAILING)));
  return { exponent, anchor: j === 0 ? undefined : exponentials()[j + REACH], excess };
}

function fractionOf({ anchor, excess }: Exponential): DoubleDouble {
  return anchor === undefined ? sum(ONE, excess) : sum(anchor, product(anchor, excess));
}

/** e^x to about 2⁻⁹⁵ of itself for x within ±800, as a fraction near 1 and a power of two. */
export function preciseExp(x: DoubleDouble): { fraction: DoubleDouble; exponent: number } {
  const parts = reduced(x);
  return { fraction: fractionOf(parts), exponent: parts.exponent };
}

/** e^x − 1 to about 2⁻⁹⁵ of itself, for −40 < x < 709. */
export function preciseExpm1(x: DoubleDouble): DoubleDouble {
  const parts = reduced(x);
  if (parts.exponent === 0 && parts.anchor === undefined) return parts.excess;
  const unit = powerOfTwo(parts.exponent);
  return sum(scaled(fractionOf(parts), unit), fromDouble(-1));
}

const OVERFLOW = 709.79;
const UNDERFLOW = -745.2;

/** e^x rounded to a double: ∞ and 0 beyond the doubles. The error is half a unit of the last place, three quarters of a
 * subnormal's. */
export function expOfPrecise(x: DoubleDouble): number {
  if (!(x.high <= OVERFLOW)) return x.high > OVERFLOW ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x.high < UNDERFLOW) return 0;
  const { fraction, exponent } = preciseExp(x);
  const leading = toDouble(fraction);
  if (exponent > 1022) return leading * 2 * powerOfTwo(exponent - 1);
  if (exponent >= -1021) return leading * powerOfTwo(exponent);
  return leading * powerOfTwo(exponent + 1000) * powerOfTwo(-1000); // a subnormal result is rounded once, here
}
