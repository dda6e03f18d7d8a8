import type { Restraint } from "./restraint.ts";

/** Nothing is traded where there is no price; a trade waits for one. */
export function noPrice(tradable: Uint8Array, columns: number): Restraint {
  return {
    kind: "no-price",
    carriesOver: true,
    restrain(wanted, { fillRow, held }) {
      for (let j = 0; j < columns; j++) if (tradable[fillRow * columns + j] === 0) wanted[j] = held[j]!;
    },
    reason: (_, { fillRow }) =>
      `no price at row ${fillRow} to trade at: the position stays as it is until there is one`,
  };
}
