import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { RANDOM_CLASSES } from "./random-classes.ts";
import { brokenPromises, portfolioReport } from "./report.ts";
import { agreementCount, goldenCounts, randomCount } from "./run-portfolios.ts";

const result = {
  golden: goldenCounts(),
  random: RANDOM_CLASSES.map(randomCount),
  agreement: agreementCount({ mostAssets: 30, count: 1200, from: 300_000 }),
};
const report = portfolioReport(result);
console.log(report);
const page = "docs/portfolio-conformance.md";
if (result.golden !== undefined) {
  writeFileSync(fileURLToPath(new URL(`../../../../../${page}`, import.meta.url)), report);
  console.error(`Written to ${page}.`);
} else console.error(`${page} stays as it is: it is written from the full data.`);
if (brokenPromises(result).length > 0) process.exitCode = 1;
