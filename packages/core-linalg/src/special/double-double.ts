/** A number as the unevaluated sum of two doubles, the second within half a unit of the first one's last place. */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

const SPLITTER = 134217729; // 2²⁷ + 1: halves a mantissa so that products of the halves are exact

export function fromDouble(x: number): DoubleDouble {
  return { high: x, low: 0 };
}

export function toDouble(x: DoubleDouble): number {
  return x.high + x.low;
}

/** high + low brought to standard form, for |high| ≥ |low|. */
function renormalized(high: number, low: number): DoubleDouble {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** a + b without any loss (Knuth's two-sum). */
export function exactSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const part = sum - a;
  return { high: sum, low: a - (sum - part) + (b - part) };
}

/** a × b without any loss (Dekker), for factors below 2⁹⁹⁶ and a product in the normal range. */
export function exactProduct(a: number, b: number): DoubleDouble {
  const product = a * b;
  const aShift = SPLITTER * a;
  const aHigh = aShift - (aShift - a);
  const aLow = a - aHigh;
  const bShift = SPLITTER * b;
  const bHigh = bShift - (bShift - b);
  const bLow = b - bHigh;
  return { high: product, low: aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

export function negative(x: DoubleDouble): DoubleDouble {
  return { high: -x.high, low: -x.low };
}

/** x + y, to about 2⁻¹⁰⁴ of the larger one of the terms even where they cancel. */
export function sum(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const high = exactSum(x.high, y.high);
  const low = exactSum(x.low, y.low);
  const once = renormalized(high.high, high.low + low.high);
  return renormalized(once.high, once.low + low.low);
}

/** x y, to about 2⁻¹⁰² of itself. */
export function product(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const high = exactProduct(x.high, y.high);
  return renormalized(high.high, high.low + (x.high * y.low + x.low * y.high));
}

/** x ÷ y, to about 2⁻¹⁰⁰ of itself. */
export function quotient(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const first = x.high / y.high;
  const rest = sum(x, negative(product(fromDouble(first), y)));
  return renormalized(first, toDouble(rest) / y.high);
}

/** x · unit for a power of two: exact but for underflow. */
export function scaled(x: DoubleDouble, unit: number): DoubleDouble {
  return { high: x.high * unit, low: x.low * unit };
}

/** c[0] + c[1] x + … + c[n − 1] xⁿ⁻¹ + next · xⁿ by Horner's rule, the coefficients to 106 bits. */
export function preciseSeries(x: DoubleDouble, c: readonly DoubleDouble[], next: number): DoubleDouble {
  let value = fromDouble(next);
  for (let i = c.length - 1; i >= 0; i--) value = sum(product(value, x), c[i]!);
  return value;
}
