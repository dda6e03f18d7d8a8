import type { VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireApart,
  requireInteger,
  requireKnownOptions,
} from "@astra-quant/core-linalg/guards";
import { requireObservations } from "../regression/observation.ts";

export interface DollarHedgeOptions {
  /**
   * How many bars lie between what the ratio knows and the bar whose return it hedges; 0 gives the ratio of the bar
   * itself, to be held from the next one on.
   * @defaultValue 1
   */
  readonly lag?: number;
  /** Where the ratios go, as many entries as bars. Without it a new array is made. */
  readonly out?: Float64Array;
}

/**
 * How much money of x hedges one unit of money in y: slope · x ÷ y, from the bar `lag` bars before, so that entry t may
 * multiply the returns of bar t without looking ahead. A slope of prices is units of x for a unit of y (shares); only this
 * ratio belongs before a return.
 *
 * NaN for the first `lag` bars, and where slope, x or y was NaN or y was 0.
 *
 * @param slope - units of y per unit of x, known after each bar
 * @param x - prices of the hedge
 * @param y - prices of the target
 * @throws QuantError "shape" for lengths that differ, "not-finite" for an infinity, "range" for a lag that is no integer
 *   ≥ 0, "option" for an `out` over an input
 */
export function dollarHedge(
  slope: VectorLike,
  x: VectorLike,
  y: VectorLike,
  options: DollarHedgeOptions = {},
): Float64Array {
  requireKnownOptions(options, ["lag", "out"]);
  const { lag = 1, out } = options;
  requireInteger("lag", lag, 0);
  const slopes = requireObservations("slope", slope);
  const xs = requireObservations("x", x, slopes.length);
  const ys = requireObservations("y", y, slopes.length);
  const ratio = outputVector(out, slopes.length);
  requireApart(ratio, "slope", slopes);
  requireApart(ratio, "x", xs);
  requireApart(ratio, "y", ys);
  for (let t = 0; t < ratio.length; t++) {
    const known = t - lag;
    const defined = known >= 0 && ys[known] !== 0;
    ratio[t] = defined ? (slopes[known]! * xs[known]!) / ys[known]! : Number.NaN;
  }
  return ratio;
}
