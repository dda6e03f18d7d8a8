import { cumulativeReturn, isoTime } from "@astra-quant/core-linalg";
import * as echarts from "echarts";
import { type DeskReport, TERMS } from "./desk.ts";
import { count, percent } from "./format.ts";

/** One picture in two widths: the page shows the one that fits the screen. */
export interface Chart {
  readonly title: string;
  readonly caption: string;
  readonly wide: string;
  readonly narrow: string;
}

const WIDE = { width: 920, height: 340 };
const NARROW = { width: 380, height: 300 };
const COLOURS = ["#5ab0f6", "#f6b85a", "#7ee0a1", "#f47a8c", "#b59cf5", "#5fd8d2", "#d7e05a", "#f59cd6"];
const [BLUE, AMBER, GREEN, RED] = COLOURS as [string, string, string, string];
const INK = "#9fb0c6";
const GRID_LINE = "#1e2b3d";
/** Points a line is drawn with; more would only make the file heavier. */
const POINTS = 2000;
const SETTLING_BARS = 60;

function render(option: echarts.EChartsOption, { width, height }: typeof WIDE): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: "transparent",
    color: COLOURS,
    textStyle: { color: INK, fontFamily: "system-ui, sans-serif", fontSize: 12 },
    grid: { left: 58, right: 18, top: option.legend ? 44 : 20, bottom: 34 },
    ...option,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.replace(/ width="\d+" height="\d+"/, "");
}

const axis = {
  axisLine: { lineStyle: { color: GRID_LINE } },
  axisTick: { show: false },
  axisLabel: { color: INK, hideOverlap: true },
  splitLine: { lineStyle: { color: GRID_LINE } },
} as const;

const legend = {
  top: 4,
  textStyle: { color: INK },
  itemWidth: 14,
  itemHeight: 8,
  itemGap: 28,
  icon: "roundRect",
} as const;
const asPercent = (digits: number) => (x: number) => percent(x, digits);

function draw(title: string, caption: string, option: (narrow: boolean) => echarts.EChartsOption): Chart {
  return { title, caption, wide: render(option(false), WIDE), narrow: render(option(true), NARROW) };
}

/** Evenly spaced rows, the last one always among them. */
function sampledRows(rows: number): number[] {
  const step = Math.max(1, Math.ceil(rows / POINTS));
  const chosen = Array.from({ length: Math.ceil(rows / step) }, (_, k) => k * step);
  if (chosen.at(-1) !== rows - 1) chosen.push(rows - 1);
  return chosen;
}

type LineSeries = { name: string; values: Float64Array; colour?: string };

function lines(labels: readonly string[], series: readonly LineSeries[]): echarts.EChartsOption {
  const rows = sampledRows(labels.length);
  return {
    xAxis: { type: "category", data: rows.map((t) => labels[t]!), ...axis, splitLine: { show: false } },
    series: series.map(({ name, values, colour }) => ({
      type: "line",
      name,
      showSymbol: false,
      lineStyle: { width: 1.6, ...(colour ? { color: colour } : {}) },
      ...(colour ? { itemStyle: { color: colour } } : {}),
      data: rows.map((t) => (Number.isNaN(values[t]) ? null : values[t]!)),
    })),
  };
}

function cumulativeReturns({ returns }: DeskReport): Chart {
  const growth = cumulativeReturn(returns);
  const labels = Array.from(returns.index, isoTime);
  const series = returns.columns.map((name) => ({ name, values: growth.column(name) }));
  return draw("Cumulative returns", `${returns.rows} days, simple returns compounded`, (narrow) => ({
    ...lines(labels, series),
    legend: narrow ? { ...legend, type: "scroll", pageTextStyle: { color: INK } } : legend,
    yAxis: { type: "value", ...axis, axisLabel: { ...axis.axisLabel, formatter: asPercent(0) } },
  }));
}

function weights({ returns, collateral, inventory }: DeskReport): Chart {
  const bars = (name: string, values: Float64Array, color: string): echarts.BarSeriesOption => ({
    type: "bar",
    name,
    data: Array.from(values),
    itemStyle: { color, borderRadius: 2 },
    barMaxWidth: 28,
  });
  const caption = "fractions of capital: the collateral pool is long only, the inventory long and short";
  return draw("Optimal weights", caption, (narrow) => ({
    legend,
    xAxis: {
      type: "category",
      data: [...returns.columns],
      ...axis,
      axisLabel: { ...axis.axisLabel, rotate: narrow && returns.columns.length > 6 ? 60 : 0 },
      splitLine: { show: false },
    },
    yAxis: { type: "value", ...axis, axisLabel: { ...axis.axisLabel, formatter: asPercent(0) } },
    series: [
      bars("minimum variance", collateral.weights, BLUE),
      bars("long/short utility", inventory.weights, AMBER),
    ],
  }));
}

/** A vertical line with its name at its top. */
function verticalLine(at: number, name: string, color: string): object {
  return {
    xAxis: at,
    lineStyle: { color, width: 1.5, type: "dashed" },
    label: { formatter: name, color, position: "insideEndTop" },
  };
}

function profitDistribution({ simulated }: DeskReport): Chart {
  const returns = simulated.returns!.slice().sort();
  const [low, high] = [returns[0]!, returns[returns.length - 1]!];
  const CELLS = 60;
  const width = (high - low) / CELLS || 1;
  const heights = new Float64Array(CELLS);
  for (const r of returns) heights[Math.min(CELLS - 1, Math.floor((r - low) / width))]! += 1;
  const cells = Array.from(heights, (height, k) => [low + (k + 0.5) * width, height]);
  const boundary = -simulated.valueAtRisk;
  const caption = `${count(simulated.scenarios)} scenarios of ${TERMS.horizonDays} days: ${percent(TERMS.confidence, 0)} value at risk ${percent(simulated.valueAtRisk, 1)}, expected shortfall ${percent(simulated.expectedShortfall, 1)}`;
  return draw("Simulated profit and loss", caption, () => ({
    xAxis: {
      type: "value",
      min: low,
      max: high,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: asPercent(0) },
      splitLine: { show: false },
    },
    yAxis: { type: "value", ...axis, axisLabel: { show: false } },
    series: [
      {
        type: "bar",
        barWidth: "98%",
        data: cells.map(([x, height]) => ({
          value: [x!, height!],
          itemStyle: { color: x! < boundary ? RED : BLUE },
        })),
        markLine: {
          silent: true,
          symbol: "none",
          precision: 6, // the default rounds a return to a whole percent
          data: [
            verticalLine(boundary, "VaR", AMBER),
            verticalLine(-simulated.expectedShortfall, "ES", RED),
          ] as never,
        },
      },
    ],
  }));
}

function pairLabels({ market }: DeskReport): string[] {
  return Array.from(market.pair.index, (time) => isoTime(time).slice(5, 16).replace("T", " "));
}

function hedgeRatio(report: DeskReport): Chart {
  const { x, y } = report.market.pairNames;
  const slope = report.filter.slope.map((value, t) => (t < SETTLING_BARS ? Number.NaN : value));
  const caption = `${y} per ${x} in price units, after each one-minute bar; the first hour, in which the filter settles, is left out`;
  return draw("Hedge ratio (Kalman)", caption, () => ({
    ...lines(pairLabels(report), [{ name: "slope", values: slope, colour: GREEN }]),
    yAxis: { type: "value", scale: true, ...axis },
  }));
}

function zScores(report: DeskReport): Chart {
  const band = (at: number, color: string) => ({
    yAxis: at,
    lineStyle: { color, type: "dashed" },
    label: { show: color === RED },
  });
  const { enter, exit } = TERMS;
  const caption = `innovation ÷ its standard deviation; enter beyond ±${enter}, exit within ±${exit}`;
  return draw("Signal", caption, () => {
    const option = lines(pairLabels(report), [
      { name: "z-score", values: report.filter.zScore, colour: BLUE },
    ]);
    const [series] = option.series as echarts.LineSeriesOption[];
    series!.lineStyle = { width: 1, color: BLUE };
    series!.markLine = {
      silent: true,
      symbol: "none",
      label: { color: INK, position: "insideEndTop" },
      data: [band(enter, RED), band(-enter, RED), band(exit, INK), band(-exit, INK)] as never,
    };
    return { ...option, yAxis: { type: "value", ...axis } };
  });
}

function equity(report: DeskReport): Chart {
  const caption = "growth of 1 on gross capital, after costs, fills one bar after the signal";
  return draw("Equity of the pair", caption, () => ({
    ...lines(pairLabels(report), [{ name: "equity", values: report.backtest.equity, colour: AMBER }]),
    yAxis: {
      type: "value",
      scale: true,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: (v: number) => v.toFixed(4) },
    },
  }));
}

/** The deck's charts, in its order. */
export function drawCharts(report: DeskReport): Chart[] {
  return [cumulativeReturns, weights, profitDistribution, hedgeRatio, zScores, equity].map((chart) =>
    chart(report),
  );
}
