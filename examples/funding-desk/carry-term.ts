import type { CostTerm } from "@astra-quant/backtest";
import type { FundingCostSeries } from "@astra-quant/funding";

/**
 * Financing as a backtest charges it: at each row, the weights held over the days since the row before, at the costs of
 * those days. One term is good for one run, since it remembers what is held.
 */
export function carryTerm({ long, short }: FundingCostSeries): CostTerm {
  const held = new Float64Array(long.columns);
  return {
    name: "funding",
    charge(trades, row) {
      let cost = 0;
      for (let j = 0; j < held.length; j++) {
        const weight = (held[j]! += trades[j]!);
        cost += weight > 0 ? weight * long.get(row, j) : -weight * short.get(row, j);
      }
      return cost;
    },
  };
}
