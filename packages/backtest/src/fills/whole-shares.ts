import type { Restraint } from "./restraint.ts";

/** Rounding may leave a whole number of shares this far below itself. */
const SLACK = 1e-9;

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
        wanted[j] = (Math.trunc(shares * (1 + SLACK)) * price) / equity;
      }
    },
  };
}
