import { requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { numberText } from "./number-text.ts";
import { tradeCharts, turnoverChart } from "./page/bar-charts.ts";
import type { ChartLook } from "./page/chart-look.ts";
import { equityChart } from "./page/equity-chart.ts";
import { headline } from "./page/headline.ts";
import { exposureChart, profitChart, sharpeChart } from "./page/line-charts.ts";
import { escapeText, joined } from "./page/markup.ts";
import { STYLE } from "./page/style.ts";
import { drawdownsTable, eventsTable, returnGridTable } from "./page/tables.ts";
import { timeAxis } from "./page/time-axis.ts";
import type { ReportedResult } from "./reported-result.ts";
import { requireText } from "./require-text.ts";
import { type TearSheetData, type TearSheetDataOptions, tearSheetData } from "./tear-sheet-data.ts";

export interface TearSheetOptions extends TearSheetDataOptions {
  /** @defaultValue "Backtest" */
  readonly title?: string;
  /** Of the equity; what is not positive has no place on a logarithmic one. @defaultValue "linear" */
  readonly scale?: "linear" | "log";
  /** Written beside money: "$", "EUR". @defaultValue "" */
  readonly currency?: string;
}

function footer({ stamp }: TearSheetData): string {
  const { hash, periodsPerYear, lag, lookAhead } = stamp;
  const facts = [
    `${numberText(periodsPerYear, Number.isInteger(periodsPerYear) ? 0 : 2)} bars a year`,
    `lag ${lag}`,
    lookAhead ? "look-ahead: bars earned with weights that knew their return" : "no look-ahead",
  ];
  return joined(
    "<footer>",
    `<p>Result <code>${escapeText(hash)}</code> · ${facts.join(" · ")}</p>`,
    "<p>Returns are after costs and compounded. ± is one standard error, for returns that are independent of each other; " +
      "where they are not, it is wider. Dates are UTC.</p>",
    "</footer>",
  );
}

/**
 * A backtest on one page: one HTML text that holds its style and its pictures, with no script and nothing to fetch, for
 * screens of any width, light or dark, and for paper. Warnings come first, in words, then figures with their errors; equity
 * and drawdown; returns by month; profit by source, exposure, turnover, rolling Sharpe ratio; trades; the worst drawdowns;
 * events; and the hash of the result. What the result does not hold (dates, exposure, events) is left out or said.
 *
 * The same result and options give the same bytes on every engine. Lines of more than 2 000 entries are thinned by
 * {@link thinnedRows}, so a page stays small however long the record is. The numbers alone: {@link tearSheetData}.
 *
 * @throws QuantError "option" for a title or a currency that is no text or a scale that is neither; otherwise as
 *   {@link tearSheetData}.
 */
export function tearSheet(result: ReportedResult, options: TearSheetOptions = {}): string {
  requireKnownOptions(options, ["benchmark", "rollingWindow", "drawdowns", "title", "scale", "currency"]);
  const { title = "Backtest", scale = "linear", currency = "", ...asked } = options;
  requireText("title", title);
  requireText("currency", currency);
  requireOneOf("scale", scale, ["linear", "log"]);
  const data = tearSheetData(result, asked);
  const look: ChartLook = {
    ticks: timeAxis(data, 11),
    fewTicks: timeAxis(data, 6),
    currency,
    logarithmic: scale === "log",
  };
  return joined(
    '<!doctype html>\n<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light dark"><title>${escapeText(title)}</title><style>${STYLE}</style></head>`,
    "<body><main>",
    headline(data, title, currency),
    equityChart(data, look),
    returnGridTable(data),
    '<div class="columns">',
    profitChart(data, look),
    exposureChart(data, look),
    turnoverChart(data, look.fewTicks),
    sharpeChart(data, look),
    "</div>",
    tradeCharts(data),
    drawdownsTable(data),
    eventsTable(data),
    footer(data),
    "</main></body>\n</html>\n",
  );
}
