import { mean } from "@astra-quant/core-linalg";
import { largestOf } from "./excess-returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

/** The line through excess returns against the benchmark's, by least squares. */
export interface MarketRegression {
  readonly beta: number;
  /** The intercept, per period. */
  readonly alpha: number;
  /** In [−1, 1]. */
  readonly correlation: number;
}

/** NaN where a side does not vary. */
export function marketRegression(excess: Float64Array, benchmark: Float64Array): MarketRegression {
  const [meanExcess, meanBenchmark] = [mean(excess), mean(benchmark)];
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let t = 0; t < excess.length; t++) {
    const [y, x] = [excess[t]! - meanExcess, benchmark[t]! - meanBenchmark];
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const [spreadX, spreadY] = [Math.sqrt(xx), Math.sqrt(yy)];
  const perSpread = rewardToRisk(xy, spreadX, largestOf(benchmark));
  const beta = perSpread / spreadX;
  const correlation = rewardToRisk(perSpread, spreadY, largestOf(excess));
  return {
    beta,
    alpha: meanExcess - beta * meanBenchmark,
    correlation: Math.max(-1, Math.min(1, correlation)),
  };
}
