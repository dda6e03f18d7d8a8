// The notebook's two portfolios and the app's one, on a simulated market: weights, what binds, and what it costs.
//   npm run example long-short-desk -- [--seed SEED] [--gross 1…5] [--aversion 0.1…10] [--out FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleCovariance, simpleReturns } from "@astra-quant/core-linalg";
import type { BindingLimit, PortfolioSolution, PriceLeg } from "@astra-quant/optimizer";
import Table from "cli-table3";
import { InvalidArgumentError } from "commander";
import Papa from "papaparse";
import { DECK } from "../market-simulator/deck.ts";
import { simulateMarket } from "../market-simulator/simulate.ts";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import {
  annualVolatility,
  equalWeights,
  leastVariance,
  longShort,
  volatilityAsPrinted,
} from "./portfolios.ts";

/** What a position is by its four printed places, as the notebook and the app call it. */
function sideOf(weight: number): string {
  const shown = Number(weight.toFixed(4));
  return shown > 0 ? "long" : shown < 0 ? "short" : "flat";
}

/** The largest weight first, as the notebook sorts. */
function show(title: string, assets: readonly string[], book: PortfolioSolution): void {
  const { status, weights, gross, net, contributions, volatility } = book;
  const table = new Table({
    head: ["name", "weight", "side", "of the risk"],
    style: { head: [], border: [] },
  });
  const rows = assets.map((asset, j) => ({ asset, weight: weights[j]!, risk: contributions.component[j]! }));
  for (const { asset, weight, risk } of rows.sort((a, b) => b.weight - a.weight)) {
    table.push([asset, weight.toFixed(4), sideOf(weight), `${((100 * risk) / volatility).toFixed(1)} %`]);
  }
  const year = (100 * annualVolatility(book)).toFixed(2);
  console.log(
    `\n${title}: ${status}, gross ${gross.toFixed(4)}, net ${net.toFixed(4)}, volatility ${year} % a year`,
  );
  console.log(table.toString());
  for (const limit of book.binding) if (limit.shadowPrice > 0) showPrice(limit);
}

/** What a limit costs, and from where to where. */
function showPrice({ constraint, shadowPrice, perTenth, reach }: BindingLimit): void {
  const price =
    perTenth === undefined ? `${shadowPrice.toPrecision(3)} a unit` : `${perTenth.toPrecision(3)} a tenth`;
  console.log(`  ${constraint} holds; looser, its objective would gain ${price}`);
  if (reach === undefined) return;
  const until = (leg: PriceLeg | undefined): string => leg?.until?.toFixed(3) ?? "whatever it is";
  const { limit, loosening, tightening } = reach;
  console.log(
    `    it is ${limit.toFixed(3)}; the same names are held, loosened to ${until(loosening)}, tightened to ${until(tightening)}`,
  );
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

/** A number within the ends of a slider. */
function slider(least: number, greatest: number): (given: string) => number {
  return (given) => {
    const value = Number(given);
    if (given.trim() !== "" && value >= least && value <= greatest) return value;
    throw new InvalidArgumentError(`a number from ${least} to ${greatest} is expected.`);
  };
}

function run(): void {
  const { seed, gross, aversion, out } = exampleCommand(
    "long-short-desk",
    "The notebook's and the app's portfolios on a simulated market",
  )
    .option("--seed <seed>", "the seed of the market", someText, "astra")
    .option("--gross <limit>", "the app's leverage slider, 1 to 5", slider(1, 5), 2)
    .option("--aversion <gamma>", "the app's risk aversion slider, 0.1 to 10", slider(0.1, 10), 1)
    .option("--out <folder>", "write weights.csv there", someText)
    .parse()
    .opts<{ seed: string; gross: number; aversion: number; out?: string }>();
  const assets = DECK.map(({ asset }) => asset);
  const { prices } = simulateMarket({ seed, days: 504 });
  const { mean, covariance } = sampleCovariance(simpleReturns(prices.select(assets)).values);
  const estimate = { assets, mean, covariance };
  console.log(
    `SIMULATED market, seed '${seed}'; means and covariance of a day, so that these aversions are next to none`,
  );
  const least = leastVariance(estimate);
  const notebook = longShort(estimate);
  show("the notebook's fifth cell, least variance, long only", assets, least);
  const equal = (100 * annualVolatility(equalWeights(estimate))).toFixed(2);
  console.log(`  equal weights would have a volatility of ${equal} % a year`);
  show("its sixth cell, long/short, aversion 0.5", assets, notebook);
  const app = longShort(estimate, { riskAversion: aversion, gross, net: 0.1 });
  show(`the app's, aversion ${aversion}`, assets, app);
  console.log(
    `  the app would print ${(100 * volatilityAsPrinted(app)).toFixed(2)} % for its volatility: the root of the utility`,
  );
  if (out !== undefined) writeWeights(out, assets, { leastVariance: least, notebook, app });
}

await runExample(run);
