import { InvalidArgumentError } from "commander";
import { exampleCommand, someText } from "../run-example.ts";

export interface Settings {
  /** Folder of CSV files; undefined runs on the simulated market. */
  readonly data?: string;
  readonly universe?: readonly string[];
  readonly seed: string;
  readonly out: string;
  readonly json: boolean;
}

function parseUniverse(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.some((name) => name === ""))
    throw new InvalidArgumentError("names are separated by single commas.");
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice} is named twice.`);
  if (names.length < 2) throw new InvalidArgumentError("a long/short book needs at least two names.");
  return names;
}

/** Reads the arguments after the script's name. Refusals are one line on stderr. */
export function readCommandLine(args: readonly string[]): Settings {
  const command = exampleCommand(
    "npm run astra --",
    "A prime-brokerage desk from book to backtest, as a printed report and an HTML page.",
  )
    .option("--data <folder>", "CSV files to run on: prices_daily.csv, tbill_3m.csv, pair_1min.csv", someText)
    .option("--universe <names>", "names to trade, separated by commas (with --data)", parseUniverse)
    .option("--seed <seed>", "the seed of everything drawn", someText, "astra")
    .option("--out <folder>", "where report.html, pair.html and the CSV files go", someText, "astra-report")
    .option(
      "--json",
      "print the figures as JSON instead of the report (npm run --silent astra -- --json)",
      false,
    )
    .parse(args, { from: "user" });
  const settings = command.opts<Settings>();
  if (settings.universe !== undefined && settings.data === undefined) {
    command.error("error: --universe chooses among the names of a folder; give --data too");
  }
  return settings;
}
