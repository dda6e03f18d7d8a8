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
  const drawdown = outputVector(options.out, r.length + 1);
  // Equity over its high, rather than equity: no growth is beyond the doubles.
  let level = 1;
  drawdown[0] = 0;
  for (let t = 0; t < r.length; t++) {
    level = Math.min(1, level * (1 + r[t]!));
    drawdown[t + 1] = level - 1;
  }
  return drawdown;
}

function longestRunBelowZero(drawdown: Float64Array): number {
  let longest = 0;
  let run = 0;
  for (const depth of drawdown) {
    run = depth < 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/**
 * The deepest drawdown of the compounded equity, its start included (the first, when several are equally deep).
 * Without any fall: depth 0 and all indices 0.
 *
 * @throws QuantError as `drawdownSeries`.
 */
export function maxDrawdown(returns: VectorLike): MaxDrawdown {
  const drawdown = drawdownSeries(returns);
  const depth = drawdown.reduce((least, entry) => Math.min(least, entry), 0);
  const trough = drawdown.indexOf(depth);
  const peak = drawdown.lastIndexOf(0, trough);
  const recovery = drawdown.indexOf(0, trough);
  return {
    depth,
    peak,
    trough,
    recovery: recovery < 0 ? null : recovery,
    longestUnderwater: longestRunBelowZero(drawdown),
  };
}
