import { mean, quantile, std, type VectorLike } from "@astra-quant/core-linalg";
import { EQUITY_FIGURES, type EquityFigures, equityFigures } from "./equity-figures.ts";
import { drawPaths, type EquityPaths } from "./equity-paths.ts";
import { type ResampleEquityOptions, type ResamplePlan, readResample } from "./resample-plan.ts";

/** A figure of the history, and what it might have been. */
export interface ResampledFigure {
  /** Of the returns as they were. */
  readonly estimate: number;
  /** Mean over the paths. */
  readonly mean: number;
  readonly median: number;
  /** Standard deviation over the paths (ddof 1). */
  readonly standardError: number;
  /** Between lower and upper lies the confidence asked for: quantiles over the paths. */
  readonly lower: number;
  readonly upper: number;
}

/** A share of the paths, with the standard error of having drawn so many and no more. */
export interface PathProbability {
  readonly probability: number;
  readonly standardError: number;
}

/** What an equity curve might have been. A figure that some path leaves undefined is NaN, but for its estimate. */
export interface ResampledEquity extends Readonly<Record<keyof EquityFigures, ResampledFigure>> {
  /** That a path ends below its start. */
  readonly loss: PathProbability;
  /** That its maximum drawdown is at least as deep as the `drawdown` asked about. */
  readonly drawdownBeyond: PathProbability;
  /** That its capital is ever at or below the part `ruin` of its start. */
  readonly ruin: PathProbability;
  /** As used; 1 for independent draws. */
  readonly blockLength: number;
  /** The figures of every path. */
  readonly paths: EquityPaths;
}

function resampled(estimate: number, values: Float64Array, confidence: number): ResampledFigure {
  const tail = (1 - confidence) / 2;
  return {
    estimate,
    mean: mean(values),
    median: quantile(values, 0.5),
    standardError: std(values),
    lower: quantile(values, tail),
    upper: quantile(values, 1 - tail),
  };
}

function shareOf(values: Float64Array, holds: (value: number) => boolean): PathProbability {
  const probability = values.reduce((count, value) => count + Number(holds(value)), 0) / values.length;
  return { probability, standardError: Math.sqrt((probability * (1 - probability)) / values.length) };
}

/** The result of paths that have been drawn. */
export function resultOfPaths(plan: ResamplePlan, paths: EquityPaths): ResampledEquity {
  const { series, periodsPerYear, confidence, drawdown, ruin, blockLength } = plan;
  const observed = equityFigures(series, periodsPerYear);
  const figures = Object.fromEntries(
    EQUITY_FIGURES.map((name) => [name, resampled(observed[name], paths[name], confidence)]),
  ) as Record<keyof EquityFigures, ResampledFigure>;
  return {
    ...figures,
    loss: shareOf(paths.terminalWealth, (wealth) => wealth < 1),
    drawdownBeyond: shareOf(paths.maxDrawdown, (depth) => depth <= drawdown),
    ruin: shareOf(paths.lowestWealth, (wealth) => wealth <= ruin),
    blockLength,
    paths,
  };
}

/**
 * What the equity curve of these returns might have been, had chance dealt them in another order: paths drawn in blocks
 * from the returns, with intervals of terminal wealth, growth, Sharpe ratio, drawdown and time under water, and the
 * probabilities of a loss, a deep drawdown and ruin. The future is assumed to deal from the same returns; what never
 * happened in them happens in no path. Path r depends on the seed and on r alone.
 *
 * @param returns fractions; NaN at the beginning is not yet begun, and left out. A return ≤ −1 leaves nothing.
 * @throws QuantError "range" for fewer than two returns (ten for an automatic block length) or an illegal option,
 *   "not-finite" for a gap, "option" for an unknown option or name, "shape" for no vector.
 */
export function resampleEquity(returns: VectorLike, options: ResampleEquityOptions): ResampledEquity {
  const plan = readResample(returns, options);
  return resultOfPaths(plan, drawPaths(plan, 0, plan.count));
}
