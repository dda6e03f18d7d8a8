import { applyBuffer, type BufferOptions } from "@astra-quant/risk";
import type { Overlay } from "./overlay.ts";

/**
 * Leaves a position as it is where the change is small beside it: risk's `applyBuffer` on what is held. Out of nothing and
 * to nothing is always traded.
 *
 * @throws QuantError as `applyBuffer`
 */
export function bufferOverlay(options: BufferOptions = {}): Overlay {
  applyBuffer(0, 0, options); // refuses what is unlawful now, not at the first bar
  return {
    name: "buffer",
    start: () => ({
      adjust(wanted, { held }) {
        wanted.set(applyBuffer(wanted, held, options));
        return undefined;
      },
    }),
  };
}
