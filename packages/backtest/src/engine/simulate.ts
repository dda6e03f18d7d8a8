import { QuantError } from "@astra-quant/core-linalg";
import { chargeAll, type Orders } from "../costs/cost-term.ts";
import { interestOn } from "../financing/cash-interest.ts";
import { carryOf } from "../financing/financing.ts";
import type { BacktestEvent } from "../result/backtest-event.ts";
import { DecidedWeights } from "./decided-weights.ts";
import { type Ledger, newLedger } from "./ledger.ts";
import type { Plan } from "./plan.ts";
import { refuseReturn } from "./refuse-return.ts";

/** What was booked, and what came in between. */
export interface Simulation {
  readonly ledger: Ledger;
  readonly events: readonly BacktestEvent[];
  /** The row at whose end no capital was left; null when some always was. */
  readonly ruinRow: number | null;
}

/**
 * Walks through time. At bar t, with E the equity at the close before, h the weights held there, w those held over the
 * bar and r the assets' returns, asset by asset and then summed in the order of the columns:
 *
 *     traded = E (w − h)      price = E w r      cost = −charge(traded)      carry = −E |w| rate
 *     cash = (E − Σ E w) interest      hedge = what the overlays settle
 *     equity[t] = E + ((((price + cost) + carry) + hedge) + cash)      returns[t] = that sum ÷ E
 */
export function simulate(plan: Plan): Simulation {
  const { rows } = plan.market;
  const bars = new Bars(plan);
  let ruinRow: number | null = null;
  for (let t = 1; t < rows; t++) {
    if (ruinRow === null) {
      bars.trade(t);
      if (bars.settle(t)) ruinRow = t;
    } else {
      bars.ledger.equity[t] = bars.ledger.equity[t - 1]!;
    }
  }
  return { ledger: bars.ledger, events: bars.events, ruinRow };
}

function refuseCapital(row: number, before: number, total: number): never {
  throw new QuantError(
    "not-finite",
    `capital must stay within the doubles: row ${row} adds ${total} to ${before}`,
    { row, value: total },
  );
}

class Bars {
  readonly ledger: Ledger;
  readonly events: BacktestEvent[] = [];
  readonly #plan: Plan;
  readonly #held: Float64Array;
  readonly #weights: Float64Array;
  readonly #traded: Float64Array;
  readonly #wanted: Float64Array;
  /** The prices of a fill, a copy: cost terms are anybody's. */
  readonly #quotes: Float64Array;
  readonly #decided: DecidedWeights;

  constructor(plan: Plan) {
    const { market, capital, costs, carry } = plan;
    const { columns } = market;
    this.#plan = plan;
    this.ledger = newLedger(market, capital, { cost: costs.length > 0, carry: carry !== undefined });
    this.#held = new Float64Array(columns);
    this.#weights = new Float64Array(columns);
    this.#traded = new Float64Array(columns);
    this.#wanted = new Float64Array(columns);
    this.#quotes = new Float64Array(columns);
    this.#decided = new DecidedWeights(plan);
  }

  /** Goes from what is held at the close before a bar to what is held over it, and books what that costs. */
  trade(t: number): void {
    const { market, holdings, overlays, fills } = this.#plan;
    const [held, weights] = [this.#held, this.#weights];
    const equity = this.ledger.equity[t - 1]!;
    holdings.weigh(t, equity, held);
    const moment = { row: t, fillRow: t - 1, equity, held };
    const changed = this.#decided.read(moment, weights);
    const urgent = overlays?.adjust(weights, moment, this.events) ?? false;
    if (!urgent) this.#await(t, changed);
    fills?.restrain(weights, moment, this.events);
    holdings.take(t, equity, weights, held);
    this.#bookTrades(t, equity, market.columns);
  }

  /** Leaves as it is what the rule of rebalancing does not trade yet, but for what the last fill left over. */
  #await(t: number, changed: boolean): void {
    const { rule, decisions, fills } = this.#plan;
    const [held, weights, wanted] = [this.#held, this.#weights, this.#wanted];
    if (fills !== undefined) wanted.set(weights);
    const { firstBar } = decisions;
    if (!rule.apply({ row: t, firstBar, changed, wanted: weights, held })) weights.set(held);
    if (fills === undefined) return;
    for (let j = 0; j < wanted.length; j++) if (fills.leftOver[j] === 1) weights[j] = wanted[j]!;
  }

  #bookTrades(t: number, equity: number, n: number): void {
    const [held, weights, traded] = [this.#held, this.#weights, this.#traded];
    const { costs, market } = this.#plan;
    let turnover = 0;
    for (let j = 0; j < n; j++) {
      const change = weights[j]! - held[j]!;
      turnover += Math.abs(change);
      traded[j] = equity * change;
    }
    this.ledger.turnover[t] = turnover;
    if (costs.length === 0 || turnover === 0) return;
    const { data } = this.ledger.positions.cost;
    const paid = data.subarray(t * n, (t + 1) * n);
    const fill: Orders = { row: t, fillRow: t - 1, equity, values: traded };
    if (market.prices !== undefined) this.#quotes.set(market.prices.data.subarray((t - 1) * n, t * n));
    const orders = market.prices === undefined ? fill : { ...fill, prices: this.#quotes };
    this.ledger.pnl.cost[t] = chargeAll(costs, orders, paid);
  }

  /** Books what a bar brought; true when nothing is left. */
  settle(t: number): boolean {
    const { carry, cash, overlays, holdings } = this.#plan;
    const { equity, returns, pnl } = this.ledger;
    const before = equity[t - 1]!;
    const moves = this.#plan.market.returnsAt(t);
    const invested = this.#bookPrices(t, before, moves);
    if (carry !== undefined) this.#bookCarry(t);
    const own = pnl.price[t]! + pnl.cost[t]! + pnl.carry[t]!;
    if (overlays !== undefined)
      pnl.hedge[t] = overlays.settle(
        {
          row: t,
          equity: before,
          weights: this.#weights,
          returns: moves,
          pnl: own,
        },
        this.events,
      );
    if (cash !== undefined) pnl.cash[t] = interestOn(cash, t, before - invested);
    const total = own + pnl.hedge[t]! + pnl.cash[t]!;
    equity[t] = before + total;
    returns[t] = total / before;
    if (!Number.isFinite(equity[t]! + returns[t]!)) refuseCapital(t, before, total);
    holdings.drift(moves);
    this.#closeMissing(t);
    if (equity[t]! > 0 && returns[t]! > -1) return false;
    this.events.push({ row: t, kind: "ruin", reason: "no capital is left: nothing is held from here on" });
    return true;
  }

  /** The sum of the positions' values. */
  #bookPrices(t: number, equity: number, moves: Float64Array): number {
    const { ledger } = this;
    const weights = this.#weights;
    const n = weights.length;
    const value = ledger.positions.value.data;
    // Four declarations, not one of an array: engines take what comes out of an array for anything at all.
    let earned = 0;
    let gross = 0;
    let net = 0;
    let invested = 0;
    for (let j = 0, k = t * n; j < n; j++, k++) {
      const weight = weights[j]!;
      if (weight === 0) continue;
      const money = equity * weight;
      value[k] = money;
      earned += money * moves[j]!;
      gross += Math.abs(weight);
      net += weight;
      invested += money;
    }
    if (!Number.isFinite(earned)) this.#requireReturns(t, equity, moves);
    ledger.pnl.price[t] = earned;
    ledger.gross[t] = gross;
    ledger.net[t] = net;
    return invested;
  }

  #bookCarry(t: number): void {
    const n = this.#weights.length;
    const { value, carry } = this.ledger.positions;
    const earned = carry.data.subarray(t * n, (t + 1) * n);
    carryOf(this.#plan.carry!, t, value.data.subarray(t * n, (t + 1) * n), earned);
    let total = 0;
    for (let j = 0; j < n; j++) total += earned[j]!;
    this.ledger.pnl.carry[t] = total;
  }

  /** Ends the positions whose price is gone. */
  #closeMissing(t: number): void {
    const { market, holdings } = this.#plan;
    if (market.closes === undefined) return;
    for (let j = 0; j < market.columns; j++) {
      if (market.closes[t * market.columns + j] === 0 || this.#weights[j] === 0) continue;
      holdings.close(j);
      this.events.push({
        row: t,
        asset: j,
        kind: "delisting",
        reason: "the price is missing from here on: the position is closed",
      });
    }
  }

  /** Refuses the first position whose return makes no money; all of them together may still be beyond the doubles. */
  #requireReturns(t: number, equity: number, moves: Float64Array): void {
    this.#weights.forEach((weight, j) => {
      if (weight !== 0 && !Number.isFinite(equity * weight * moves[j]!))
        refuseReturn(this.#plan, t, j, `weight ${weight}`);
    });
  }
}
