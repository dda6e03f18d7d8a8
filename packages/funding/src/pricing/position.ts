import { QuantError, requireFinite, requirePositive, show } from "@astra-quant/core-linalg/guards";

/**
 * One line of a book: shares (negative when short, fractions allowed) at a price, or a signed notional. A line
 * that carries all three must agree with itself. A line in another currency than the schedule's names it.
 */
export type Position =
  | {
      readonly asset: string;
      readonly shares: number;
      readonly price: number;
      readonly notional?: number;
      readonly currency?: string;
    }
  | { readonly asset: string; readonly notional: number; readonly currency?: string };

/** A position that has been read: its signed notional, and what it was made of. */
export interface Line {
  readonly name: string;
  readonly asset: string;
  /** In the line's own currency, negative when short. */
  readonly notional: number;
  readonly shares?: number;
  readonly price?: number;
  /** Absent for the schedule's own. */
  readonly currency?: string;
}

/** A notional computed from the same shares and price differs by rounding only. */
const AGREEMENT = 1e-9;

function requireAsset(name: string, position: unknown): string {
  if (typeof position !== "object" || position === null) {
    throw new QuantError("data", `${name} must be a position, got ${show(position)}`, { argument: name });
  }
  const asset = "asset" in position ? position.asset : undefined;
  if (typeof asset === "string" && asset !== "") return asset;
  throw new QuantError("data", `${name}.asset must be a name, got ${show(asset)}`, { argument: name });
}

function signedNotional(name: string, position: Position): number {
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

function requireCurrency(name: string, currency: unknown): string | undefined {
  if (currency === undefined || (typeof currency === "string" && currency !== "")) return currency;
  throw new QuantError("data", `${name}.currency must be a name, got ${show(currency)}`, { argument: name });
}

/** The position, if it can be read. */
export function requireLine(name: string, position: Position): Line {
  const asset = requireAsset(name, position);
  const notional = signedNotional(name, position);
  const currency = requireCurrency(name, position.currency);
  const named = currency === undefined ? {} : { currency };
  if (!("shares" in position) || position.shares === undefined) return { name, asset, notional, ...named };
  return { name, asset, notional, shares: position.shares, price: position.price, ...named };
}

/** The lines of a book of at least one position. */
export function requireBook(book: readonly Position[]): Line[] {
  if (!Array.isArray(book) || book.length === 0) {
    throw new QuantError("data", `book must be an array of at least one position, got ${show(book)}`, {
      argument: "book",
    });
  }
  return Array.from(book as readonly Position[], (position, i) => requireLine(`book[${i}]`, position));
}
