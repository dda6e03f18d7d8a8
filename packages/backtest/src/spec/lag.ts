import { QuantError } from "@astra-quant/core-linalg";
import { requireBoolean, requireInteger } from "@astra-quant/core-linalg/guards";

/** The lag, at least 1 unless looking ahead was asked for by name. */
export function requireLag(lag: number, allowLookAhead: boolean): number {
  requireBoolean("allowLookAhead", allowLookAhead);
  if (lag === 0 && !allowLookAhead) {
    throw new QuantError(
      "range",
      "lag must be an integer ≥ 1, got 0: a bar would earn with weights that know its return (allowLookAhead: true insists)",
      { argument: "lag", value: lag },
    );
  }
  return requireInteger("lag", lag, allowLookAhead ? 0 : 1);
}
