import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** What is traded for one bar, all of it at once, at the close of the row before. Not to be written to. */
export interface Orders {
  /** The bar that the trades are for, and that their costs are booked in. */
  readonly row: number;
  /** The row at whose close they are filled: the bar before. */
  readonly fillRow: number;
  /** Capital at the fill, money. */
  readonly equity: number;
  /** Money bought (positive) or sold of each asset. */
  readonly values: Float64Array;
  /** The price of each fill; absent when the backtest was given returns. */
  readonly prices?: Float64Array;
}

/** What a backtest charges for trading: any object of this shape is a cost term. */
export interface CostTerm {
  /** How the term is called in messages. */
  readonly name: string;
  /**
   * Adds what each asset's trade costs, in money and positive when it costs, to `costs`. The backtest books it
   * with the opposite sign.
   */
  charge(orders: Orders, costs: Float64Array): void;
}

function isCostTerm(term: unknown): term is CostTerm {
  if (typeof term !== "object" || term === null) return false;
  return (
    "name" in term && typeof term.name === "string" && "charge" in term && typeof term.charge === "function"
  );
}

/** The terms, if each has the shape of one. */
export function requireCostTerms(costs: unknown): readonly CostTerm[] {
  if (!Array.isArray(costs)) {
    throw new QuantError("option", `costs must be an array of cost terms, got ${show(costs)}`, {
      argument: "costs",
    });
  }
  return Array.from(costs as readonly unknown[], (term, i) => {
    if (isCostTerm(term)) return term;
    throw new QuantError("option", `costs[${i}] must be a cost term { name, charge }, got ${show(term)}`, {
      argument: "costs",
      index: i,
    });
  });
}

/** Fills `paid`, which holds zeros, with what all terms charge for one bar's trades, negative, and adds it up. */
export function chargeAll(terms: readonly CostTerm[], orders: Orders, paid: Float64Array): number {
  for (const term of terms) term.charge(orders, paid);
  let total = 0;
  for (let j = 0; j < paid.length; j++) {
    const cost = 0 - paid[j]!;
    paid[j] = cost;
    total += cost;
  }
  return Number.isFinite(total) ? total : refuseCharge(terms, orders, paid);
}

/** Asks the terms again, one by one, which of them lost count. */
function refuseCharge(terms: readonly CostTerm[], orders: Orders, costs: Float64Array): never {
  const { row } = orders;
  const broken = () => costs.findIndex((cost) => !Number.isFinite(cost));
  costs.fill(0);
  const term = terms.find((each) => {
    each.charge(orders, costs);
    return broken() >= 0;
  });
  const column = broken();
  if (term === undefined || column < 0) {
    throw new QuantError("data", `the costs of row ${row} must add up within the doubles`, { row });
  }
  throw new QuantError(
    "data",
    `cost term ${show(term.name)} must charge finite money, got ${costs[column]} for column ${column} at row ${row}`,
    { term: term.name, row, column, value: costs[column] },
  );
}
