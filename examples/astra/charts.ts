import { cumulativeReturn, isoTime } from "@astra-quant/core-linalg";
import * as echarts from "echarts";
import { type DeskReport, TERMS } from "./desk.ts";
import { count, percent } from "./format.ts";

/** What a colour stands for. */
export interface Key {
  readonly name: string;
  readonly colour: string;
}

/** One picture in two widths: the page shows the one that fits the screen, and the keys as text that wraps. */
export interface Chart {
  readonly title: string;
  readonly caption: string;
  readonly keys: readonly Key[];
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
/** Bars in which the filter settles: an hour, or a quarter of a shorter history. */
const settlingBars = (bars: number): number => Math.min(60, Math.floor(bars / 4));

/** One colour a name: the palette, or as many hues as there are names. */
function colourOf(j: number, names: number): string {
  if (names <= COLOURS.length) return COLOURS[j]!;
  return `hsl(${Math.round((360 * j) / names)},70%,${j % 2 === 0 ? 62 : 76}%)`;
}

function render(option: echarts.EChartsOption, { width, height }: typeof WIDE): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: "transparent",
    color: COLOURS,
    textStyle: { color: INK, fontFamily: "system-ui, sans-serif", fontSize: 12 },
    grid: { left: 58, right: 22, top: 24, bottom: 34 },
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

const asPercent = (digits: number) => (x: number) => percent(x, digits);

function draw(
  title: string,
  caption: string,
  keys: readonly Key[],
  option: (narrow: boolean) => echarts.EChartsOption,
): Chart {
  return { title, caption, keys, wide: render(option(false), WIDE), narrow: render(option(true), NARROW) };
}

const stepOf = (rows: number): number => Math.max(1, Math.ceil(rows / POINTS));
const thinned = (rows: number): string => (stepOf(rows) > 1 ? `; one bar in ${stepOf(rows)} is drawn` : "");

/** Evenly spaced rows, the last one always among them. */
function sampledRows(rows: number): number[] {
  const step = stepOf(rows);
  const chosen = Array.from({ length: Math.ceil(rows / step) }, (_, k) => k * step);
  if (chosen.at(-1) !== rows - 1) chosen.push(rows - 1);
  return chosen;
}

type LineSeries = { name: string; values: Float64Array; colour: string };

function lines(labels: readonly string[], series: readonly LineSeries[]): echarts.EChartsOption {
  const rows = sampledRows(labels.length);
  return {
    xAxis: { type: "category", data: rows.map((t) => labels[t]!), ...axis, splitLine: { show: false } },
    series: series.map(({ name, values, colour }) => ({
      type: "line",
      name,
      showSymbol: false,
      lineStyle: { width: 1.6, color: colour },
      itemStyle: { color: colour },
      data: rows.map((t) => (Number.isNaN(values[t]) ? null : values[t]!)),
    })),
  };
}

function cumulativeReturns({ returns }: DeskReport): Chart {
  const growth = cumulativeReturn(returns);
  const labels = Array.from(returns.index, isoTime);
  const names = returns.columns.length;
  const series = returns.columns.map((name, j) => ({
    name,
    values: growth.column(name),
    colour: colourOf(j, names),
  }));
  const atTheEnd = ({ values }: LineSeries) => values.at(-1)!;
  const keys = [...series]
    .sort((a, b) => atTheEnd(b) - atTheEnd(a))
    .map((line) => ({ name: `${line.name} ${percent(atTheEnd(line), 0)}`, colour: line.colour }));
  return draw("Cumulative returns", `${returns.rows} days, simple returns compounded`, keys, () => ({
    ...lines(labels, series),
    yAxis: { type: "value", ...axis, axisLabel: { ...axis.axisLabel, formatter: asPercent(0) } },
  }));
}

function weights({ returns, collateral, inventory }: DeskReport): Chart {
  const keys = [
    { name: "minimum variance", colour: BLUE },
    { name: "long/short utility", colour: AMBER },
  ];
  const bars = (values: Float64Array, color: string): echarts.BarSeriesOption => ({
    type: "bar",
    data: Array.from(values),
    itemStyle: { color, borderRadius: 2 },
    barMaxWidth: 28,
  });
  const caption = "fractions of capital: the collateral pool is long only, the inventory long and short";
  return draw("Optimal weights", caption, keys, (narrow) => ({
    xAxis: {
      type: "category",
      data: [...returns.columns],
      ...axis,
      axisLabel: {
        ...axis.axisLabel,
        interval: 0,
        rotate: returns.columns.length > (narrow ? 6 : 16) ? 60 : 0,
      },
      splitLine: { show: false },
    },
    yAxis: { type: "value", ...axis, axisLabel: { ...axis.axisLabel, formatter: asPercent(0) } },
    series: [bars(collateral.weights, BLUE), bars(inventory.weights, AMBER)],
  }));
}

/** A vertical line with its name above it, on the side where there is room. */
function verticalLine(at: number, name: string, color: string, align: "left" | "right"): object {
  return {
    xAxis: at,
    lineStyle: { color, width: 1.5, type: "dashed" },
    label: { formatter: name, color, position: "end", align, distance: 4 },
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
  return draw("Simulated profit and loss", caption, [], () => ({
    xAxis: {
      type: "value",
      min: low,
      max: high,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: asPercent(0), showMinLabel: false, showMaxLabel: false },
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
            verticalLine(boundary, "VaR", AMBER, "left"),
            verticalLine(-simulated.expectedShortfall, "ES", RED, "right"),
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
  const bars = report.filter.slope.length;
  const settling = settlingBars(bars);
  const slope = report.filter.slope.map((value, t) => (t < settling ? Number.NaN : value));
  const caption = `${y} per ${x} in price units, after each one-minute bar; the first ${settling} bars, in which the filter settles, are left out${thinned(bars)}`;
  return draw("Hedge ratio (Kalman)", caption, [], () => ({
    ...lines(pairLabels(report), [{ name: "slope", values: slope, colour: GREEN }]),
    yAxis: { type: "value", scale: true, ...axis },
  }));
}

function zScores(report: DeskReport): Chart {
  const band = (at: number, color: string) => ({
    yAxis: at,
    lineStyle: { color, type: "dashed" },
    label: { show: color === RED, color: RED },
  });
  const { enter, exit } = TERMS;
  const caption = `innovation ÷ its standard deviation; enter beyond ±${enter}, exit within ±${exit}${thinned(report.filter.zScore.length)}`;
  return draw("Signal", caption, [], () => {
    const option = lines(pairLabels(report), [
      { name: "z-score", values: report.filter.zScore, colour: BLUE },
    ]);
    const [series] = option.series as echarts.LineSeriesOption[];
    series!.lineStyle = { width: 1, color: BLUE };
    series!.markLine = {
      silent: true,
      symbol: "none",
      label: { position: "end", distance: 3 },
      data: [band(enter, RED), band(-enter, RED), band(exit, INK), band(-exit, INK)] as never,
    };
    return { ...option, yAxis: { type: "value", ...axis } };
  });
}

function equity(report: DeskReport): Chart {
  const caption = `growth of 1 on gross capital, after costs, fills one bar after the signal${thinned(report.backtest.equity.length)}`;
  return draw("Equity of the pair", caption, [], () => ({
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
