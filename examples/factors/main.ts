// The five alpha factors on a panel, ranked across names on the last day.
//   npm run example factors -- [--seed SEED] [--out FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isoTime, type Panel, simpleReturns } from "@astra-quant/core-linalg";
import {
  betaSignal,
  carrySignal,
  momentumSignal,
  tailRiskSignal,
  volatilitySignal,
} from "@astra-quant/signals";
import Table from "cli-table3";
import Papa from "papaparse";
import { BENCHMARK, DECK } from "../market-simulator/deck.ts";
import { simulateMarket } from "../market-simulator/simulate.ts";
import { exampleCommand, runExample, someText } from "../run-example.ts";

function run(): void {
  const { seed, out } = exampleCommand("factors", "Five factors of the deck's universe on a simulated market")
    .option("--seed <seed>", "the seed of the market", someText, "astra")
    .option("--out <folder>", "write factors.csv there", someText)
    .parse()
    .opts<{ seed: string; out?: string }>();

  const market = simulateMarket({ seed, days: 756 });
  const prices = market.prices.select(DECK.map(({ asset }) => asset));
  const returns = simpleReturns(prices, { firstRow: "nan" });
  const benchmark = simpleReturns(market.prices.column(BENCHMARK.asset), { firstRow: "nan" });

  const factors: Readonly<Record<string, Panel>> = {
    volatility: volatilitySignal(returns),
    momentum: momentumSignal(returns, benchmark),
    "tail risk": tailRiskSignal(returns, { tail: "expected-shortfall" }),
    beta: betaSignal(returns, benchmark),
    carry: carrySignal(prices, returns, prices.index),
  };

  const last = prices.rows - 1;
  const names = Object.keys(factors);
  const table = new Table({ head: ["name", ...names], style: { head: [], border: [] } });
  prices.columns.forEach((asset, j) => {
    table.push([asset, ...names.map((name) => factors[name]!.values.get(last, j).toFixed(4))]);
  });
  console.log(
    `SIMULATED market, seed '${seed}': factors on ${isoTime(prices.index[last]!)}; higher is more attractive`,
  );
  console.log(table.toString());

  if (out !== undefined) {
    const rows = prices.columns.flatMap((asset) =>
      names.map((name) => {
        const values = factors[name]!.column(asset);
        const firstValid = values.findIndex((value) => !Number.isNaN(value));
        return [asset, name, isoTime(prices.index[firstValid]!), values[last]!, "simulated"];
      }),
    );
    mkdirSync(out, { recursive: true });
    const csv = Papa.unparse(
      { fields: ["asset", "factor", "first_valid", "value", "source"], data: rows },
      { newline: "\n" },
    );
    writeFileSync(join(out, "factors.csv"), `${csv}\n`);
  }
}

runExample(run);
