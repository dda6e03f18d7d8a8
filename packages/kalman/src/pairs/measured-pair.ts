import { halfLife } from "../cointegration/half-life.ts";
import { hurstExponent } from "../cointegration/hurst-exponent.ts";
import { commonWindow, type PriceUniverse } from "./price-universe.ts";
import type { HedgeEstimator, RankingSettings } from "./rank-pairs-options.ts";
import type { TestedPair, Untested } from "./tested-pair.ts";
import { zeroCrossings } from "./zero-crossings.ts";

/** Why a pair is not in the ranking. */
export type PairExclusion = Untested | "not-cointegrated" | "half-life" | "hurst" | "crossings";

/** A cointegrated pair and its spread y − intercept − hedgeRatio · x; both prices in logs where those were asked for. */
export interface MeasuredPair {
  /** Names of the target and of the hedge. */
  readonly y: string;
  readonly x: string;
  /** Their columns. */
  readonly yColumn: number;
  readonly xColumn: number;
  /** Bars that both have. */
  readonly bars: number;
  /** Of changes from bar to bar. */
  readonly correlation: number;
  /** Units of y per unit of x. */
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** The Dickey–Fuller t-statistic of the spread of least squares. */
  readonly statistic: number;
  /** Of the pair: twice that of the better direction. */
  readonly pValue: number;
  /** Adjusted for the number of pairs tested. */
  readonly adjustedPValue: number;
  readonly lags: number;
  /** Bars in which half of a deviation is expected to be gone. */
  readonly halfLife: number;
  readonly halfLifeError: number;
  /** Of the spread, by rescaled range. */
  readonly hurst: number;
  /** How often the spread passed zero. */
  readonly crossings: number;
  /** Standard deviation of the spread (n − 1), in units of y. */
  readonly spreadStd: number;
  /** The spread at the last common bar ÷ spreadStd. */
  readonly zScore: number;
  /** Fraction of the money in both legs that one standard deviation is expected to give back in the next bar. */
  readonly score: number;
}

/** β of y = βx + residual for series without mean. */
function hedgeRatioOf(y: Float64Array, x: Float64Array, hedge: HedgeEstimator): number {
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let t = 0; t < y.length; t++) {
    xx += x[t]! * x[t]!;
    xy += x[t]! * y[t]!;
    yy += y[t]! * y[t]!;
  }
  if (hedge === "ols") return xy / xx;
  // the slope of the first principal axis
  const gap = yy - xx;
  const root = Math.sqrt(gap * gap + 4 * xy * xy);
  return gap >= 0 ? (gap + root) / (2 * xy) : (2 * xy) / (root - gap);
}

/** The last row where both columns have a price. */
function lastCommonRow(y: Float64Array, x: Float64Array): number {
  let t = y.length - 1;
  while (Number.isNaN(y[t]!) || Number.isNaN(x[t]!)) t--;
  return t;
}

/** What a ranking says about a tested pair, or why it falls out. */
export function measurePair(
  universe: PriceUniverse,
  tested: TestedPair,
  adjustedPValue: number,
  settings: RankingSettings,
): MeasuredPair | PairExclusion {
  if (!(adjustedPValue <= settings.falseDiscoveryRate)) return "not-cointegrated";
  const { y: yColumn, x: xColumn, bars } = tested;
  const { a: y, b: x } = commonWindow(universe, yColumn, xColumn);
  const hedgeRatio = hedgeRatioOf(y, x, settings.hedge);
  const spread = Float64Array.from(y, (value, t) => value - hedgeRatio * x[t]!);
  const life = halfLife(spread);
  const { minHalfLife, maxHalfLife = bars / 4 } = settings;
  if (!(life.halfLife >= minHalfLife && life.halfLife <= maxHalfLife)) return "half-life";
  const hurst = hurstExponent(spread, { minWindow: 4 }).exponent;
  if (!(hurst <= settings.maxHurst)) return "hurst";
  const crossings = zeroCrossings(spread);
  if (crossings < settings.minCrossings) return "crossings";
  let squares = 0;
  for (const value of spread) squares += value * value;
  const spreadStd = Math.sqrt(squares / (bars - 1));
  const [ys, xs] = [universe.columns[yColumn]!, universe.columns[xColumn]!];
  const last = lastCommonRow(ys, xs);
  const deviation = spread[bars - 1]!;
  const money = settings.logs
    ? 1 + Math.abs(hedgeRatio)
    : Math.abs(ys[last]!) + Math.abs(hedgeRatio * xs[last]!);
  return {
    y: universe.names[yColumn]!,
    x: universe.names[xColumn]!,
    yColumn,
    xColumn,
    bars,
    correlation: tested.correlation,
    hedgeRatio,
    intercept: ys[last]! - hedgeRatio * xs[last]! - deviation,
    statistic: tested.statistic,
    pValue: tested.pValue,
    adjustedPValue,
    lags: tested.lags,
    halfLife: life.halfLife,
    halfLifeError: life.standardError,
    hurst,
    crossings,
    spreadStd,
    zScore: deviation / spreadStd,
    score: (spreadStd * (1 - life.persistence)) / money,
  };
}
