import { QuantError } from "@astra-quant/core-linalg";
import { requireVector, show } from "@astra-quant/core-linalg/guards";

/** The value, if it is a finite number or NaN (a missing observation). */
export function requireObservation(name: string, value: unknown): number {
  if (typeof value === "number" && value - value === 0) return value;
  if (Number.isNaN(value)) return Number.NaN;
  throw new QuantError(
    typeof value === "number" ? "not-finite" : "data",
    `${name} must be a finite number, or NaN where it is missing, got ${show(value)}`,
    { argument: name, value },
  );
}

/** The series, if every entry is finite or NaN. */
export function requireObservations(name: string, series: unknown, length?: number): Float64Array {
  const values = requireVector(name, series, length);
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) === Number.POSITIVE_INFINITY) requireObservation(`${name}[${i}]`, values[i]);
  }
  return values;
}
