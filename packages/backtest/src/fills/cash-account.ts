import type { Restraint } from "./restraint.ts";

/** An account that cannot borrow: nothing is sold short, and purchases together cost no more than the cash there is. */
export function cashAccount(columns: number): Restraint {
  return {
    kind: "cash-account",
    restrain(wanted, { held }) {
      let cash = 1;
      let bought = 0;
      for (let j = 0; j < columns; j++) {
        if (wanted[j]! < 0) wanted[j] = 0;
        const trade = wanted[j]! - held[j]!;
        cash -= held[j]! + Math.min(trade, 0);
        bought += Math.max(trade, 0);
      }
      if (bought <= cash) return;
      const part = Math.max(cash, 0) / bought;
      for (let j = 0; j < columns; j++) {
        const trade = wanted[j]! - held[j]!;
        if (trade > 0) wanted[j] = held[j]! + part * trade;
      }
    },
    reason: () => "a cash account neither borrows nor sells short: only what the cash pays for is bought",
  };
}
