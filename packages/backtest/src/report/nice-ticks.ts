/** Round numbers along an axis. */
export interface NiceTicks {
  /** Ascending, within the range asked for. */
  readonly values: readonly number[];
  /** 1, 2 or 5 times a power of ten. */
  readonly step: number;
  /** The power of ten of the step: −2 for 0.05. */
  readonly exponent: number;
}

function powerOfTen(exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i++) power *= 10;
  return power;
}

/** `count` × 10^exponent, rounded once where the power is below 10^23, and alike on every engine. */
export const scaled = (count: number, exponent: number): number =>
  exponent < 0 ? count / powerOfTen(-exponent) : count * powerOfTen(exponent);

function exponentBelow(x: number): number {
  let exponent = 0;
  for (let bound = x; bound >= 10; bound /= 10) exponent++;
  for (let bound = x; bound < 1; bound *= 10) exponent--;
  return exponent;
}

/**
 * Multiples of 1, 2 or 5 × 10^k from `low` to `high`: no more than `most` + 1 of them, by arithmetic that is the same on
 * every engine. A range without width, or that is not finite, has the one tick `low`.
 */
export function niceTicks(low: number, high: number, most: number): NiceTicks {
  const raw = (high - low) / most;
  if (!(raw > 1e-300 && Number.isFinite(raw))) return { values: [low], step: 0, exponent: 0 };
  const exponent = exponentBelow(raw);
  const mantissa = [1, 2, 5].find((m) => scaled(m, exponent) >= raw) ?? 10;
  const step = scaled(mantissa, exponent);
  const values: number[] = [];
  for (let k = Math.ceil(low / step); k <= Math.floor(high / step); k++) {
    values.push(scaled(k * mantissa, exponent));
  }
  return { values, step, exponent: mantissa === 10 ? exponent + 1 : exponent };
}
