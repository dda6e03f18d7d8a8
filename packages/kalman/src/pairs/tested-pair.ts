import { pairRegression } from "../cointegration/cointegrating-regression.ts";
import { testSpread } from "../cointegration/engle-granger.ts";
import { lagLimit } from "../cointegration/lag-selection.ts";
import { unitRootPValue } from "../cointegration/mackinnon.ts";
import { commonWindow, type PriceUniverse } from "./price-universe.ts";
import type { RankingSettings } from "./rank-pairs-options.ts";

/** A pair after its test, in the better of its two directions. */
export interface TestedPair {
  /** Columns of y and x. */
  readonly y: number;
  readonly x: number;
  readonly bars: number;
  /** Of changes from bar to bar. */
  readonly correlation: number;
  readonly statistic: number;
  /** Doubled, for the better of two. */
  readonly pValue: number;
  readonly lags: number;
}

/** Why a pair could not be tested, or was not asked to be. */
export type Untested = "too-few-bars" | "correlation" | "degenerate" | "collinear";

function correlationOfChanges(a: Float64Array, b: Float64Array): number {
  const n = a.length - 1;
  const meanA = (a[n]! - a[0]!) / n;
  const meanB = (b[n]! - b[0]!) / n;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let t = 0; t < n; t++) {
    const da = a[t + 1]! - a[t]! - meanA;
    const db = b[t + 1]! - b[t]! - meanB;
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Tests columns i and j in both directions; i and j may change places without changing the result. */
export function testPair(
  universe: PriceUniverse,
  i: number,
  j: number,
  settings: RankingSettings,
): TestedPair | Untested {
  const { bars, a, b } = commonWindow(universe, i, j);
  const { lags, maxLags, minBars, minCorrelation } = settings;
  const asked = typeof lags === "number" ? lags : (maxLags ?? 0);
  if (bars < minBars || lagLimit(bars, "n") < asked) return "too-few-bars";
  const correlation = correlationOfChanges(a, b);
  if (minCorrelation > -1 && !(correlation >= minCorrelation)) return "correlation";
  const lagOptions = maxLags === undefined ? { lags } : { lags, maxLags };
  const forward = testSpread(pairRegression(a, b), lagOptions);
  const backward = testSpread(pairRegression(b, a), lagOptions);
  if (forward.status !== "ok") return forward.status;
  if (backward.status !== "ok") return backward.status;
  if (Number.isNaN(forward.statistic) || Number.isNaN(backward.statistic)) return "degenerate";
  const tie = universe.names[i]! < universe.names[j]!;
  const isForward =
    forward.statistic < backward.statistic || (forward.statistic === backward.statistic && tie);
  const { statistic, lags: used } = isForward ? forward : backward;
  return {
    y: isForward ? i : j,
    x: isForward ? j : i,
    bars,
    correlation,
    statistic,
    pValue: Math.min(1, 2 * unitRootPValue(statistic, { trend: "c", series: 2 })),
    lags: used,
  };
}
