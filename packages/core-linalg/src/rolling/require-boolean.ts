import { QuantError, show } from "../guards/quant-error.ts";

/** The value, if it is true or false. */
export function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new QuantError("option", `${name} must be true or false, got ${show(value)}`, {
    argument: name,
    value,
  });
}
