import { QuantError, requireFinite, requirePositive, show } from "@astra-quant/core-linalg/guards";

/**
 * One line of a book: shares (negative when short, fractions allowed) at a price, or a signed notional. A line
 * that carries all three must agree with itself.
 */
export type Position =
  | { readonly asset: string; readonly shares: number; readonly price: number; readonly notional?: number }
  | { readonly asset: string; readonly notional: number };

/** A notional computed from the same shares and price differs by rounding only. */
const AGREEMENT = 1e-9;

/** The name of the line's asset. */
export function requireAsset(name: string, position: unknown): string {
  if (typeof position !== "object" || position === null) {
    throw new QuantError("data", `${name} must be a position, got ${show(position)}`, { argument: name });
  }
  const asset = "asset" in position ? position.asset : undefined;
  if (typeof asset === "string" && asset !== "") return asset;
  throw new QuantError("data", `${name}.asset must be a name, got ${show(asset)}`, { argument: name });
}

/** The line's signed notional, in the currency of its price. */
export function signedNotional(name: string, position: Position): number {
  const { shares, price, notional } = position as Partial<Record<"shares" | "price" | "notional", number>>;
  if (shares === undefined && price === undefined && notional === undefined) {
    throw new QuantError("data", `${name} must have shares and a price, or a notional`, { argument: name });
  }
  if (shares === undefined && price === undefined) return requireFinite(`${name}.notional`, notional);
  const product = requireFinite(`${name}.shares`, shares) * requirePositive(`${name}.price`, price);
  requireFinite(`${name}.shares × price`, product);
  if (notional === undefined) return product;
  if (!(Math.abs(requireFinite(`${name}.notional`, notional) - product) <= AGREEMENT * Math.abs(product))) {
    throw new QuantError(
      "data",
      `${name}.notional must equal shares × price where all are given, got ${notional} against ${product}`,
      { argument: name, notional, product },
    );
  }
  return notional;
}
