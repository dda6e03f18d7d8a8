import { std, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { largestOf } from "./excess-returns.ts";
import { annualGrowth, GROWTHS, type Growth } from "./growth.ts";
import { againstBenchmark, type BenchmarkOptions } from "./market-model.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface ModiglianiMeasureOptions extends BenchmarkOptions {
  /** How excess returns are put together to a year's. @defaultValue "arithmetic" */
  readonly growth?: Growth;
}

/**
 * M²: the annual return that the book would have had at the benchmark's volatility, levered with or lent out at the
 * risk-free rate: rate + (annual excess return) × σ_benchmark ÷ σ. A fraction; NaN where the book does not vary.
 *
 * @throws QuantError as `marketModel`, and "option" for an unknown growth.
 */
export function modiglianiMeasure(returns: VectorLike, options: ModiglianiMeasureOptions): number {
  requireKnownOptions(options, ["benchmark", "periodsPerYear", "riskFree", "growth"]);
  const { growth = "arithmetic", periodsPerYear } = options;
  requireOneOf("growth", growth, GROWTHS);
  const { excess, market, rate } = againstBenchmark(returns, options);
  const year = annualGrowth(excess, periodsPerYear, growth);
  return modiglianiOf(year, rate, std(excess), std(market), largestOf(excess));
}

export function modiglianiOf(
  annualExcess: number,
  rate: number,
  deviation: number,
  marketDeviation: number,
  scale: number,
): number {
  return rate + rewardToRisk(annualExcess, deviation, scale) * marketDeviation;
}
