import { Command, CommanderError, InvalidArgumentError } from "commander";

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

/** What the process does instead of a run: it has shown its help (0), or refused its arguments (2). */
export class Leave extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super();
    this.exitCode = exitCode;
  }
}

/** Reads the arguments after the script's name. Refusals are one line on stderr. */
export function readCommandLine(args: readonly string[]): Settings {
  const command = new Command("npm run astra --")
    .description("A prime-brokerage desk from book to backtest, as a printed report and an HTML page.")
    .option("--data <folder>", "CSV files to run on: prices_daily.csv, tbill_3m.csv, pair_1min.csv")
    .option("--universe <names>", "names to trade, separated by commas (with --data)", parseUniverse)
    .option("--seed <seed>", "the seed of everything drawn", "astra")
    .option("--out <folder>", "where report.html and the CSV files go", "astra-report")
    .option("--json", "print the figures as JSON instead of the report", false)
    .allowExcessArguments(false)
    .configureOutput({ outputError: (text, write) => write(`${text.trimEnd().replaceAll("\n", " ")}\n`) })
    .exitOverride();
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) throw new Leave(error.exitCode === 0 ? 0 : 2);
    throw error;
  }
  const settings = command.opts<Settings>();
  if (settings.universe !== undefined && settings.data === undefined) {
    console.error("error: --universe chooses among the names of a folder; give --data too");
    throw new Leave(2);
  }
  return settings;
}
