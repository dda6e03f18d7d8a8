import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { forwardFill, type Panel, QuantError, readCsvPanel } from "@astra-quant/core-linalg";
import type { Bars } from "@astra-quant/signals";

/** What the pipeline looks at. */
export interface Universe {
  /** Where the numbers come from, for every page that shows them. */
  readonly source: string;
  readonly simulated: boolean;
  /** Daily closes of the names and of the benchmark. */
  readonly prices: Panel;
  readonly benchmark: string;
  /** Hourly bars of the last sessions, named by their end; absent where there are none. */
  readonly hourly?: Bars<Panel>;
}

const BENCHMARK = "SPY";
/** What is no company: it has no place across names. */
const INDICES = ["SPX", "NDX", "DJI", "RUT", "VIX"];

/** The names of a folder's prices_daily.csv, gaps filled forward; it has no hourly bars. */
export function universeFromFolder(folder: string): Universe {
  const path = join(folder, "prices_daily.csv");
  if (!existsSync(path)) throw new QuantError("data", `prices_daily.csv is not in ${folder}`);
  const all = readCsvPanel(readFileSync(path, "utf8"), { name: "prices_daily.csv", time: "date" });
  if (!all.columns.includes(BENCHMARK)) {
    throw new QuantError("data", `prices_daily.csv must have a column ${BENCHMARK}, the benchmark`);
  }
  const prices = forwardFill(all.select(all.columns.filter((name) => !INDICES.includes(name))));
  return { source: `prices of ${folder}`, simulated: false, prices, benchmark: BENCHMARK };
}
