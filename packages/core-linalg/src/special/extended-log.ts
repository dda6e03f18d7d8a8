import { highWord, powerOfTwo } from "./bits.ts";
import { type DoubleDouble, exactProduct, fromDouble } from "./double-double.ts";
import { LN2, preciseLog } from "./precise-log.ts";

const TWO_54 = 18014398509481984;
const SPLITTER = 134217729; // 2²⁷ + 1

/** 1/3 − r/4 + r²/5 − … + r⁶/9: what log(1 + r) has beyond r − r²/2, over r³. */
function beyondSquare(r: number): number {
  return 1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 + r * (-1 / 8 + r * (1 / 9))))));
}

const STEPS = 128; // table points a unit
const FIRST = 91; // 128 ÷ √2, rounded
const LAST = 181; // 128 √2, rounded

/** Anchors in two parts, the first a multiple of 2⁻⁴², so that its sum with an exponent's share is exact. */
const GRID = 2 ** 42;
const LN2_HIGH: number = Math.round(LN2.high * GRID) / GRID;
const LN2_LOW: number = LN2.high - LN2_HIGH + LN2.low;

interface Anchors {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

let anchors: Anchors | undefined;

/** −log(j ÷ 128) at j − 91. */
function logarithms(): Anchors {
  if (anchors !== undefined) return anchors;
  const high = new Float64Array(LAST - FIRST + 1);
  const low = new Float64Array(high.length);
  for (let i = 0; i < high.length; i++) {
    const value = preciseLog(fromDouble((FIRST + i) / STEPS));
    high[i] = -Math.round(value.high * GRID) / GRID;
    low[i] = -(value.high + high[i]! + value.low);
  }
  anchors = { high, low };
  return anchors;
}

/** base + baseLow + log(1 + r + rLow) for |r| < 0.0056 and a base that is 0 or larger than r. */
function anchored(base: number, baseLow: number, r: number, rLow: number): DoubleDouble {
  const square = exactProduct(r, r);
  const half = 0.5 * square.high;
  const first = base + r;
  const second = first - half;
  const lost = base - first + r + (first - second - half) + (baseLow - 0.5 * square.low + (rLow - r * rLow));
  const low = lost + r * square.high * beyondSquare(r);
  const high = second + low;
  return { high, low: second - high + low };
}

/**
 * log(x + tail) of a finite x > 0 and a tail within half a unit of its last place, to about 2⁻⁶⁸ of itself.
 *
 * x = 2^k m with √½ ≤ m < √2, and m · (j ÷ 128) = 1 + r for the j that brings it nearest to 1: both products of the
 * halves of m are exact. Near 1 both k and log(j ÷ 128) are 0, so nothing cancels.
 */
export function extendedLog(x: number, tail: number): DoubleDouble {
  let k = 0;
  let normal = x;
  if (x < 2.2250738585072014e-308) {
    normal = x * TWO_54;
    k = -54;
  }
  // Adding the distance from √½ to 1 in the upper word carries into the exponent exactly when the mantissa is ≥ √2.
  const shifted = highWord(normal) + (0x3ff00000 - 0x3fe6a09e);
  const exponent = (shifted >>> 20) - 1023;
  k += exponent;
  const m = normal * powerOfTwo(-exponent);
  const j = Math.floor(STEPS / m + 0.5);
  const c = j / STEPS;
  const spread = SPLITTER * m;
  const upper = spread - (spread - m);
  const a = upper * c - 1;
  const b = (m - upper) * c;
  const r = a + b;
  const part = r - a;
  const rLow = a - (r - part) + (b - part);
  const { high, low } = logarithms();
  const baseLow = k * LN2_LOW + low[j - FIRST]! + (tail === 0 ? 0 : tail / x);
  return anchored(k * LN2_HIGH + high[j - FIRST]!, baseLow, r, rLow);
}

/** log(1 + x) of a double x > −1, to about 2⁻⁶⁸ of itself. */
export function extendedLog1p(x: number): DoubleDouble {
  if (Math.abs(x) < 1 / 256) return anchored(0, 0, x, 0);
  const sum = 1 + x;
  const part = sum - 1;
  return extendedLog(sum, 1 - (sum - part) + (x - part));
}
