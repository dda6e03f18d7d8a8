import { pow, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less } from "./excess-returns.ts";
import { type TargetOptions, targetPerPeriod } from "./target.ts";

/** Returns less their targets, and the size that their rounding is relative to. */
export interface Excess {
  readonly excess: Float64Array;
  readonly scale: number;
}

/** The excess over the target of an options object that holds `target`, and may hold `others`. */
export function excessOverTarget(
  returns: VectorLike,
  options: TargetOptions,
  others: readonly string[] = [],
): Excess {
  requireKnownOptions(options, ["target", ...others]);
  const r = requireReturns("returns", returns);
  const target = targetPerPeriod(options.target ?? 0, r.length);
  return { excess: less(r, target), scale: largestOf(r, target) };
}

/** Σ max(−excess, 0)^order ÷ n: 0 where no return falls short. */
export function lowerPartialMoment(excess: Float64Array, order: number): number {
  let sum = 0;
  for (let t = 0; t < excess.length; t++) {
    const shortfall = -excess[t]!;
    if (shortfall > 0) {
      sum += order === 1 ? shortfall : order === 2 ? shortfall * shortfall : pow(shortfall, order);
    }
  }
  return sum / excess.length;
}

/** Σ max(excess, 0) ÷ n. */
export function upperPartialMean(excess: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < excess.length; t++) if (excess[t]! > 0) sum += excess[t]!;
  return sum / excess.length;
}
