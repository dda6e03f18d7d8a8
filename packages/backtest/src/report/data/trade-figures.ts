import { mean, quantile } from "@astra-quant/core-linalg";
import { niceTicks } from "../nice-ticks.ts";
import type { ReportedResult } from "../reported-result.ts";

/** Counts between edges, and how many lie outside of them. */
export interface Histogram {
  /** One more than there are counts, ascending. */
  readonly edges: Float64Array;
  /** Bin i holds edges[i] ≤ x < edges[i + 1], the last one its upper edge too. */
  readonly counts: Float64Array;
  readonly below: number;
  readonly above: number;
}

/** What the trades of a result were like. */
export interface TradeFigures {
  readonly count: number;
  /** Still held at the end. */
  readonly open: number;
  /** Share of trades with a positive return. */
  readonly winRate: number;
  /** NaN where there is none. */
  readonly meanWin: number;
  /** ≤ 0; NaN where there is none. */
  readonly meanLoss: number;
  readonly best: number;
  readonly worst: number;
  /** A fraction of its size each, in the order of the result's trades. */
  readonly returns: Float64Array;
  /** Bars held. */
  readonly bars: Float64Array;
  readonly medianBars: number;
  readonly returnHistogram: Histogram;
  /** Edges double: 1, 2, 4, 8 … bars. */
  readonly barsHistogram: Histogram;
}

const BINS = 32;
/** So many trades have tails that would flatten the rest of their histogram. */
const MANY = 100;
const TAIL = 0.005;

function histogram(values: Float64Array, edges: Float64Array): Histogram {
  const counts = new Float64Array(edges.length - 1);
  const [first, last] = [edges[0]!, edges.at(-1)!];
  let below = 0;
  let above = 0;
  for (const x of values) {
    if (x < first) below++;
    else if (x > last) above++;
    else {
      let [low, high] = [0, counts.length];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (edges[middle]! <= x) low = middle;
        else high = middle;
      }
      counts[low]!++;
    }
  }
  return { edges, counts, below, above };
}

/** Bins of a round width with an edge at 0, so that none holds both wins and losses. */
function returnHistogram(returns: Float64Array): Histogram {
  const tail = returns.length < MANY ? 0 : TAIL;
  const low = Math.min(0, quantile(returns, tail));
  const high = Math.max(0, quantile(returns, 1 - tail));
  const { step } = niceTicks(low, high, BINS);
  if (step === 0) return histogram(returns, Float64Array.of(-1, 0, 1));
  const [first, last] = [
    Math.floor(low / step),
    Math.max(Math.ceil(high / step), Math.floor(low / step) + 1),
  ];
  return histogram(
    returns,
    Float64Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step),
  );
}

function barsHistogram(bars: Float64Array): Histogram {
  const edges = [1];
  const longest = bars.reduce((most, b) => Math.max(most, b), 1);
  while (edges.at(-1)! <= longest) edges.push(edges.at(-1)! * 2);
  return histogram(bars, Float64Array.from(edges));
}

/** null where nothing was traded. */
export function tradeFiguresOf({ trades }: ReportedResult): TradeFigures | null {
  if (trades.length === 0) return null;
  const returns = Float64Array.from(trades, (trade) => trade.return);
  const bars = Float64Array.from(trades, (trade) => trade.bars);
  const wins = returns.filter((r) => r > 0);
  const losses = returns.filter((r) => r < 0);
  const meanOf = (values: Float64Array): number => (values.length === 0 ? Number.NaN : mean(values));
  return {
    count: trades.length,
    open: trades.reduce((count, { open }) => count + (open ? 1 : 0), 0),
    winRate: wins.length / trades.length,
    meanWin: meanOf(wins),
    meanLoss: meanOf(losses),
    best: returns.reduce((most, r) => Math.max(most, r)),
    worst: returns.reduce((least, r) => Math.min(least, r)),
    returns,
    bars,
    medianBars: quantile(bars, 0.5),
    returnHistogram: returnHistogram(returns),
    barsHistogram: barsHistogram(bars),
  };
}
