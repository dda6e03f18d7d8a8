import { requireOneOf } from "@astra-quant/core-linalg/guards";
import { tailCount } from "./tail-probability.ts";

/**
 * How the shortfall of a sample is read:
 *
 * - `rockafellar-uryasev`: the mean of the worst n·α observations, the last one counted in part. Coherent, and does
 *   not depend on the quantile's type.
 * - `tail-mean`: the mean of the observations at or below the quantile.
 */
export type ShortfallMethod = "rockafellar-uryasev" | "tail-mean";

/** The shortfall method itself, if it is a known one. */
export function requireShortfallMethod(value: unknown): ShortfallMethod {
  return requireOneOf("shortfall", value, ["rockafellar-uryasev", "tail-mean"]);
}

/** The mean loss of the worst α of `size` returns, the boundary observation counted in part; the worst are given, ascending. */
export function worstFractionLoss(sorted: Float64Array, alpha: number, size: number = sorted.length): number {
  const count = tailCount(size, alpha);
  const whole = Math.floor(count);
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += sorted[i]!;
  if (count > whole) sum += (count - whole) * sorted[whole]!;
  return 0 - sum / count;
}

/** The mean loss of the ascending returns at or below `boundary`. */
export function tailMeanLoss(sorted: Float64Array, boundary: number): number {
  let sum = 0;
  let count = 0;
  while (count < sorted.length && sorted[count]! <= boundary) sum += sorted[count++]!;
  return 0 - sum / count;
}
