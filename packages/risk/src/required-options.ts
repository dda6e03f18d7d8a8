import { QuantError, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";

/** As `requireKnownOptions`, for functions that cannot work without options: leaving them out is refused too. */
export function requireOptions(options: object, known: readonly string[]): void {
  if (options === undefined) {
    throw new QuantError("option", `options must be an object, got ${show(options)}`, { value: options });
  }
  requireKnownOptions(options, known);
}
