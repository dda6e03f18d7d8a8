import { QuantError } from "@astra-quant/core-linalg";
import { requireFinite, requireFiniteVector, show } from "@astra-quant/core-linalg/guards";
import { type Line, type Position, requireBook } from "../pricing/position.ts";

/** A position as a margin model sees it. */
export interface MarginPosition {
  readonly asset: string;
  /** Signed: negative when short. */
  readonly notional: number;
  /** Present where the book gives shares. */
  readonly shares?: number;
  readonly price?: number;
}

/** What must be posted for a book. */
export interface MarginRequirement {
  /** In the book's currency, ≥ 0. */
  readonly total: number;
  /** What each position adds to it, in the book's order; negative for one that offsets others. */
  readonly positions: Float64Array;
}

/** A rule of margin: any object of this shape is one, a clearing house's own model included. */
export interface MarginModel {
  /** How the model is called in results and messages. */
  readonly name: string;
  requirement(positions: readonly MarginPosition[]): MarginRequirement;
}

function requireModel(model: unknown): MarginModel {
  if (typeof model === "object" && model !== null && "requirement" in model && "name" in model) {
    if (typeof model.requirement === "function" && typeof model.name === "string")
      return model as MarginModel;
  }
  throw new QuantError("option", `model must be a margin model { name, requirement }, got ${show(model)}`, {
    argument: "model",
  });
}

function withoutCurrency({ name, asset, notional, shares, price, currency }: Line): MarginPosition {
  if (currency === undefined) {
    return shares === undefined || price === undefined
      ? { asset, notional }
      : { asset, notional, shares, price };
  }
  throw new QuantError("data", `${name}.currency must be the account's for margin, got ${show(currency)}`, {
    argument: name,
  });
}

/**
 * What a margin model asks for a book in one currency.
 *
 * @throws QuantError "data" for a book that cannot be read, one in several currencies, or a model that answers with
 *   anything but finite amounts; "option" for what is no model.
 */
export function marginRequirement(book: readonly Position[], model: MarginModel): MarginRequirement {
  const { name, requirement } = requireModel(model);
  const positions = requireBook(book).map(withoutCurrency);
  const answer = requirement.call(model, positions);
  if (typeof answer !== "object" || answer === null) {
    throw new QuantError("data", `${name} must answer { total, positions }, got ${show(answer)}`, {
      argument: "model",
    });
  }
  return {
    total: requireFinite(`${name} total`, answer.total),
    positions: Float64Array.from(
      requireFiniteVector(`${name} positions`, answer.positions, positions.length),
    ),
  };
}
