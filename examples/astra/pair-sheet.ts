import { tearSheet } from "@astra-quant/backtest";
import type { DeskReport } from "./desk.ts";

/** The pair's backtest on a page of its own. */
export function pairSheet({ market, backtest }: DeskReport): string {
  const { x, y } = market.pairNames;
  const simulated = "The market is simulated: the names are the deck’s, the prices are not theirs";
  const warnings = market.simulated ? [simulated, ...backtest.warnings] : backtest.warnings;
  return tearSheet(
    { ...backtest, warnings, dates: market.pair.index, lag: 1 },
    { title: `Kalman pair ${y} on ${x}` },
  );
}
