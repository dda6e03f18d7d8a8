import { QuantError } from "@astra-quant/core-linalg";
import { requireVector, show } from "@astra-quant/core-linalg/guards";

/** The largest magnitude whose square, as part of a variance, is safely a double. */
const LARGEST = 1e150;

/** The value, if it is a finite number whose square is one too, or NaN (a missing observation). */
export function requireObservation(name: string, value: unknown): number {
  if (typeof value === "number" && Math.abs(value) <= LARGEST) return value;
  if (Number.isNaN(value)) return Number.NaN;
  if (Number.isFinite(value)) {
    throw new QuantError("range", `${name} must be at most ${LARGEST} in magnitude, got ${value}`, {
      argument: name,
      value,
    });
  }
  throw new QuantError(
    typeof value === "number" ? "not-finite" : "data",
    `${name} must be a finite number, or NaN where it is missing, got ${show(value)}`,
    { argument: name, value },
  );
}

/** Row-major values, if each is an observation; `nameOf` tells where the one stands that is not. */
export function requireObserved(values: Float64Array, nameOf: (index: number) => string): void {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) > LARGEST) requireObservation(nameOf(i), values[i]);
  }
}

/** The series, if every entry is an observation. */
export function requireObservations(name: string, series: unknown, length?: number): Float64Array {
  const values = requireVector(name, series, length);
  requireObserved(values, (i) => `${name}[${i}]`);
  return values;
}
