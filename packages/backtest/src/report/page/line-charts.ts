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
import type { ChartLook } from "./chart-look.ts";
import type { Tone } from "./frame.ts";
import { linePlot, type PlotLine } from "./line-plot.ts";
import { section } from "./section.ts";
import { rangeOf } from "./value-scale.ts";

const lastOf = (values: Float64Array): number => values.at(-1)!;

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
