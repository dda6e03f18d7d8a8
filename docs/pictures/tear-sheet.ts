// Draws docs/pictures/tear-sheet.png: the tear sheet of a seeded long/short book with every source of profit in it.
// Run: npx tsx --conditions=@astra-quant/source docs/pictures/tear-sheet.ts (needs chromium)
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { backtest, hedgeOverlay, limitsOverlay, linearCost, tearSheet } from "@astra-quant/backtest";
import { createRandom, Matrix } from "@astra-quant/core-linalg";

const DAY = 86_400_000;
const BROWSER = "chromium";
const ROWS = 2520;
const ASSETS = ["ALPHA", "BRAVO", "CEDAR", "DELTA", "ECHO", "FJORD"];
const LOOKBACK = 60;

const random = createRandom("tear sheet");
const dates: number[] = [];
for (let day = Date.parse("2016-01-04"); dates.length < ROWS; day += DAY) {
  const weekday = new Date(day).getUTCDay();
  if (weekday !== 0 && weekday !== 6) dates.push(day);
}

const prices = new Matrix(ROWS, ASSETS.length);
const weights = new Matrix(ROWS, ASSETS.length);
weights.data.fill(Number.NaN);
const market = new Float64Array(ROWS);
const drift = new Float64Array(ASSETS.length);
for (let t = 0; t < ROWS; t++) {
  market[t] = 0.0003 + 0.0085 * random.studentT(4) * 0.7;
  for (let j = 0; j < ASSETS.length; j++) {
    drift[j] = 0.99 * drift[j]! + 0.00012 * random.normal();
    const before = t === 0 ? 100 : prices.get(t - 1, j);
    prices.set(t, j, before * (1 + market[t]! + drift[j]! + 0.008 * random.normal()));
  }
  if (t < LOOKBACK) continue;
  // A fifth of the rows decide anew: long what rose more than the rest, short what rose less.
  const scores = ASSETS.map((_, j) => prices.get(t, j) / prices.get(t - LOOKBACK, j) - 1);
  const middle = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const size = scores.reduce((sum, score) => sum + Math.abs(score - middle), 0);
  scores.forEach((score, j) => {
    weights.set(
      t,
      j,
      t % 5 === 0 || t === LOOKBACK ? (1.4 * (score - middle)) / size : weights.get(t - 1, j),
    );
  });
}

const result = backtest({
  prices,
  weights,
  assets: ASSETS,
  dates,
  rebalance: { calendar: "week" },
  costs: [linearCost({ bps: 4 })],
  financing: { long: 0.041 / 360, short: -0.0295 / 360, per: "day" },
  cash: { credit: 0.03 / 360, per: "day" },
  overlays: [limitsOverlay(), hedgeOverlay({ marketReturns: market })],
  capital: 1_000_000,
  periodsPerYear: 252,
});

const folder = mkdtempSync(join(tmpdir(), "tear-sheet-"));
const page = join(folder, "tear-sheet.html");
const html = tearSheet(
  { ...result, lag: 1 },
  { title: "Momentum, long and short", currency: "$", benchmark: { name: "market", returns: market } },
);
writeFileSync(page, html);
const picture = fileURLToPath(new URL("tear-sheet.png", import.meta.url));
const asked = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--hide-scrollbars",
  "--blink-settings=preferredColorScheme=1",
  `--user-data-dir=${join(folder, "profile")}`,
  "--window-size=1180,1482",
  `--screenshot=${picture}`,
  page,
];
execFileSync(BROWSER, asked, { stdio: "ignore" });
console.log(result.summary.sharpe, result.events.length, html.length);
rmSync(folder, { recursive: true, force: true });
