import { requirePositive } from "@astra-quant/core-linalg/guards";
import { type BufferLaw, requireBufferLaw } from "./apply-buffer.ts";
import { type ConvictionLaw, type ConvictionOptions, requireConvictionLaw } from "./conviction-weight.ts";
import type { LiquidityOptions } from "./liquidity-cap.ts";
import { requireSeedParity } from "./parity.ts";

export interface TargetPositionOptions extends ConvictionOptions, LiquidityOptions {
  /** As in `signalStrength`. @defaultValue 2 */
  readonly gain?: number;
  /** The volatility that a position is scaled to, positive. @defaultValue positions are not scaled */
  readonly targetVolatility?: number;
  /** As in `decayPosition`. @defaultValue 10 */
  readonly halfLife?: number;
  /** As in `applyBuffer`. @defaultValue 0.15 */
  readonly buffer?: number;
}

export const TARGET_OPTIONS: readonly (keyof TargetPositionOptions)[] = [
  "gain",
  "minLeverage",
  "maxLeverage",
  "maxPositionSize",
  "participation",
  "lotSize",
  "targetVolatility",
  "halfLife",
  "buffer",
  "parity",
];

/** The options of `targetPosition`, read once for one asset or many. */
export interface SizingRules {
  readonly gain: number;
  readonly conviction: ConvictionLaw;
  readonly maxLeverage: number;
  readonly targetVolatility: number | undefined;
  readonly halfLife: number;
  readonly participation: number;
  readonly lotSize: number;
  readonly buffer: number;
  readonly held: BufferLaw;
  readonly seed: boolean;
}

export function requireSizingRules(options: TargetPositionOptions): SizingRules {
  const { gain = 2, maxLeverage = 3, targetVolatility, halfLife = 10 } = options;
  const { participation = 0.1, lotSize = 1, buffer = 0.15 } = options;
  const seed = requireSeedParity(options.parity);
  if (targetVolatility !== undefined) requirePositive("targetVolatility", targetVolatility);
  return {
    gain: requirePositive("gain", gain),
    conviction: requireConvictionLaw(options),
    maxLeverage,
    targetVolatility,
    halfLife: requirePositive("halfLife", halfLife),
    participation: requirePositive("participation", participation),
    lotSize: requirePositive("lotSize", lotSize),
    buffer,
    held: requireBufferLaw(seed ? { buffer, parity: "seed" } : { buffer }),
    seed,
  };
}
