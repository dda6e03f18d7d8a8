// Installs the packed tarballs of a folder into an empty project with npm, and uses them as a stranger would: imported,
// required, and with the two copies meeting.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2] ?? ".");
const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
const project = mkdtempSync(join(tmpdir(), "astra-tarballs-"));

const USE_ALL = `
  const factor = core.cholesky([[4, 1], [1, 3]]);
  const draws = core.multivariateNormal(core.createRandom("tarball"), { cholesky: factor.L, count: 500 });
  const { covariance } = core.sampleCovariance(draws);
  const portfolio = optimizer.minimumVariance(covariance, { weights: { min: 0 } });
  const loss = risk.parametricVar({ weights: portfolio.weights, covariance, horizon: 1, confidence: 0.99 });
  const x = Array.from(draws.column(0), (z) => 100 + z);
  const y = Array.from(draws.column(1), (z, t) => 20 + 2 * x[t] + z);
  const filter = kalman.kalmanRegression(x, y);
  const factorValue = signals.tailRiskSignal(draws.column(0));
  const run = backtest.backtest({ returns: draws.toRows().map((r) => r.map((v) => v / 1000)), weights: draws.toRows().map(() => [0.5, 0.5]), periodsPerYear: 252 });
  const price = funding.priceFunding([{ asset: "A", notional: 1e6 }], { baseRate: 0.03595, longSpreadBps: 50, shortSpreadBps: 25, borrowFeeBps: 40 });
  const figures = [draws.data[7], portfolio.weights[0], loss.valueAtRisk, filter.slope[499], factorValue[499], run.equity[499], price.total];
  if (!figures.every(Number.isFinite)) throw new Error("a figure is not finite: " + figures);
`;
const NAMES = ["core-linalg", "optimizer", "risk", "kalman", "signals", "backtest", "funding"];
const variable = (name) => (name === "core-linalg" ? "core" : name);

const esm = `${NAMES.map((n) => `import * as ${variable(n)} from "@astra-quant/${n}";`).join("\n")}
${USE_ALL}
console.log(JSON.stringify(figures));`;
const cjs = `${NAMES.map((n) => `const ${variable(n)} = require("@astra-quant/${n}");`).join("\n")}
${USE_ALL}
console.log(JSON.stringify(figures));`;
// The matrix of one copy goes into the functions of the other.
const both = `import { createRequire } from "node:module";
import { Matrix, Panel, createRandom } from "@astra-quant/core-linalg";
import { panelFromArrow } from "@astra-quant/core-linalg/arrow";
const require = createRequire(import.meta.url);
const other = require("@astra-quant/core-linalg");
const otherArrow = require("@astra-quant/core-linalg/arrow");
const risk = require("@astra-quant/risk");
const X = new Matrix(50, 2, createRandom(1).fillNormal(new Float64Array(100)));
const { covariance } = other.sampleCovariance(X);
const panel = new Panel({ index: X.column(0).map((_, t) => t), columns: ["a", "b"], values: X });
if (other.rollingMean(panel, 3).columns.join() !== "a,b") throw new Error("a panel of the other copy is not known");
// apache-arrow is not installed here: both halves work on what has its shape.
const made = [];
const arrow = {
  Table: class { constructor(columns) { made.push(...Object.keys(columns)); } select(names) { return names; } },
  Float64: class {}, TimestampMillisecond: class {}, makeVector: (column) => column,
};
if (otherArrow.panelToArrow(panel, arrow).join() !== "time,a,b" || made.length !== 3) throw new Error("no table was made");
const column = (typeId, values) => ({ type: { typeId, unit: 1, precision: 2 }, length: 1, nullCount: 0, isValid: () => true, toArray: () => values });
const table = { numRows: 1, schema: { fields: [{ name: "t" }, { name: "x" }] }, getChildAt: (j) => [column(10, [5n]), column(3, [7])][j] };
if (other.isoTime(panelFromArrow(table, { time: "t" }).index[0]) !== "1970-01-01T00:00:00.005Z") throw new Error("no panel was read");
risk.parametricVar({ weights: [1, 0], covariance, horizon: 1, confidence: 0.95 });
try { other.sampleCovariance([[1]]); } catch (error) { if (error.name !== "QuantError") throw error; }`;

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: project,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

try {
  writeFileSync(join(project, "package.json"), '{ "name": "stranger", "private": true }\n');
  run("npm", "install", "--no-audit", "--no-fund", ...tarballs.map((name) => join(folder, name)));
  writeFileSync(join(project, "esm.mjs"), esm);
  writeFileSync(join(project, "cjs.cjs"), cjs);
  writeFileSync(join(project, "both.mjs"), both);
  const imported = run(process.execPath, "esm.mjs");
  const required = run(process.execPath, "cjs.cjs");
  if (imported !== required) throw new Error(`ESM and CJS differ:\n${imported}${required}`);
  run(process.execPath, "both.mjs");
  console.log(`${tarballs.length} tarballs work together: ${imported.trim()}`);
} finally {
  rmSync(project, { recursive: true, force: true });
}
