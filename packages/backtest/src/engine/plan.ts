import type { CostTerm } from "../costs/cost-term.ts";
import type { Fills } from "../fills/fill.ts";
import type { CashRates } from "../financing/cash-interest.ts";
import type { Carry } from "../financing/financing.ts";
import type { OverlayChain } from "../overlay/overlay-chain.ts";
import type { RebalanceRule } from "../rebalance/rebalance.ts";
import type { Decisions } from "../spec/decisions.ts";
import type { Market } from "../spec/market.ts";
import type { Holdings } from "./holdings.ts";

/** A backtest that has been read: what the engine needs and nothing else. */
export interface Plan {
  readonly market: Market;
  readonly decisions: Decisions;
  readonly lag: number;
  readonly capital: number;
  readonly rule: RebalanceRule;
  readonly holdings: Holdings;
  readonly costs: readonly CostTerm[];
  readonly overlays?: OverlayChain;
  readonly fills?: Fills;
  readonly carry?: Carry;
  readonly cash?: CashRates;
  /** How a column is called where a return is missing that a position needs. */
  readonly sourceOf: (column: number) => string;
}
