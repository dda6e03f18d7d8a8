import { QuantError } from "@astra-quant/core-linalg";
import { requireFinite } from "@astra-quant/core-linalg/guards";

/**
 * The share of short proceeds that may pay for longs: "none" (both sides are financed in full, as if they did not know of
 * each other), "full", or a fraction in [0, 1].
 */
export type Netting = "none" | "full" | number;

/** The netting, if it is one. */
export function requireNetting(netting: unknown): Netting {
  if (netting === "none" || netting === "full") return netting;
  if (typeof netting !== "number") {
    throw new QuantError(
      "option",
      `netting must be "none", "full" or a fraction, got ${typeof netting === "string" ? JSON.stringify(netting) : typeof netting}`,
      { argument: "netting" },
    );
  }
  const share = requireFinite("netting", netting);
  if (share >= 0 && share <= 1) return share;
  throw new QuantError("range", `netting must be between 0 and 1, got ${share}`, { argument: "netting" });
}

/** The fraction of short proceeds that pays for longs. */
export function nettedShare(netting: Netting = "none"): number {
  if (typeof netting === "number") return netting;
  return netting === "full" ? 1 : 0;
}
