// Ten thousand parameter sets of the pair strategy over a hundred thousand bars, on workers, and what the best one is worth.
//   npm run example pair-sweep -- [--bars N] [--thresholds N] [--workers N] [--seed SEED] [--out FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parameterGrid, parameterSweep } from "@astra-quant/backtest";
import Table from "cli-table3";
import { InvalidArgumentError } from "commander";
import Papa from "papaparse";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import type { PairData, PairPoint } from "./pair-strategy.ts";
import { simulatePair } from "./simulate-pair.ts";

const MINUTES_A_YEAR = 252 * 390;
const SHOWN = 5;

function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a count is expected.");
}

const steps = (from: number, to: number, number: number): number[] =>
  Array.from({ length: number }, (_, i) => from + ((to - from) * i) / Math.max(1, number - 1));

async function run(): Promise<void> {
  const command = exampleCommand(
    "pair-sweep",
    "A sweep of the pair strategy, and what its best point is worth",
  )
    .option("--bars <count>", "one-minute bars", count, 100_000)
    .option("--thresholds <count>", "entries, and as many exits, for each of four filters", count, 50)
    .option("--workers <count>", "workers; 0 is this thread", count, availableParallelism())
    .option("--seed <seed>", "the seed of the simulated pair", someText, "pair")
    .option("--out <folder>", "write best.csv there", someText)
    .parse();
  const { bars, thresholds, workers, seed, out } = command.opts<{
    bars: number;
    thresholds: number;
    workers: number;
    seed: string;
    out?: string;
  }>();
  if (out !== undefined) mkdirSync(out, { recursive: true }); // before the work, so that a wrong one is known at once
  const parameters = parameterGrid({
    delta: [1e-9, 1e-8],
    observationVariance: [5e-3, 1.5e-2],
    enter: steps(0.6, 2, thresholds),
    exit: steps(0, 0.5, thresholds),
  });
  const start = performance.now();
  const { best, sharpes, deflatedSharpe, overfitting, warnings } = await parameterSweep<PairPoint, PairData>({
    parameters,
    module: new URL("swept-module.mjs", import.meta.url),
    data: { ...simulatePair(bars, seed), bps: 0.5 },
    workers,
    periodsPerYear: MINUTES_A_YEAR,
    keep: SHOWN,
  });
  const seconds = (performance.now() - start) / 1000;

  const table = new Table({
    head: ["delta", "R", "enter", "exit", "Sharpe", "trades", "drawdown"],
    style: { head: [], border: [] },
  });
  for (const { parameters: point, record } of best) {
    table.push([
      point.delta,
      point.observationVariance,
      point.enter.toFixed(3),
      point.exit.toFixed(3),
      record.sharpe.toFixed(2),
      record.trades ?? "",
      `${(100 * record.maxDrawdown).toFixed(2)} %`,
    ]);
  }
  console.log(`${sharpes.length} points over ${bars} bars, ${workers} workers: ${seconds.toFixed(1)} s`);
  console.log(table.toString());
  if (deflatedSharpe !== null) {
    console.log(
      `The best of so many without skill is expected to show ${deflatedSharpe.expectedMaximum.toFixed(2)}; probability ` +
        `that the best is truly above: ${(100 * deflatedSharpe.probability).toFixed(1)} %`,
    );
  }
  if (overfitting !== null) {
    console.log(`Probability of backtest overfitting: ${(100 * overfitting.probability).toFixed(1)} %`);
  }
  for (const warning of warnings) console.log(`! ${warning}`);
  if (out !== undefined) {
    const rows = best.map(({ parameters: point, record: { sharpe, trades, maxDrawdown } }) => {
      return { ...point, sharpe, trades, maxDrawdown };
    });
    writeFileSync(join(out, "best.csv"), `${Papa.unparse(rows, { newline: "\n" })}\n`);
  }
}

await runExample(run);
