// The alpha layer from prices to one score a name: five factors, their coefficients and health, weights under the market's
// regime, the composite, what the hours add, and what a book of it would have earned; every exclusion explained.
//   npm run example factor-pipeline -- [--seed SEED] [--data FOLDER] [--out FOLDER]
import { mkdirSync } from "node:fs";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import { judgePipeline, provePipeline } from "./judge-pipeline.ts";
import {
  printBook,
  printComposite,
  printFactors,
  printHealth,
  printJudgement,
  printRegime,
  printSource,
  printWeights,
} from "./print-pipeline.ts";
import { runPipeline } from "./run-pipeline.ts";
import { simulateUniverse } from "./simulate-universe.ts";
import { tradeComposite } from "./trade-composite.ts";
import { universeFromFolder } from "./universe.ts";
import { writeBook, writePipeline } from "./write-pipeline.ts";

function run(): void {
  const { seed, data, out } = exampleCommand("factor-pipeline", "From prices to one score a name, explained")
    .option("--seed <seed>", "the seed of the simulated universe", someText, "astra")
    .option("--data <folder>", "take prices_daily.csv there instead of simulated prices", someText)
    .option("--out <folder>", "write weights.csv, composite.csv and book.html there", someText)
    .parse()
    .opts<{ seed: string; data?: string; out?: string }>();

  if (out !== undefined) mkdirSync(out, { recursive: true }); // before the work, so that a wrong one is known at once
  const universe = data === undefined ? simulateUniverse(seed) : universeFromFolder(data);
  const pipeline = runPipeline(universe);
  const judgement = judgePipeline(pipeline);
  printSource(universe);
  printFactors(pipeline, judgement);
  printHealth(pipeline);
  printRegime(pipeline);
  printWeights(pipeline);
  printComposite(pipeline);
  printJudgement(judgement, provePipeline(universe));
  const traded = tradeComposite(pipeline, seed);
  if (traded !== undefined) printBook(traded);
  if (out !== undefined) {
    writePipeline(out, pipeline, universe.simulated);
    if (traded !== undefined) writeBook(out, traded.book, universe.simulated);
  }
}

await runExample(run);
