import { type Panel, QuantError } from "@astra-quant/core-linalg";
import { requirePositive } from "@astra-quant/core-linalg/guards";
import { DAY, isoDay } from "../calendar/day.ts";
import type { Line } from "./position.ts";

/** Closes of a panel, as they mark a book. */
export interface Closes {
  /** The last row on or before a day, −1 where there is none. */
  rowOn(day: number): number;
  /** The i-th line at its last close up to a row, missing ones passed over; a notional stays as it is. */
  mark(line: Line, i: number, row: number, day: number): Line;
}

/** The closes of the lines that are given in shares. */
export function closesOf(prices: Panel, lines: readonly Line[]): Closes {
  const days = Array.from(prices.index, (time) => Math.floor(time / DAY));
  const columns = lines.map(({ asset, shares }) => (shares === undefined ? undefined : prices.column(asset)));
  return {
    rowOn: (day) => days.findLastIndex((known) => known <= day),
    mark(line, i, row, day) {
      const column = columns[i];
      if (column === undefined) return line;
      let known = row;
      while (known >= 0 && Number.isNaN(column[known])) known--;
      if (known < 0) {
        throw new QuantError("data", `prices must have ${line.asset} on or before ${isoDay(day)}`, {
          argument: "prices",
          asset: line.asset,
        });
      }
      const price = requirePositive(`prices of ${line.asset} on ${isoDay(days[known]!)}`, column[known]);
      return { ...line, price, notional: line.shares! * price };
    },
  };
}
