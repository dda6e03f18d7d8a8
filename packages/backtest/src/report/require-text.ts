import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** The value, if it is a text. */
export function requireText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new QuantError("option", `${name} must be a text, got ${show(value)}`, { argument: name, value });
}
