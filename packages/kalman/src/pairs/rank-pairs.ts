import type { MatrixLike, Panel } from "@astra-quant/core-linalg";
import { adjustedPValues } from "./adjusted-p-values.ts";
import { type MeasuredPair, measurePair, type PairExclusion } from "./measured-pair.ts";
import { type PriceUniverse, priceUniverse } from "./price-universe.ts";
import { type RankingSettings, type RankPairsOptions, rankingSettings } from "./rank-pairs-options.ts";
import { type TestedPair, testPair } from "./tested-pair.ts";

export type { PairExclusion } from "./measured-pair.ts";

/** A pair that passed, its place given by its position in the ranking. */
export interface RankedPair extends MeasuredPair {}

export interface PairRanking {
  /** Best first. */
  readonly pairs: readonly RankedPair[];
  /** How many pairs were tested: the number that p-values are adjusted for. */
  readonly tested: number;
  /** How many passed, whatever `top` is. */
  readonly passed: number;
  /** How many pairs fell out for each reason, the first that applied. */
  readonly excluded: Readonly<Record<PairExclusion, number>>;
}

/** After so many pairs progress is told, the signal is asked, and the event loop has its turn. */
const PAIRS_A_STEP = 32;

function order(settings: RankingSettings): (a: RankedPair, b: RankedPair) => number {
  const key = (pair: RankedPair): number =>
    settings.orderBy === "score" ? -pair.score : settings.orderBy === "p-value" ? pair.pValue : pair.halfLife;
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => key(a) - key(b) || a.pValue - b.pValue || byName(a.y, b.y) || byName(a.x, b.x);
}

function noExclusions(): Record<PairExclusion, number> {
  return {
    "too-few-bars": 0,
    correlation: 0,
    degenerate: 0,
    collinear: 0,
    "not-cointegrated": 0,
    "half-life": 0,
    hurst: 0,
    crossings: 0,
  };
}

function rankingOf(
  universe: PriceUniverse,
  candidates: readonly TestedPair[],
  excluded: Record<PairExclusion, number>,
  settings: RankingSettings,
): PairRanking {
  const adjusted = adjustedPValues(
    candidates.map(({ pValue }) => pValue),
    { method: settings.falseDiscoveryMethod },
  );
  const pairs: RankedPair[] = [];
  candidates.forEach((candidate, k) => {
    const measured = measurePair(universe, candidate, adjusted[k]!, settings);
    if (typeof measured === "string") excluded[measured]++;
    else pairs.push(measured);
  });
  pairs.sort(order(settings));
  return { pairs: pairs.slice(0, settings.top), tested: candidates.length, passed: pairs.length, excluded };
}

/** The work in steps, so that it can be done in one go or with pauses. */
function* steps(prices: MatrixLike | Panel, options: RankPairsOptions): Generator<void, PairRanking> {
  const settings = rankingSettings(options);
  const { onProgress, signal } = settings;
  const universe = priceUniverse(prices, options.names, settings.logs);
  const count = universe.names.length;
  const total = (count * (count - 1)) / 2;
  const candidates: TestedPair[] = [];
  const excluded = noExclusions();
  let tested = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const pair = testPair(universe, i, j, settings);
      if (typeof pair === "string") excluded[pair]++;
      else candidates.push(pair);
      tested++;
      if (tested % PAIRS_A_STEP !== 0 && tested !== total) continue;
      onProgress?.({ tested, total });
      yield;
      if (signal?.aborted) throw signal.reason;
    }
  }
  return rankingOf(universe, candidates, excluded, settings);
}

/**
 * All pairs of a universe, tested for cointegration and ranked.
 *
 * Each pair is tested in both directions by Engle and Granger's test (constant, lags as asked); the better direction says
 * which name is y, and its p-value is doubled for having been chosen of two. The p-values of all tested pairs are then
 * adjusted for their number. A pair passes whose adjusted p-value is at most `falseDiscoveryRate`, and whose spread's
 * half-life, Hurst exponent and crossings of zero are within their limits.
 *
 * The score is what one standard deviation of the spread is expected to give back in the next bar, as a fraction of the
 * money in both legs: std · (1 − φ) ÷ (|y| + |β x|) at the last common bar, with φ the persistence of the spread (in logs
 * the money is 1 + |β|). Ties go by p-value, then by name.
 *
 * A missing price is NaN: a pair is compared over the bars that both have, closed up, so a bar may lie over a gap.
 * Correlations are of changes from bar to bar. Past cointegration is no promise: choose on one span, trade on another.
 *
 * @param prices - time × names: a panel, or a matrix with `names`
 * @throws QuantError "shape" for fewer than two names, "data" for a name that occurs twice, "not-finite" for an infinity,
 *   "range" for a price ≤ 0 in logs or an illegal option, "option" for an unknown one; the signal's reason when aborted
 */
export function rankPairs(prices: MatrixLike | Panel, options: RankPairsOptions = {}): PairRanking {
  const work = steps(prices, options);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/**
 * As {@link rankPairs}, to the same bits, but the event loop has its turn every few milliseconds: a page stays alive, and an
 * abort signal can come from it.
 */
export async function rankPairsAsync(
  prices: MatrixLike | Panel,
  options: RankPairsOptions = {},
): Promise<PairRanking> {
  const work = steps(prices, options);
  let step = work.next();
  while (!step.done) {
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    step = work.next();
  }
  return step.value;
}
