// A market with no data feed: simulates the deck's universe and shows what was built into it.
//   npm run example market-simulator -- [--seed SEED] [--out FOLDER]
import { correlation, kurtosis, sampleCovariance, simpleReturns } from "@astra-quant/core-linalg";
import Table from "cli-table3";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import { simulateMarket } from "./simulate.ts";
import { writeMarket } from "./write-market.ts";

function run(): void {
  const { seed, out } = exampleCommand("market-simulator", "Simulates a market for the deck's universe")
    .option("--seed <seed>", "the seed of everything", someText, "astra")
    .option("--out <folder>", "write prices_daily.csv, tbill_3m.csv and pair_1min.csv there", someText)
    .parse()
    .opts<{ seed: string; out?: string }>();

  const market = simulateMarket({ seed });
  const returns = simpleReturns(market.prices);
  const { covariance } = sampleCovariance(returns.values);
  const { correlation: correlations, volatility } = correlation(covariance);
  const benchmark = returns.columns.length - 1;

  const table = new Table({
    head: ["asset", "last close", "volatility a year", "correlation with SPY", "excess kurtosis"],
  });
  returns.columns.forEach((asset, j) => {
    table.push([
      asset,
      market.prices.column(asset).at(-1)!.toFixed(2),
      `${(100 * volatility[j]! * Math.sqrt(252)).toFixed(1)} %`,
      correlations.get(j, benchmark).toFixed(2),
      kurtosis(returns.column(asset)).toFixed(1),
    ]);
  });
  console.log(
    `SIMULATED market, seed '${seed}': ${market.prices.rows} days, ${market.pair.rows} one-minute bars`,
  );
  console.log(table.toString());
  if (out !== undefined) {
    writeMarket(market, seed, out);
    console.log(`written to ${out}`);
  }
}

runExample(run);
