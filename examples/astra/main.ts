// The desk's day on one command: book, funding, inventory, value at risk, pair, backtest; printed, and as a page.
//   npm run astra -- --help
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runExample } from "../run-example.ts";
import { drawCharts } from "./charts.ts";
import { readCommandLine, type Settings } from "./command-line.ts";
import { runDesk } from "./desk.ts";
import { csvExports } from "./export-csv.ts";
import { htmlReport } from "./html-report.ts";
import { jsonReport } from "./json-report.ts";
import { deskFromFolder, simulatedDesk } from "./load-market.ts";
import { pairSheet } from "./pair-sheet.ts";
import { printReport } from "./print-report.ts";
import { Progress } from "./progress.ts";
import { reportSections } from "./sections.ts";

const STEPS = 6;

function run({ data, universe, seed, out, json }: Settings): void {
  const progress = new Progress(STEPS);
  progress.step("market");
  const market = data === undefined ? simulatedDesk(seed) : deskFromFolder(data, universe);
  const report = runDesk(market, seed, (name) => progress.step(name));
  progress.step("report");
  const sections = reportSections(report);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "report.html"), htmlReport(report, sections, drawCharts(report)));
  writeFileSync(join(out, "pair.html"), pairSheet(report));
  const exports = csvExports(report);
  for (const [file, text] of exports) writeFileSync(join(out, file), text);
  progress.stop();
  if (json) console.log(JSON.stringify(jsonReport(report), null, 2));
  else {
    console.log(printReport(report, sections));
    console.log(`written to ${out}: report.html, pair.html, ${[...exports.keys()].join(", ")}`);
  }
}

runExample(() => run(readCommandLine(process.argv.slice(2))));
