// The notebook's two portfolios and the app's one, on a simulated market: weights, what binds, and what it costs.
//   npm run example long-short-desk -- [--seed SEED] [--out FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleCovariance, simpleReturns } from "@astra-quant/core-linalg";
import type { PortfolioSolution } from "@astra-quant/optimizer";
import Table from "cli-table3";
import Papa from "papaparse";
import { DECK } from "../market-simulator/deck.ts";
import { simulateMarket } from "../market-simulator/simulate.ts";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import { annualVolatility, leastVariance, longShort, volatilityAsPrinted } from "./portfolios.ts";

function show(title: string, assets: readonly string[], book: PortfolioSolution): void {
  const { status, weights, gross, net, contributions, volatility, binding } = book;
  const table = new Table({ head: ["name", "weight", "of the risk"], style: { head: [], border: [] } });
  assets.forEach((asset, j) => {
    const share = contributions.component[j]! / volatility;
    table.push([asset, weights[j]!.toFixed(4), `${(100 * share).toFixed(1)} %`]);
  });
  const year = (100 * annualVolatility(book)).toFixed(2);
  console.log(
    `\n${title}: ${status}, gross ${gross.toFixed(4)}, net ${net.toFixed(4)}, volatility ${year} % a year`,
  );
  console.log(table.toString());
  for (const { constraint, shadowPrice, perTenth } of binding.filter(({ shadowPrice: price }) => price > 0)) {
    const price =
      perTenth === undefined ? `${shadowPrice.toPrecision(3)} a unit` : `${perTenth.toPrecision(3)} a tenth`;
    console.log(`  ${constraint} holds; looser, its objective would gain ${price}`);
  }
}

/** The weights of each portfolio, a row an asset. */
function writeWeights(
  folder: string,
  assets: readonly string[],
  books: Record<string, PortfolioSolution>,
): void {
  mkdirSync(folder, { recursive: true });
  const fields = ["asset", ...Object.keys(books), "source"];
  const data = assets.map((asset, j) => [
    asset,
    ...Object.values(books).map(({ weights }) => weights[j]),
    "simulated",
  ]);
  writeFileSync(join(folder, "weights.csv"), `${Papa.unparse({ fields, data }, { newline: "\n" })}\n`);
}

function run(): void {
  const { seed, out } = exampleCommand(
    "long-short-desk",
    "The notebook's and the app's portfolios on a simulated market",
  )
    .option("--seed <seed>", "the seed of the market", someText, "astra")
    .option("--out <folder>", "write weights.csv there", someText)
    .parse()
    .opts<{ seed: string; out?: string }>();
  const assets = DECK.map(({ asset }) => asset);
  const { prices } = simulateMarket({ seed, days: 504 });
  const { mean, covariance } = sampleCovariance(simpleReturns(prices.select(assets)).values);
  const estimate = { assets, mean, covariance };
  console.log(
    `SIMULATED market, seed '${seed}'; means and covariance of a day, so that these aversions are next to none`,
  );
  const least = leastVariance(estimate);
  const notebook = longShort(estimate);
  show("least variance, long only", assets, least);
  show("long/short, aversion 0.5", assets, notebook);
  const app = longShort(estimate, { riskAversion: 1, net: 0.1 });
  show("the app's, aversion 1", assets, app);
  console.log(
    `  the app would print ${(100 * volatilityAsPrinted(app)).toFixed(2)} % for its volatility: the root of the utility`,
  );
  if (out !== undefined) writeWeights(out, assets, { leastVariance: least, notebook, app });
}

await runExample(run);
