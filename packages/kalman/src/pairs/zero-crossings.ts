import type { VectorLike } from "@astra-quant/core-linalg";
import { requireFinite, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireObservations } from "../regression/observation.ts";

export interface ZeroCrossingsOptions {
  /**
   * The level that is crossed, in the series' unit.
   * @defaultValue 0
   */
  readonly level?: number;
}

/**
 * How often a series passes from one side of a level to the other. Values on the level and NaN belong to neither side and
 * are passed over.
 *
 * @throws QuantError "not-finite" for an infinity or a level that is not finite, "shape" for no vector.
 */
export function zeroCrossings(series: VectorLike, options: ZeroCrossingsOptions = {}): number {
  requireKnownOptions(options, ["level"]);
  const { level = 0 } = options;
  requireFinite("level", level);
  let side = 0;
  let crossings = 0;
  for (const value of requireObservations("series", series)) {
    const now = value > level ? 1 : value < level ? -1 : 0;
    if (now === 0) continue;
    if (side === -now) crossings++;
    side = now;
  }
  return crossings;
}
