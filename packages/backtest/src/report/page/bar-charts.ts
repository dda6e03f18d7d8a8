import type { Histogram, TradeFigures } from "../data/trade-figures.ts";
import { niceTicks } from "../nice-ticks.ts";
import { countAxis, countText, percentAxis, percentText, ratioAxis, ratioText } from "../number-text.ts";
import type { TearSheetData } from "../tear-sheet-data.ts";
import { barPlot, type PlotBar } from "./bar-plot.ts";
import type { Tone } from "./frame.ts";
import { section, sentence } from "./section.ts";
import type { AxisTick } from "./time-axis.ts";

export function turnoverChart(
  { turnover, bars, firstRow }: TearSheetData,
  ticks: readonly AxisTick[],
): string {
  const { annual, barsPerBlock, mean } = turnover;
  const plotted = Array.from(annual, (value, b): PlotBar => {
    const [from, to] = [b * barsPerBlock, Math.min((b + 1) * barsPerBlock, bars)];
    const hint = `rows ${countText(firstRow + 1 + from)} to ${countText(firstRow + to)}: ${ratioText(value)} times a year`;
    return { from: from / bars, to: to / bars, value, tone: "blue", hint };
  });
  const blocks = barsPerBlock === 1 ? "bar by bar" : `in blocks of ${countText(barsPerBlock)} bars`;
  return section(
    "Turnover",
    `times the capital a year, ${blocks}`,
    barPlot({
      id: "turnover",
      title: "Turnover",
      description: `Times the capital a year, ${blocks}; ${ratioText(mean)} over the whole record.`,
      height: 210,
      bars: plotted,
      axis: ratioAxis,
      ticks,
    }),
    sentence(`${ratioText(mean)} times the capital a year over the whole record.`),
  );
}

interface Bins {
  readonly bars: readonly PlotBar[];
  /** Where an edge stands, as a fraction of the width. */
  readonly place: (edge: number) => number;
}

/** Bins side by side, with one more at either end for what lies beyond. */
function binsOf(
  { edges, counts, below, above }: Histogram,
  toneOf: (low: number) => Tone,
  text: (edge: number) => string,
  hint: (low: number, high: number) => string,
): Bins {
  const [before, after] = [below > 0 ? 1 : 0, above > 0 ? 1 : 0];
  const slots = before + counts.length + after;
  const bar = (slot: number, value: number, tone: Tone, words: string): PlotBar => ({
    from: slot / slots,
    to: (slot + 1) / slots,
    value,
    tone,
    hint: `${countText(value)} ${words}`,
  });
  const [first, last] = [edges[0]!, edges.at(-1)!];
  const bars = Array.from(counts, (value, i) =>
    bar(before + i, value, toneOf(edges[i]!), hint(edges[i]!, edges[i + 1]!)),
  );
  if (before > 0) bars.unshift(bar(0, below, toneOf(first - 1), `below ${text(first)}`));
  if (after > 0) bars.push(bar(slots - 1, above, toneOf(last), `above ${text(last)}`));
  return { bars, place: (edge) => (before + (counts.length * (edge - first)) / (last - first)) / slots };
}

const MOST_TICKS = 6;

function returnsChart({ returnHistogram: histogram, best, worst }: TradeFigures): string {
  const { edges, below, above } = histogram;
  const wide = (x: number): string => percentText(x);
  const { bars, place } = binsOf(
    histogram,
    (low) => (low < 0 ? "orange" : "blue"),
    wide,
    (low, high) => `from ${wide(low)} to ${wide(high)}`,
  );
  const { values, exponent, step } = niceTicks(edges[0]!, edges.at(-1)!, MOST_TICKS);
  const text = percentAxis(exponent, step);
  const beyond =
    below + above === 0 ? "" : `; the outermost bins hold the ${countText(below + above)} beyond`;
  return section(
    "Return per trade",
    `trades by return${beyond}`,
    barPlot({
      id: "trade-returns",
      title: "Return per trade",
      description: `Trades by their return, from ${wide(worst)} to ${wide(best)}.`,
      height: 190,
      bars,
      axis: countAxis,
      ticks: values.map((value) => ({ at: place(value), text: text(value) })),
    }),
  );
}

function holdingChart({ barsHistogram: histogram, medianBars, count }: TradeFigures): string {
  const span = (low: number, high: number): string =>
    high - low === 1 ? countText(low) : `${countText(low)}–${countText(high - 1)}`;
  const { bars } = binsOf(
    histogram,
    () => "blue",
    countText,
    (low, high) => `held for ${span(low, high)} bars`,
  );
  const { edges, counts } = histogram;
  const every = Math.ceil(counts.length / MOST_TICKS);
  const ticks = Array.from(counts, (_, i) => ({
    at: (i + 0.5) / counts.length,
    text: span(edges[i]!, edges[i + 1]!),
  }));
  return section(
    "Holding time",
    "trades by bars held",
    barPlot({
      id: "holding",
      title: "Holding time",
      description: `Bars that ${countText(count)} trades were held: the median is ${countText(medianBars)}.`,
      height: 190,
      bars,
      axis: countAxis,
      ticks: ticks.filter((_, i) => i % every === 0),
    }),
  );
}

/** How many trades, and what they brought, in a sentence. */
function tradesInWords({
  count,
  open,
  winRate,
  meanWin,
  meanLoss,
  best,
  worst,
  medianBars,
}: TradeFigures): string {
  const held = open === 0 ? "" : ` (${countText(open)} still open)`;
  return (
    `${countText(count)} trade${count === 1 ? "" : "s"}${held}, ${percentText(winRate, 0)} of them won. Mean win ` +
    `${percentText(meanWin)}, mean loss ${percentText(meanLoss)}; best ${percentText(best)}, worst ${percentText(worst)}. ` +
    `Half were held for ${countText(medianBars)} bar${medianBars <= 1 ? "" : "s"} or less.`
  );
}

export function tradeCharts({ trades }: TearSheetData): string {
  if (trades === null) return section("Trades", "none: nothing was held");
  return `<div class="columns">${returnsChart(trades)}${holdingChart(trades)}</div>\n<p class="under">${tradesInWords(trades)}</p>`;
}
