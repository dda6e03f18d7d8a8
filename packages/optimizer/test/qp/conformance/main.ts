import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { conformanceData } from "./conformance-data.ts";
import { promises } from "./promises.ts";
import { conformanceReport } from "./report.ts";
import { runConformance } from "./run-conformance.ts";

const result = runConformance(conformanceData());
const report = conformanceReport(result);
console.log(report);
const page = "docs/qp-conformance.md";
if (result.data.skipped.length === 0) {
  writeFileSync(fileURLToPath(new URL(`../../../../../${page}`, import.meta.url)), report);
  console.error(`Written to ${page}.`);
} else console.error(`${page} stays as it is: it is written from the full data.`);
if (promises(result).some(({ kept }) => !kept)) process.exitCode = 1;
