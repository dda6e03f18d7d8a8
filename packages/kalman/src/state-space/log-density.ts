import { log } from "@astra-quant/core-linalg";

export const LOG_TWO_PI = 1.8378770664093453;

/** The logarithm of a normal density at `deviation` from its mean. */
export function logDensity(deviation: number, variance: number): number {
  return -0.5 * (LOG_TWO_PI + log(variance) + (deviation * deviation) / variance);
}

/** What an observation adds to the log-likelihood that settles an unknown direction: the exact diffuse term. */
export function diffuseLogDensity(diffuseVariance: number): number {
  return -0.5 * (LOG_TWO_PI + log(diffuseVariance));
}
