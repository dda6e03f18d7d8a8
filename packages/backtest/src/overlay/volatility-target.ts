import { type VolatilityEstimateOptions, VolatilityTarget } from "@astra-quant/risk";
import type { Overlay } from "./overlay.ts";

/** As risk's `VolatilityTarget`; the bars in a year are the backtest's. */
export type VolatilityOverlayOptions = Omit<VolatilityEstimateOptions, "periodsPerYear">;

/**
 * Scales the whole book so that what was wanted would have had the volatility `target`: risk's `VolatilityTarget`, fed with
 * the returns of the weights that come in, as if they were held unscaled and free of charge. Until it knows enough of them
 * the weights pass as they are.
 *
 * @throws QuantError as `VolatilityTarget`
 */
export function volatilityOverlay(options: VolatilityOverlayOptions): Overlay {
  const begin = (periodsPerYear: number) => new VolatilityTarget({ ...options, periodsPerYear });
  begin(1); // refuses what is unlawful now, not at the first bar
  return {
    name: "volatility-target",
    start({ columns, periodsPerYear }) {
      const stream = begin(periodsPerYear);
      const unscaled = new Float64Array(columns);
      let scale = Number.NaN;
      return {
        adjust(wanted) {
          unscaled.set(wanted);
          if (!Number.isNaN(scale)) for (let j = 0; j < columns; j++) wanted[j] = wanted[j]! * scale;
          return undefined;
        },
        settle({ returns }) {
          let earned = 0;
          for (let j = 0; j < columns; j++) if (unscaled[j] !== 0) earned += unscaled[j]! * returns[j]!;
          scale = stream.push(earned);
          return undefined;
        },
      };
    },
  };
}
