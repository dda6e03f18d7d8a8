import { QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { Market } from "../spec/market.ts";
import { requireRoom } from "../spec/row-values.ts";
import type { Restraint } from "./restraint.ts";

/**
 * How much of the market's trading a book may be. What is left over is tried again at the next bar, towards what is wanted
 * then, whatever the rule of rebalancing says; shares are cut to whole ones after it, which may sell one more.
 */
export interface Participation {
  /** The largest part of an asset's volume that is traded for one bar, in (0, 1]. */
  readonly max: number;
  /**
   * Time × assets: what the market trades, money. A fill at the close of row t may take its part of row t's; an average
   * of days before belongs there as well. NaN counts as nothing.
   */
  readonly dollarVolume: TableLike;
}

/** Trades within their part of the volume; what is left over is carried to the next bar. */
export function requireParticipation(participation: Participation, market: Market): Restraint {
  requireKnownOptions(participation, ["max", "dollarVolume"], "participation");
  const { max } = participation;
  if (!(max > 0 && max <= 1)) {
    throw new QuantError("range", `participation.max must be in (0, 1], got ${max}`, {
      argument: "participation.max",
      value: max,
    });
  }
  const { data, columns } = requireRoom("participation.dollarVolume", participation.dollarVolume, market);
  const roomAt = (row: number, j: number): number => {
    const room = max * data[row * columns + j]!;
    return Number.isNaN(room) ? 0 : room;
  };
  return {
    kind: "participation",
    carriesOver: true,
    restrain(wanted, { fillRow, equity, held }) {
      for (let j = 0; j < columns; j++) {
        const trade = wanted[j]! - held[j]!;
        if (trade === 0) continue;
        const most = roomAt(fillRow, j) / equity;
        if (Math.abs(trade) > most) wanted[j] = held[j]! + (trade > 0 ? most : 0 - most);
      }
    },
    reason: (j, { fillRow }) =>
      `at most ${roomAt(fillRow, j)} can be traded, ${max} of the volume of row ${fillRow}: the rest is carried over`,
  };
}
