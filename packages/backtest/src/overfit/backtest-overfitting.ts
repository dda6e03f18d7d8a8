import { log, QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import type { BlockMoments } from "./block-moments.ts";
import { momentsOfStrategies } from "./moments-of-strategies.ts";
import { forEachHalving } from "./symmetric-halves.ts";

export interface BacktestOverfittingOptions {
  /** Rows in a year: the Sharpe ratios of the result are annual. */
  readonly periodsPerYear: number;
  /**
   * Blocks of consecutive rows, even, at most 20. With 16 there are 12 870 ways to take half of them.
   * @defaultValue 16, or as many as block moments have
   */
  readonly blocks?: number;
}

/** What becomes of the best in sample. Series have one entry a way of choosing the in-sample half, in lexicographic order. */
export interface BacktestOverfitting {
  /** The share of ways in which the best in sample was no better than the median out of sample, in [0, 1]. */
  readonly probability: number;
  /** The share of ways in which the best in sample lost out of sample (Sharpe ratio < 0), in [0, 1]. */
  readonly probabilityOfLoss: number;
  /** ln(ω ÷ (1 − ω)), ω the rank out of sample ÷ (strategies + 1): ≤ 0 is no better than the median. */
  readonly logits: Float64Array;
  /** Column of the best in sample; the first of several. */
  readonly chosen: Int32Array;
  /** Its annual Sharpe ratio in sample. */
  readonly inSample: Float64Array;
  /** And out of sample. */
  readonly outOfSample: Float64Array;
  /** outOfSample = intercept + slope · inSample, by least squares; NaN where inSample does not vary. */
  readonly degradation: { readonly intercept: number; readonly slope: number };
  /** Mean of `outOfSample` less the mean over all strategies out of sample: what choosing brought over drawing lots. */
  readonly selectionGain: number;
  readonly strategies: number;
  readonly blocks: number;
}

const MOST_BLOCKS = 20;

function requireBlocks(given: number): number {
  const blocks = requireInteger("blocks", given, 2, MOST_BLOCKS);
  if (blocks % 2 === 0) return blocks;
  throw new QuantError("range", `blocks must be even, got ${blocks}: halves are equally long`, {
    argument: "blocks",
    value: blocks,
  });
}

function largest(values: Float64Array): number {
  let at = 0;
  for (let j = 1; j < values.length; j++) if (values[j]! > values[at]!) at = j;
  return at;
}

/** 1 for the lowest; the middle of their ranks for equals. */
function rankOf(j: number, values: Float64Array): number {
  const value = values[j]!;
  let below = 0;
  let equal = 0;
  for (let i = 0; i < values.length; i++) {
    below += Number(values[i]! < value);
    equal += Number(values[i] === value);
  }
  return below + (equal + 1) / 2;
}

function average(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function lineThrough(x: Float64Array, y: Float64Array): BacktestOverfitting["degradation"] {
  const [meanX, meanY] = [average(x), average(y)];
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const d = x[i]! - meanX;
    xx += d * d;
    xy += d * (y[i]! - meanY);
  }
  const slope = xx > 0 ? xy / xx : Number.NaN;
  return { intercept: meanY - slope * meanX, slope };
}

const share = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.reduce((count, value) => count + Number(holds(value)), 0) / values.length;

/** C(blocks, blocks ÷ 2). */
function waysToHalve(blocks: number): number {
  let ways = 1;
  for (let i = 1; i <= blocks / 2; i++) ways = (ways * (blocks / 2 + i)) / i;
  return ways;
}

/**
 * The probability that choosing the best of several strategies by its Sharpe ratio was overfitting, by combinatorially
 * symmetric cross-validation [PBO]: the rows are cut into blocks, every half of them is once the sample in which the best
 * is chosen, and its rank in the other half is looked at. Half of the ways fail by luck alone where no strategy is any
 * good; ratios over a half whose returns do not vary count as 0.
 *
 * @param records returns, time × strategies, fractions; or each strategy's block moments.
 * @throws QuantError "range" for fewer than two strategies, or blocks that are odd or out of [2, 20]; "shape" for fewer
 *   than two rows a block; "not-finite" for a NaN; "option" for an unknown option.
 */
export function backtestOverfitting(
  records: TableLike | readonly BlockMoments[],
  options: BacktestOverfittingOptions,
): BacktestOverfitting {
  requireKnownOptions(options, ["periodsPerYear", "blocks"]);
  const year = Math.sqrt(requirePositive("periodsPerYear", options.periodsPerYear));
  const given = (Array.isArray(records) ? (records[0] as Partial<BlockMoments> | undefined) : undefined)
    ?.counts;
  const blocks = requireBlocks(options.blocks ?? given?.length ?? 16);
  const strategies = momentsOfStrategies(records, blocks);
  requireInteger("the number of strategies", strategies.length, 2);

  const ways = waysToHalve(blocks);
  const series = (): Float64Array => new Float64Array(ways);
  const [logits, inSample, outOfSample, everyone] = [series(), series(), series(), series()];
  const chosen = new Int32Array(ways);
  const look = (way: number, inside: Float64Array, outside: Float64Array): void => {
    const best = largest(inside);
    const omega = rankOf(best, outside) / (strategies.length + 1);
    chosen[way] = best;
    logits[way] = log(omega / (1 - omega));
    inSample[way] = inside[best]! * year;
    outOfSample[way] = outside[best]! * year;
    everyone[way] = average(outside) * year;
  };
  let way = 0;
  forEachHalving(strategies, (first, second) => {
    look(way, first, second);
    look(ways - 1 - way, second, first);
    way++;
  });
  return {
    probability: share(logits, (logit) => logit <= 0),
    probabilityOfLoss: share(outOfSample, (ratio) => ratio < 0),
    logits,
    chosen,
    inSample,
    outOfSample,
    degradation: lineThrough(inSample, outOfSample),
    selectionGain: average(outOfSample) - average(everyone),
    strategies: strategies.length,
    blocks,
  };
}
