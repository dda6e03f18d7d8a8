import { decayedPositions, PositionDecay, type PositionDecayOptions } from "@astra-quant/risk";
import type { Overlay } from "./overlay.ts";

/**
 * Lets what is wanted fade while it stays the same: risk's `PositionDecay`, one an asset.
 *
 * @throws QuantError as `PositionDecay`
 */
export function decayOverlay(options: PositionDecayOptions = {}): Overlay {
  decayedPositions([], options); // refuses what is unlawful now, not at the first bar
  return {
    name: "decay",
    start({ columns }) {
      const decays = Array.from({ length: columns }, () => new PositionDecay(options));
      return {
        adjust(wanted) {
          for (let j = 0; j < columns; j++) wanted[j] = decays[j]!.push(wanted[j]!);
          return undefined;
        },
      };
    },
  };
}
