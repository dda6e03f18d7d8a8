import { mean } from "@astra-quant/core-linalg";
import {
  countText,
  moneyAxis,
  moneyText,
  percentAxis,
  percentText,
  ratioAxis,
  ratioText,
} from "../number-text.ts";
import type { TearSheetData } from "../tear-sheet-data.ts";
import type { Tone } from "./frame.ts";
import { linePlot, type PlotLine } from "./line-plot.ts";
import { section, sentence } from "./section.ts";
import type { AxisTick } from "./time-axis.ts";
import { rangeOf } from "./value-scale.ts";

/** How the charts of a sheet are to look. */
export interface ChartLook {
  readonly ticks: readonly AxisTick[];
  /** For plots of half the width, and for telephones. */
  readonly fewTicks: readonly AxisTick[];
  readonly currency: string;
  readonly logarithmic: boolean;
}

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

/** How deep the plot of a drawdown is that there was not. */
const NO_DRAWDOWN = -0.01;
/** More marks than these would hide the line. */
const MOST_MARKS = 40;

export function sharpeChart({ rollingSharpe }: TearSheetData, { fewTicks }: ChartLook): string {
  if (rollingSharpe === null) return "";
  const { window, values, standardErrors } = rollingSharpe;
  const [low, high] = rangeOf([values]);
  if (!(low <= high)) return "";
  return section(
    "Rolling Sharpe ratio",
    `${countText(window)} bars, annualised; band: one standard error`,
    linePlot({
      id: "sharpe",
      title: "Rolling Sharpe ratio",
      description: `Of the last ${window} bars: between ${ratioText(low)} and ${ratioText(high)}, at the end ${ratioText(lastOf(values))}.`,
      height: 210,
      lines: [{ tone: "blue", values }],
      band: {
        upper: values.map((x, k) => x + standardErrors[k]!),
        lower: values.map((x, k) => x - standardErrors[k]!),
      },
      axis: ratioAxis,
      levels: [0],
      ticks: fewTicks,
    }),
  );
}

/** More would only hide a book that comes and goes behind its own strokes. */
const MOST_BLOCKS = 400;

function blockMeans(values: Float64Array, size: number): Float64Array {
  const means = new Float64Array(Math.ceil(values.length / size));
  for (let b = 0; b < means.length; b++) means[b] = mean(values.subarray(b * size, (b + 1) * size));
  return means;
}

export function exposureChart({ exposure }: TearSheetData, { fewTicks }: ChartLook): string {
  // Nothing is held at the start, and that is no dip.
  const [gross, net] = [exposure.gross.subarray(1), exposure.net.subarray(1)];
  const size = Math.ceil(gross.length / MOST_BLOCKS);
  const last = (values: Float64Array): string => percentText(lastOf(values), 0);
  const [, most] = rangeOf([gross]);
  const [low, high] = rangeOf([net]);
  return section(
    "Exposure",
    `fractions of capital${size === 1 ? "" : `, means of ${countText(size)} bars`}`,
    linePlot({
      id: "exposure",
      title: "Exposure",
      description: `Gross up to ${percentText(most, 0)} of capital; net between ${percentText(low, 0)} and ${percentText(high, 0)}.`,
      height: 210,
      lines: [
        { tone: "blue", values: blockMeans(gross, size), label: { name: "gross", value: last(gross) } },
        { tone: "orange", values: blockMeans(net, size), label: { name: "net", value: last(net) } },
      ],
      axis: percentAxis,
      levels: [0],
      ticks: fewTicks,
    }),
  );
}

const TONES: readonly Tone[] = ["blue", "orange", "green", "purple", "grey"];

/** What each source has brought since the start; sources that never moved are left out. */
export function profitChart({ profit, equity }: TearSheetData, { fewTicks, currency }: ChartLook): string {
  const total = equity.map((money) => money - equity[0]!);
  const money = (x: number): string => moneyText(x, currency);
  const parts = profit
    .map((part, i) => ({ ...part, tone: TONES[i % TONES.length]! }))
    .filter(({ cumulative }) => cumulative.some((x) => x !== 0));
  const lines = parts.map(
    ({ source, cumulative, tone, total: sum }): PlotLine => ({
      tone,
      values: cumulative,
      label: { name: source, value: money(sum) },
    }),
  );
  const sums = parts.map(({ source, total: sum }) => `${source} ${money(sum)}`).join(", ");
  return section(
    "Profit by source",
    "since the start; the parts add up to the total",
    linePlot({
      id: "profit",
      title: "Profit by source",
      description: `${sums === "" ? "Nothing was earned or paid" : `At the end: ${sums}`}; in total ${money(lastOf(total))}.`,
      height: 210,
      lines: [
        ...lines,
        { tone: "ink", values: total, label: { name: "total", value: money(lastOf(total)) } },
      ],
      axis: moneyAxis(currency),
      levels: [0],
      ticks: fewTicks,
    }),
  );
}
