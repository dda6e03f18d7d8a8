import { QuantError, show } from "./quant-error.ts";

function refuse(name: string, rule: string, value: unknown): never {
  const code = typeof value === "number" && !Number.isFinite(value) ? "not-finite" : "range";
  throw new QuantError(code, `${name} must be ${rule}, got ${show(value)}`, { argument: name, rule, value });
}

/** The value, if it is a number; NaN is one, and means that it is missing. */
export function requireNumber(name: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new QuantError("data", `${name} must be a number, got ${show(value)}`, { argument: name, value });
}

/** The value, if it is a finite number. */
export function requireFinite(name: string, value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : refuse(name, "a finite number", value);
}

/** The value, if it is finite and > 0. */
export function requirePositive(name: string, value: unknown): number {
  const legal = typeof value === "number" && value > 0 && Number.isFinite(value);
  return legal ? value : refuse(name, "positive and finite", value);
}

/** The value, if it is finite and ≥ 0. */
export function requireNonNegative(name: string, value: unknown): number {
  const legal = typeof value === "number" && value >= 0 && Number.isFinite(value);
  return legal ? value : refuse(name, "non-negative and finite", value);
}

/** The value, if it is an integer in [least, greatest]. */
export function requireInteger(
  name: string,
  value: unknown,
  least: number,
  greatest: number = Number.MAX_SAFE_INTEGER,
): number {
  const legal = Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= greatest;
  const upper = greatest === Number.MAX_SAFE_INTEGER ? "" : ` and ≤ ${greatest}`;
  return legal ? (value as number) : refuse(name, `an integer ≥ ${least}${upper}`, value);
}

/** The value, if it lies strictly between 0 and 1. */
export function requireProbability(name: string, value: unknown): number {
  const legal = typeof value === "number" && value > 0 && value < 1;
  return legal ? value : refuse(name, "strictly between 0 and 1", value);
}
