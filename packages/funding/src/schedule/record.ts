import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** The entries of a plain object by name; arrays, Maps and typed arrays have none, and are refused. */
export function requireRecord(name: string, rule: string, value: unknown): [string, unknown][] {
  if (Object.prototype.toString.call(value) === "[object Object]") return Object.entries(value as object);
  throw new QuantError("data", `${name} must be ${rule}, got ${show(value)}`, { argument: name });
}
