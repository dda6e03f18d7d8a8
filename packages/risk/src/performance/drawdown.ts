import type { VectorLike } from "@astra-quant/core-linalg";
import { outputVector, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";

export interface DrawdownSeriesOptions {
  /** n + 1 entries; receives the result. */
  readonly out?: Float64Array;
}

/** The worst fall of the compounded equity. Indices count equity values: 0 is the start, t is after return t − 1. */
export interface MaxDrawdown {
  /** Equity at the trough over equity at the peak, less 1: ≤ 0. */
  readonly depth: number;
  /** Index of the last high before the trough. */
  readonly peak: number;
  readonly trough: number;
  /** Index of the first value back at the peak's height; null when the sample ends under water. */
  readonly recovery: number | null;
  /** The longest run of periods below a previous high, of any fall. */
  readonly longestUnderwater: number;
}

/**
 * How far the compounded equity stands below its highest value so far, a fraction ≤ 0. The equity starts at 1, so n
 * returns give n + 1 entries, the first of them 0.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN, "range" for a return ≤ −1.
 */
export function drawdownSeries(returns: VectorLike, options: DrawdownSeriesOptions = {}): Float64Array {
  requireKnownOptions(options, ["out"]);
  const r = requireCompoundableReturns("returns", returns);
  return drawdownsOf(r, outputVector(options.out, r.length + 1));
}

/** As {@link drawdownSeries}, of returns that were looked at already. */
export function drawdownsOf(
  returns: Float64Array,
  drawdown: Float64Array = new Float64Array(returns.length + 1),
): Float64Array {
  // Equity over its high, rather than equity: no growth is beyond the doubles.
  let level = 1;
  drawdown[0] = 0;
  for (let t = 0; t < returns.length; t++) {
    level = Math.min(1, level * (1 + returns[t]!));
    drawdown[t + 1] = level - 1;
  }
  return drawdown;
}

/**
 * The deepest drawdown of the compounded equity, its start included (the first, when several are equally deep).
 * Without any fall: depth 0 and all indices 0.
 *
 * @throws QuantError as `drawdownSeries`.
 */
export function maxDrawdown(returns: VectorLike): MaxDrawdown {
  return deepestOf(drawdownSeries(returns));
}

/** The deepest of a {@link drawdownSeries}. */
export function deepestOf(drawdown: Float64Array): MaxDrawdown {
  let trough = 0;
  let run = 0;
  let longestUnderwater = 0;
  for (let t = 0; t < drawdown.length; t++) {
    const depth = drawdown[t]!;
    if (depth < drawdown[trough]!) trough = t;
    run = depth < 0 ? run + 1 : 0;
    if (run > longestUnderwater) longestUnderwater = run;
  }
  const recovery = drawdown.indexOf(0, trough);
  return {
    depth: drawdown[trough]!,
    peak: drawdown.lastIndexOf(0, trough),
    trough,
    recovery: recovery < 0 ? null : recovery,
    longestUnderwater,
  };
}
