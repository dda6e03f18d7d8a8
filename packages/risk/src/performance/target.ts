import type { VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireFinite, requireFiniteVector } from "@astra-quant/core-linalg/guards";

/** The return to reach in a period: one for all periods, or one a period. */
export type Target = number | VectorLike;

export interface TargetOptions {
  /** The return to reach in a period: one for all, or one a period. @defaultValue 0 */
  readonly target?: Target;
}

/** The target of each period. */
export function targetPerPeriod(target: Target, length: number): Float64Array {
  if (isVector(target)) return requireFiniteVector("target", target, length);
  return new Float64Array(length).fill(requireFinite("target", target));
}
