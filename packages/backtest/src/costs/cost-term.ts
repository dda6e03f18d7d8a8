import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** What a backtest charges for trading: any object of this shape is a cost term. */
export interface CostTerm {
  /** How the term is called in messages. */
  readonly name: string;
  /**
   * What one bar's trades cost, as a fraction of the capital before the bar: positive when it costs. The
   * backtest books it with the opposite sign.
   *
   * @param trades - change of each asset's weight at this bar, not to be written to
   * @param row - the bar
   */
  charge(trades: Float64Array, row: number): number;
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

/** The sum of what the terms charge for one bar. */
export function totalCharge(costs: readonly CostTerm[], trades: Float64Array, row: number): number {
  let total = 0;
  for (const term of costs) {
    const charge = term.charge(trades, row);
    if (!Number.isFinite(charge)) {
      throw new QuantError(
        "data",
        `cost term ${show(term.name)} must charge a finite number, got ${show(charge)} at row ${row}`,
        {
          term: term.name,
          row,
          value: charge,
        },
      );
    }
    total += charge;
  }
  return total;
}
