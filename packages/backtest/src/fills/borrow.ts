import type { TableLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { Market } from "../spec/market.ts";
import { requireRoom } from "../spec/row-values.ts";
import type { Restraint } from "./restraint.ts";

/** What lenders lend. */
export interface Borrow {
  /**
   * Time × assets: the most money that each asset may be short over a bar, known before it; infinity is no limit, NaN
   * counts as nothing. Where it falls below what is short, the difference is recalled and bought in, once there is a
   * price to buy at.
   */
  readonly available: TableLike;
}

export function requireBorrow(borrow: Borrow, market: Market): Restraint {
  requireKnownOptions(borrow, ["available"], "borrow");
  const { data, columns } = requireRoom("borrow.available", borrow.available, market);
  const roomAt = (row: number, j: number): number => {
    const room = data[row * columns + j]!;
    return Number.isNaN(room) ? 0 : room;
  };
  const { tradable } = market;
  return {
    kind: "borrow",
    restrain(wanted, { row, fillRow, equity }) {
      for (let j = 0; j < columns; j++) {
        if (!(wanted[j]! < 0) || tradable?.[fillRow * columns + j] === 0) continue;
        wanted[j] = Math.max(wanted[j]!, 0 - roomAt(row, j) / equity);
      }
    },
    reason(j, { row, equity, held }) {
      const room = roomAt(row, j);
      const recalled = 0 - held[j]! * equity > room;
      return `${room} can be borrowed: ${recalled ? "the rest of the short is recalled and bought in" : "no more is sold short"}`;
    },
  };
}
