import { powerOfTwo } from "./bits.ts";
import {
  type DoubleDouble,
  exactProduct,
  fromDouble,
  product,
  quotient,
  scaled,
  sum,
} from "./double-double.ts";
import { LN2 } from "./precise-log.ts";

const STEPS = 128; // table points an octave
const PER_STEP: number = STEPS * Math.LOG2E;
/** ln2 ÷ 128 in two parts, the first short enough that its multiples are exact. */
const GRID = 2 ** 42;
const STEP_HIGH: number = Math.round((LN2.high / STEPS) * GRID) / GRID;
const STEP_LOW: number = LN2.high / STEPS - STEP_HIGH + LN2.low / STEPS;

interface Anchors {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

let anchors: Anchors | undefined;

/** 2^(i ÷ 128) at i, each by the Taylor series of e^(i ln2 ÷ 128). */
function roots(): Anchors {
  if (anchors !== undefined) return anchors;
  const high = new Float64Array(STEPS);
  const low = new Float64Array(STEPS);
  for (let i = 0; i < STEPS; i++) {
    const x = product(scaled(LN2, 1 / STEPS), fromDouble(i));
    let term = fromDouble(1);
    let total = term;
    for (let n = 1; n <= 30; n++) {
      term = quotient(product(term, x), fromDouble(n));
      total = sum(total, term);
    }
    high[i] = total.high;
    low[i] = total.low;
  }
  anchors = { high, low };
  return anchors;
}

/** 2^exponent · (high + low). */
export interface ScaledPair extends DoubleDouble {
  readonly exponent: number;
}

/** e^r − 1 − r = r²/2 + r³/6 + … for |r| ≤ ln2 ÷ 256. */
export function beyondLine(r: number): number {
  return r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))))));
}

/** e^(x + tail) to about 2⁻⁶⁸ of itself for x within ±800 and a small tail: x = (128 exponent + i) ln2 ÷ 128 + r. */
export function extendedExp(x: number, tail: number): ScaledPair {
  const n = Math.floor(x * PER_STEP + 0.5);
  const i = n & (STEPS - 1);
  const near = x - n * STEP_HIGH;
  const rest = tail - n * STEP_LOW;
  const r = near + rest;
  const part = r - near;
  const rLow = near - (r - part) + (rest - part);
  const table = roots();
  const root = table.high[i]!;
  const rootLow = table.low[i]!;
  const stretch = exactProduct(root, r);
  const leading = root + stretch.high;
  const lost = root - leading + stretch.high + (stretch.low + rootLow * (1 + r));
  const low = lost + root * (rLow + beyondLine(r));
  const high = leading + low;
  return { high, low: leading - high + low, exponent: (n - i) / STEPS };
}

const OVERFLOW = 709.79;
const UNDERFLOW = -745.2;

/**
 * e^x rounded to a double: ∞ and 0 beyond the doubles. The error is half a unit of the last place, three quarters of a
 * subnormal's.
 */
export function expOfPair(x: DoubleDouble): number {
  if (!(x.high <= OVERFLOW)) return x.high > OVERFLOW ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x.high < UNDERFLOW) return 0;
  const { high, exponent } = extendedExp(x.high, x.low);
  if (exponent > 1022) return high * 2 * powerOfTwo(exponent - 1);
  if (exponent >= -1021) return high * powerOfTwo(exponent);
  return high * powerOfTwo(exponent + 1000) * powerOfTwo(-1000); // a subnormal result is rounded once, here
}
