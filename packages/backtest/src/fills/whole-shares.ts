import { cutToWhole } from "../orders/cut-to-whole.ts";
import type { Restraint } from "./restraint.ts";

/** Shares without fractions: a target is cut towards zero, as brokers' orders are. */
export function wholeShares(prices: Float64Array, columns: number): Restraint {
  return {
    kind: "whole-shares",
    restrain(wanted, { fillRow, equity, held }) {
      for (let j = 0; j < columns; j++) {
        const weight = wanted[j]!;
        if (weight === 0 || weight === held[j]!) continue;
        const price = prices[fillRow * columns + j]!;
        const shares = (weight * equity) / price;
        wanted[j] = (cutToWhole(shares) * price) / equity;
      }
    },
  };
}
