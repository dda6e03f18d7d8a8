import { simulate } from "./engine/simulate.ts";
import { type BacktestResult, resultOf } from "./result/result.ts";
import type { BacktestSpec } from "./spec/backtest-spec.ts";
import { readSpec } from "./spec/read-spec.ts";
import { assetTrades } from "./trades/trades.ts";

/**
 * What a panel of weights, shares or scores would have earned. What row t decides is filled at the close of row
 * t + lag − 1 and held over bar t + lag; costs are booked in that bar. Nothing is closed at the end.
 *
 * A bar goes in this order: decision, overlays in their order, the rule of rebalancing, what can be filled (a price, a
 * loan of shares, volume, cash, whole shares), costs, prices, carry, hedge, interest.
 *
 * @returns one entry a row in every series; costs are negative in `pnl`
 * @throws QuantError "not-finite" naming row and column where an asset is held that has no return, or where
 *   weights have a gap; "range" for prices that are not positive and for lag 0 without `allowLookAhead`;
 *   "shape", "option" and "data" for arguments that do not fit
 */
export function backtest(spec: BacktestSpec): BacktestResult {
  const { plan, axes, periodsPerYear } = readSpec(spec);
  const simulation = simulate(plan);
  const stuck = plan.overlays?.warning;
  return resultOf({
    simulation,
    trades: assetTrades,
    firstBar: plan.decisions.firstBar,
    periodsPerYear,
    lag: plan.lag,
    notes: stuck === undefined ? [] : [stuck],
    ...axes,
  });
}
