import { type Matrix, QuantError } from "@astra-quant/core-linalg";
import { type CostTerm, totalCharge } from "./costs/cost-term.ts";

export interface Simulation {
  readonly equity: Float64Array;
  readonly returns: Float64Array;
  readonly pricePnl: Float64Array;
  readonly costPnl: Float64Array;
  readonly turnover: Float64Array;
  /** The row at whose end no capital was left; null when some always was. */
  readonly ruinRow: number | null;
}

/**
 * Walks through time with the weights held at each row. `held` is cleared after a ruin.
 *
 * At row t, with E the equity before it, w the weights held and r the assets' returns:
 *
 *     price = E · Σ w r        cost = −E · charge(w − previous w)
 *     returns[t] = Σ w r − charge        equity[t] = E + (price + cost)
 *
 * The weights are fractions of E at every bar: the book is rebalanced to them, and the trades that this needs
 * between two equal weights are not counted in turnover.
 */
export function simulate(
  assetReturns: Matrix,
  held: Matrix,
  costs: readonly CostTerm[],
  capital: number,
  refuse: (row: number, column: number, weight: number, value: number) => never,
): Simulation {
  const { rows, columns } = held;
  const equity = new Float64Array(rows);
  const returns = new Float64Array(rows);
  const pricePnl = new Float64Array(rows);
  const costPnl = new Float64Array(rows);
  const turnover = new Float64Array(rows);
  const trades = new Float64Array(columns);
  let ruinRow: number | null = null;
  equity[0] = capital;
  returns[0] = Number.NaN;
  for (let t = 1; t < rows; t++) {
    const before = equity[t - 1]!;
    if (ruinRow !== null) {
      held.data.fill(0, t * columns, (t + 1) * columns);
      equity[t] = before;
      continue;
    }
    let gross = 0;
    let traded = 0;
    for (let j = 0; j < columns; j++) {
      const weight = held.data[t * columns + j]!;
      trades[j] = weight - held.data[(t - 1) * columns + j]!;
      traded += Math.abs(trades[j]!);
      if (weight === 0) continue;
      const r = assetReturns.data[t * columns + j]!;
      if (!Number.isFinite(r)) refuse(t, j, weight, r);
      gross += weight * r;
    }
    const charge = totalCharge(costs, trades, t);
    turnover[t] = traded;
    returns[t] = gross - charge;
    pricePnl[t] = before * gross;
    costPnl[t] = 0 - before * charge;
    equity[t] = before + (pricePnl[t]! + costPnl[t]!);
    if (!(equity[t]! > 0 && returns[t]! > -1)) ruinRow = t;
  }
  return { equity, returns, pricePnl, costPnl, turnover, ruinRow };
}

/** Refuses an asset that is held over a bar without a return. */
export function refuseReturn(source: (column: number) => string) {
  return (row: number, column: number, weight: number, value: number): never => {
    throw new QuantError(
      "not-finite",
      `${source(column)} must give a finite return wherever a weight is held: row ${row} gives ${value} for weight ${weight}`,
      { row, column, weight, value },
    );
  };
}
