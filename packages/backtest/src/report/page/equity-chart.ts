import { moneyAxis, moneyText, percentAxis, percentText, ratioText } from "../number-text.ts";
import type { TearSheetData } from "../tear-sheet-data.ts";
import type { ChartLook } from "./chart-look.ts";
import { linePlot, type PlotLine } from "./line-plot.ts";
import { section, sentence } from "./section.ts";
import { rangeOf } from "./value-scale.ts";

/** How deep the plot of a drawdown is that there was not. */
const NO_DRAWDOWN = -0.01;
/** More marks than these would hide the line. */
const MOST_MARKS = 40;

const lastOf = (values: Float64Array): number => values.at(-1)!;

function againstBenchmark({ benchmark }: TearSheetData): string {
  if (benchmark === null) return "";
  const { model, information, name } = benchmark;
  return (
    `Against ${name}: beta ${ratioText(model.beta)} ± ${ratioText(model.betaStandardError)}, alpha ` +
    `${percentText(model.alpha, 1)} ± ${percentText(model.alphaStandardError, 1)} a year, correlation ` +
    `${ratioText(model.correlation)}, information ratio ${ratioText(information.annualized)}, tracking error ` +
    `${percentText(information.trackingError, 1)}.`
  );
}

/** Equity, and beneath it how far it stands below its high. */
export function equityChart(
  data: TearSheetData,
  { ticks, fewTicks, currency, logarithmic }: ChartLook,
): string {
  const { equity, benchmark, drawdown, events, firstRow, ruin, drawdowns } = data;
  const money = (x: number): string => moneyText(x, currency);
  const lines: PlotLine[] = [
    {
      tone: "blue",
      values: equity,
      label: { name: benchmark === null ? "equity" : "backtest", value: money(lastOf(equity)) },
    },
  ];
  if (benchmark !== null) {
    const label = { name: benchmark.name, value: money(lastOf(benchmark.equity)) };
    lines.unshift({ tone: "grey", values: benchmark.equity, label, fine: true });
  }
  const [low, high] = rangeOf([equity]);
  const ofTheBook = events.filter(({ asset }) => asset === undefined);
  const entries = new Set(
    ofTheBook.map(({ row }) => row - firstRow).filter((k) => k >= 0 && k < equity.length),
  );
  if (ruin !== null) entries.add(ruin);
  const marks = entries.size <= MOST_MARKS ? [...entries] : [];
  const scale = logarithmic ? ", logarithmic scale" : "";
  const marked = marks.length === 0 ? "" : "; dashed lines mark what befell the whole book";
  const deepest = drawdowns[0];
  const worst =
    deepest === undefined ? "none" : `${percentText(deepest.depth, 1)} at ${deepest.names.trough}`;
  return section(
    "Equity",
    `after costs${scale}; beneath it the drawdown from the last high${marked}`,
    linePlot({
      id: "equity",
      title: "Equity",
      description: `From ${money(equity[0]!)} to ${money(lastOf(equity))}, between ${money(low)} and ${money(high)}.`,
      height: 300,
      lines,
      axis: moneyAxis(currency),
      marks,
      logarithmic,
      ticks: [],
    }),
    linePlot({
      id: "drawdown",
      title: "Drawdown",
      description: `How far the equity stands below its last high; the worst: ${worst}.`,
      height: 110,
      lines: [
        {
          tone: "orange",
          values: drawdown,
          filled: true,
          label: { name: "now", value: percentText(lastOf(drawdown)) },
        },
      ],
      axis: percentAxis,
      levels: deepest === undefined ? [0, NO_DRAWDOWN] : [0],
      ticks,
      fewTicks,
    }),
    sentence(againstBenchmark(data)),
  );
}
