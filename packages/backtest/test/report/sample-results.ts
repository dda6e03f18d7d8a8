import { createRandom } from "@astra-quant/core-linalg";
import { type BacktestResult, type BacktestSpec, backtest, linearCost } from "../../src/index.ts";

const DAY = 86_400_000;

/** Two assets that wander, held long and short: `rows` closes from the seed. */
export function sampleSpec(rows: number, seed: string): BacktestSpec {
  const random = createRandom(seed);
  const prices = [[100, 50]];
  const weights = [[0.8, -0.3]];
  for (let t = 1; t < rows; t++) {
    const [a, b] = prices[t - 1] as [number, number];
    prices.push([a * (1 + 0.01 * random.normal()), b * (1 + 0.012 * random.normal())]);
    weights.push([random.uniform() < 0.1 ? 0 : 0.8, random.uniform() < 0.1 ? 0.4 : -0.3]);
  }
  return { prices, weights, costs: [linearCost({ bps: 3 })], capital: 1e6, periodsPerYear: 252 };
}

export function sampleResult(rows: number, seed: string): BacktestResult {
  return backtest(sampleSpec(rows, seed));
}

/** So many days, one after the other, from a first of January. */
export const days = (rows: number, from = "2020-01-01"): Float64Array =>
  Float64Array.from({ length: rows }, (_, t) => Date.parse(from) + t * DAY);
