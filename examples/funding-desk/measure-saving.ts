import { type BacktestResult, backtest } from "@astra-quant/backtest";
import {
  Matrix,
  mean,
  type Panel,
  sampleCovariance,
  simpleReturns,
  variance,
} from "@astra-quant/core-linalg";
import { type FundingSchedule, fundingCostSeries, fundingCostTerms } from "@astra-quant/funding";
import { type Estimate, optimiseWithFunding, optimiseWithoutFunding } from "./optimise-with-funding.ts";

const TRADING_DAYS = 252;
/** Days that an estimate looks back, and days until the next one. */
const [LOOKBACK, EVERY] = [252, 21];
const DAY = 86_400_000;

/** A figure over several years or markets, and how sure it is. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

/** One way of choosing weights; fractions of capital a year. */
export interface Conduct {
  /** What funding cost. */
  readonly funding: number;
  /** Return before funding. */
  readonly before: number;
  /** Return after it. */
  readonly after: number;
  readonly gross: number;
  readonly net: number;
  readonly daily: Float64Array;
}

/** The two ways on one history of prices. */
export interface Comparison {
  readonly blind: Conduct;
  readonly aware: Conduct;
}

type Choose = (estimate: Estimate, row: number) => Float64Array;

/** Weights decided at each reset with the returns up to it, held until the next. */
function weightsOver(returns: Panel, choose: Choose): Matrix {
  const { rows, values } = returns;
  const weights = Matrix.zeros(rows + 1, values.columns);
  let current: Float64Array = new Float64Array(values.columns);
  for (let t = LOOKBACK; t <= rows; t++) {
    if ((t - LOOKBACK) % EVERY === 0) {
      const { covariance, mean: expected } = sampleCovariance(returns.slice(t - LOOKBACK, t).values);
      current = choose({ covariance, mean: expected }, t);
    }
    weights.data.set(current, t * values.columns);
  }
  return weights;
}

function meanOver(weights: Matrix, figure: (row: Float64Array) => number): number {
  const rows = Array.from({ length: weights.rows - LOOKBACK }, (_, k) => figure(weights.row(LOOKBACK + k)));
  return mean(rows);
}

function conductOf(run: BacktestResult, weights: Matrix): Conduct {
  const live = run.returns.slice(LOOKBACK + 1);
  const funding = Float64Array.from(
    live,
    (_, k) => run.pnl.carry[LOOKBACK + 1 + k]! / run.equity[LOOKBACK + k]!,
  );
  const after = TRADING_DAYS * mean(live);
  const cost = TRADING_DAYS * mean(funding);
  return {
    funding: cost,
    before: after - cost,
    after,
    gross: meanOver(weights, (row) => row.reduce((sum, w) => sum + Math.abs(w), 0)),
    net: meanOver(weights, (row) => row.reduce((sum, w) => sum + w, 0)),
    daily: live,
  };
}

/**
 * Weights chosen every month from the last year's returns, once blind to funding and once with it in the objective, both
 * charged the same funding every day they are held.
 */
export function compareConducts(prices: Panel, schedule: FundingSchedule): Comparison {
  const returns = simpleReturns(prices);
  const assets = prices.columns;
  const financing = fundingCostSeries(schedule, { assets, dates: prices.index });
  const run = (choose: Choose): Conduct => {
    const weights = weightsOver(returns, choose);
    return conductOf(
      backtest({ prices: prices.values, weights, financing, periodsPerYear: TRADING_DAYS }),
      weights,
    );
  };
  return {
    blind: run((estimate) => optimiseWithoutFunding(estimate)),
    aware: run((estimate, row) => {
      const from = prices.index[row]!;
      // one calendar day at today's rate, as many of them as a trading day has: the period of the means
      const { long, short } = fundingCostTerms(schedule, { assets, from, to: from + DAY });
      const perTradingDay = (cost: number): number => (cost * 365) / TRADING_DAYS;
      return optimiseWithFunding(estimate, {
        long: long.map(perTradingDay),
        short: short.map(perTradingDay),
      });
    }),
  };
}

/** The mean of independent figures. */
export function acrossMarkets(figures: readonly number[]): Measured {
  const spread = figures.length > 1 ? Math.sqrt(variance(figures) / figures.length) : Number.NaN;
  return { value: mean(figures), standardError: spread };
}

/** The yearly mean of a daily difference on one history, its days taken as independent. */
export function acrossDays({ blind, aware }: Comparison): Measured {
  const difference = blind.daily.map((value, t) => aware.daily[t]! - value);
  const daily = Math.sqrt(variance(difference) / difference.length);
  return { value: TRADING_DAYS * mean(difference), standardError: TRADING_DAYS * daily };
}
