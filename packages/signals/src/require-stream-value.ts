import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** The value pushed into a stream, if it is a number; NaN is one, and means that it is missing. */
export function requireStreamValue(name: string, x: unknown): number {
  if (typeof x === "number") return x;
  throw new QuantError("data", `${name} must be a number, got ${show(x)}`, { argument: name, value: x });
}
