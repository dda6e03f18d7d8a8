import type { Matrix } from "@astra-quant/core-linalg";
import type { Settings } from "../regression/options.ts";
import { Profile } from "./profile.ts";

/** The largest magnitude of what is there. */
export function largestPresent(values: Float64Array): number {
  return values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
}

/** The power of two next below a positive number. */
function powerOfTwoBelow(value: number): number {
  let power = 1;
  while (power > value) power /= 2;
  while (2 * power <= value) power *= 2;
  return power;
}

/** Rounds of finding the unit: each of the first may uncover ten digits more. */
const ROUNDS = 8;
/** Below this the variance of the residuals is mostly rounding of a likelihood. */
const UNCERTAIN = 1e-10;

/**
 * A power of two in which the noise of y around constant coefficients is near 1. A profile finds its sum of squares as a
 * difference of log-likelihoods, which has digits only where it is no small part of them.
 */
export function noiseUnit(
  X: Matrix,
  y: Float64Array,
  options: Pick<Settings, "intercept" | "drift">,
): number {
  const largest = largestPresent(y);
  if (largest === 0) return 1;
  let unit = powerOfTwoBelow(largest);
  for (let round = 0; round < ROUNDS; round++) {
    const inUnit = y.map((value) => value / unit);
    const profile = new Profile(X, inUnit, options);
    if (profile.innovations < 1) break;
    const variance = Math.max(profile.at(0).observationVariance, UNCERTAIN);
    if (variance > 1 / 16 && variance < 16) break;
    const next = unit * powerOfTwoBelow(Math.sqrt(variance));
    if (!(next > 0) || largest / next > 1 / Number.EPSILON) break;
    unit = next;
  }
  return unit;
}
