import { requireOneOf } from "@astra-quant/core-linalg/guards";

/** True for the seed's own behaviour, false when nothing is asked. */
export function requireSeedParity(parity: unknown): boolean {
  return parity !== undefined && requireOneOf("parity", parity, ["seed"]) === "seed";
}
