import { requireKnownOptions, requireNonNegative } from "@astra-quant/core-linalg/guards";
import type { CostTerm, Orders } from "./cost-term.ts";

export interface LinearCostOptions {
  /** Basis points of the traded notional, one way: 5 is 0.05 %. */
  readonly bps: number;
}

/**
 * A commission in proportion to what is traded: bps ÷ 10 000 × |money traded|.
 *
 * @throws QuantError "range" or "not-finite" unless bps ≥ 0
 */
export function linearCost(options: LinearCostOptions): CostTerm {
  requireKnownOptions(options, ["bps"]);
  const rate = requireNonNegative("bps", options?.bps) / 10_000;
  return {
    name: "linear",
    charge({ values }: Orders, costs: Float64Array): void {
      for (let j = 0; j < values.length; j++) costs[j]! += rate * Math.abs(values[j]!);
    },
  };
}
