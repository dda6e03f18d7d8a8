/** Which way a position stands. */
export type Side = "long" | "short" | "flat";

/** The side of a signed notional. */
export function sideOf(notional: number): Side {
  if (notional === 0) return "flat";
  return notional > 0 ? "long" : "short";
}
