import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { ByAsset } from "../spec/row-values.ts";
import { atFill } from "./at-fill.ts";
import type { CostTerm, Orders } from "./cost-term.ts";

export interface HalfSpreadOptions {
  /** The quoted spread, ask less bid, in basis points of the price: for all, an entry an asset, or time × assets. */
  readonly spreadBps: ByAsset;
}

/**
 * Crossing the spread: half of it on each trade, spreadBps ÷ 20 000 × |money traded|.
 *
 * @throws QuantError "range" for a spread that is negative or missing
 */
export function halfSpread(options: HalfSpreadOptions): CostTerm {
  requireKnownOptions(options, ["spreadBps"]);
  const spreadAt = atFill(
    "spreadBps",
    options?.spreadBps,
    "non-negative and finite",
    (x) => x >= 0 && x < Number.POSITIVE_INFINITY,
  );
  return {
    name: "half-spread",
    charge(orders: Orders, costs: Float64Array): void {
      const spread = spreadAt(orders);
      for (let j = 0; j < spread.length; j++)
        costs[j]! += (spread[j]! / 20_000) * Math.abs(orders.values[j]!);
    },
  };
}
