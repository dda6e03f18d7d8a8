import type { VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  QuantError,
  requireFiniteVector,
  requireKnownOptions,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";

/** What a likelihood-ratio or similar test says of a hypothesis. */
export interface TestResult {
  readonly statistic: number;
  /** The probability of a statistic at least as bad when the hypothesis holds. */
  readonly pValue: number;
}

/** Days that exceeded (1) and days that did not (0). */
export function requireExceptions(exceptions: VectorLike): Float64Array {
  const hits = requireFiniteVector("exceptions", exceptions);
  if (hits.length === 0) {
    throw new QuantError("shape", "exceptions must have at least one entry, got 0", {
      argument: "exceptions",
    });
  }
  const strange = hits.findIndex((hit) => hit !== 0 && hit !== 1);
  if (strange < 0) return hits;
  throw new QuantError("data", `exceptions[${strange}] must be 0 or 1, got ${hits[strange]}`, {
    argument: "exceptions",
    index: strange,
    value: hits[strange],
  });
}

/** A forecast of one loss for every day, or for each its own. */
export function requireForecast(name: string, forecast: unknown, days: number): Float64Array {
  return typeof forecast === "number"
    ? requireFiniteVector(name, new Float64Array(days).fill(forecast))
    : requireFiniteVector(name, forecast, days);
}

export interface VarExceptionsOptions {
  /** The value at risk forecast for each day, a positive loss, or one for all. */
  readonly valueAtRisk: VectorLike | number;
  readonly out?: Float64Array;
}

/**
 * 1 for every day whose loss was greater than its value at risk, 0 for the others: the series that the tests of this room
 * take. A forecast belongs to the return of its own row: made before that day, on nothing later.
 *
 * @throws QuantError "shape" for lengths that differ, "not-finite" for a NaN.
 */
export function varExceptions(returns: VectorLike, options: VarExceptionsOptions): Float64Array {
  requireKnownOptions(options, ["valueAtRisk", "out"]);
  const realised = requireReturns("returns", returns);
  const forecast = requireForecast("valueAtRisk", options.valueAtRisk, realised.length);
  const hits = outputVector(options.out, realised.length);
  for (let t = 0; t < hits.length; t++) hits[t] = -realised[t]! > forecast[t]! ? 1 : 0;
  return hits;
}
