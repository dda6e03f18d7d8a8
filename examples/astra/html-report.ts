import { isoTime } from "@astra-quant/core-linalg";
import type { Chart, Key } from "./charts.ts";
import { type DeskReport, TERMS, TRADING_DAYS } from "./desk.ts";
import { count, money, number, percent, wholeMoney } from "./format.ts";
import type { Section } from "./sections.ts";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

const STYLE = `
:root { color-scheme: dark; --ground: #0b111a; --panel: #111a27; --line: #1e2b3d; --ink: #e4ecf6; --soft: #9fb0c6; --amber: #f6b85a; --blue: #5ab0f6; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { margin: 0; font-size: 26px; letter-spacing: .14em; }
h2 { margin: 0 0 10px; font-size: 17px; }
p { margin: 4px 0; color: var(--soft); }
.badge { display: inline-block; margin-left: 8px; padding: 1px 8px; border: 1px solid var(--amber); border-radius: 999px; color: var(--amber); font-size: 12px; font-weight: 500; letter-spacing: 0; vertical-align: 2px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 20px 0; }
.card, section { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; }
.card { padding: 12px 14px; }
.card b { display: block; font-size: 19px; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.card span { color: var(--soft); font-size: 13px; }
section { margin: 14px 0; padding: 16px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; }
th { color: var(--soft); font-weight: 500; font-size: 13px; }
td { white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
tr:last-child td { border-bottom: 0; }
td.minus { color: #f47a8c; }
section p { font-size: 13.5px; margin-top: 8px; }
.warning { color: var(--amber); }
a { color: var(--blue); }
section p.keys { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-top: 0; }
.keys span { white-space: nowrap; }
.keys i { display: inline-block; width: 14px; height: 8px; margin-right: 6px; border-radius: 3px; }
svg { display: block; width: 100%; height: auto; }
.narrow { display: none; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 14px; }
.columns > div { display: flex; }
.columns section { flex: 1; min-width: 0; }
footer { color: var(--soft); font-size: 13px; margin-top: 20px; }
@media (max-width: 700px) { .wide { display: none; } .narrow { display: block; } .columns { grid-template-columns: minmax(0, 1fr); } section { padding: 12px; } th, td { padding: 6px; } td:first-child { white-space: normal; } }
`;

function cell(text: string, tag: "th" | "td"): string {
  const minus = tag === "td" && /^[-−]/.test(text) ? ' class="minus"' : "";
  return `<${tag}${minus}>${escapeHtml(text)}</${tag}>`;
}

function tableOf({ title, head, rows, notes, warnings }: Section, badge: string): string {
  const line = (cells: readonly string[], tag: "th" | "td") =>
    `<tr>${cells.map((text) => cell(text, tag)).join("")}</tr>`;
  return `<section><h2>${escapeHtml(title)}${badge}</h2>
<div class="scroll"><table><thead>${line(head, "th")}</thead><tbody>${rows.map((row) => line(row, "td")).join("")}</tbody></table></div>
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join("")}
${warnings.map((warning) => `<p class="warning">Warning: ${escapeHtml(warning)}</p>`).join("")}</section>`;
}

const keysOf = (keys: readonly Key[]): string =>
  keys.length === 0
    ? ""
    : `<p class="keys">${keys.map(({ name, colour }) => `<span><i style="background:${colour}"></i>${escapeHtml(name)}</span>`).join("")}</p>`;

function figureOf({ title, caption, keys, wide, narrow }: Chart, badge: string): string {
  return `<section><h2>${escapeHtml(title)}${badge}</h2>${keysOf(keys)}<div class="wide">${wide}</div><div class="narrow">${narrow}</div><p>${escapeHtml(caption)}</p></section>`;
}

function cards({ book, funding, inventory, simulated, backtest }: DeskReport): string {
  const figures: [string, string][] = [
    ["gross exposure", wholeMoney(book.gross)],
    ["carry a day", money(funding.total)],
    ["inventory volatility", percent(inventory.volatility * Math.sqrt(TRADING_DAYS), 1)],
    [
      `${percent(TERMS.confidence, 0)} VaR, ${TERMS.horizonDays} days`,
      `${number(100 * simulated.valueAtRisk, 1)} ± ${percent(simulated.standardError.valueAtRisk, 1)}`,
    ],
    ["pair after costs", percent(backtest.summary.totalReturn)],
    ["trades of the pair", count(backtest.trades.length)],
  ];
  return figures
    .map(
      ([name, value]) =>
        `<div class="card"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></div>`,
    )
    .join("");
}

/** One file with everything in it: tables, charts as SVG, no script, nothing fetched. */
export function htmlReport(
  report: DeskReport,
  sections: readonly Section[],
  charts: readonly Chart[],
): string {
  const { market, returns } = report;
  const badge = market.simulated ? '<span class="badge">simulated</span>' : "";
  const [bookTable, fundingTable, collateral, inventory, risk, pair] = sections.map((s) => tableOf(s, badge));
  const [growth, weights, profit, beta, signal, equity] = charts.map((c) => figureOf(c, badge));
  const pairOf = (left: string | undefined, right: string | undefined) =>
    `<div class="columns"><div>${left}</div><div>${right}</div></div>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>ASTRA desk report</title><style>${STYLE}</style></head>
<body><main>
<h1>ASTRA${badge}</h1>
<p>${escapeHtml(market.source)}, ${returns.rows} daily returns to ${isoTime(returns.index.at(-1)!)}</p>
${market.simulated ? '<p class="warning">Every number on this page comes from a simulated market; the names are the deck’s, the prices are not theirs.</p>' : ""}
${market.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join("")}
<div class="cards">${cards(report)}</div>
${growth}
${pairOf(bookTable, fundingTable)}
${weights}
${pairOf(collateral, inventory)}
${profit}
${risk}
${beta}
${signal}
${equity}
${pair}
<p>The pair’s backtest on a page of its own, with its drawdowns, trades and returns by day: <a href="pair.html">pair.html</a></p>
<footer>Fractions of capital unless a currency is named; losses positive in value at risk, carry negative when it costs.</footer>
</main></body></html>
`;
}
