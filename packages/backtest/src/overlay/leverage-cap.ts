import { type LeverageLimits, scaleToLeverage } from "@astra-quant/risk";
import type { Overlay } from "./overlay.ts";

/** Weights that add up to a limit may be this far beyond it by rounding, which is no news. */
const ROUNDING = 1e-12;

/**
 * Scales the whole book down to limits on gross and net exposure: risk's `scaleToLeverage`. Says so where it begins to.
 *
 * @throws QuantError as `scaleToLeverage`
 */
export function leverageOverlay(limits: LeverageLimits = {}): Overlay {
  scaleToLeverage([0], limits); // refuses what is unlawful now, not at the first bar
  return {
    name: "leverage",
    start() {
      let scaling = false;
      return {
        adjust(wanted) {
          const { positions, factor, before, limitedBy } = scaleToLeverage(wanted, limits);
          wanted.set(positions);
          const scales = limitedBy !== null && factor < 1 - ROUNDING;
          const began = scales && !scaling;
          scaling = scales;
          if (!began) return undefined;
          const size = Math.abs(before[limitedBy!]).toFixed(3);
          const reason = `${limitedBy} of ${size}× is beyond its limit: every weight is scaled by ${factor.toFixed(4)}`;
          return [{ kind: "leverage", reason }];
        },
      };
    },
  };
}
