import { type BacktestResult, linearCost, pairBacktest } from "@astra-quant/backtest";
import {
  type CovarianceEstimate,
  cholesky,
  type Matrix,
  type Panel,
  QuantError,
  sampleCovariance,
  simpleReturns,
} from "@astra-quant/core-linalg";
import { type FundingPrice, priceFunding } from "@astra-quant/funding";
import { type KalmanRegressionSeries, kalmanRegression, pairSignal } from "@astra-quant/kalman";
import { minimumVariance, optimizePortfolio, type PortfolioSolution } from "@astra-quant/optimizer";
import {
  type HistoricalVar,
  historicalVar,
  type MonteCarloVar,
  monteCarloVar,
  parametricVar,
  type TailLoss,
} from "@astra-quant/risk";
import { chooseFilter, type FilterChoice } from "./choose-filter.ts";
import type { DeskMarket, Holding } from "./load-market.ts";

/** The prime broker's terms and the desk's limits, as the notebook sets them. */
export const TERMS = {
  longSpreadBps: 50,
  shortSpreadBps: 25,
  borrowFeeBps: 40,
  grossLimit: 2,
  netLimit: 0.05,
  riskAversion: 0.5,
  capital: 1_000_000,
  horizonDays: 10,
  confidence: 0.99,
  scenarios: 50_000,
  enter: 2,
  exit: 0.5,
  pairCostBps: 0.5,
  /** Bars that choose the filter and are not traded: one session, or half of a shorter record. */
  quietBars: 390,
} as const;

export const TRADING_DAYS = 252;
export const MINUTES_A_YEAR: number = TRADING_DAYS * 390;

export interface BookRow extends Holding {
  readonly price: number;
  /** Signed dollars. */
  readonly notional: number;
}

export interface Book {
  readonly rows: readonly BookRow[];
  readonly gross: number;
  readonly net: number;
}

/** What the desk knows at the end of the day. */
export interface DeskReport {
  readonly market: DeskMarket;
  readonly returns: Panel;
  readonly estimate: CovarianceEstimate;
  readonly book: Book;
  readonly funding: FundingPrice;
  readonly collateral: PortfolioSolution;
  readonly inventory: PortfolioSolution;
  readonly simulated: MonteCarloVar;
  readonly parametric: TailLoss;
  /** Undefined while there are too few days to have one beyond the confidence. */
  readonly historical: HistoricalVar | undefined;
  readonly filterChoice: FilterChoice;
  /** Bars that chose the filter and were not traded. */
  readonly quietBars: number;
  readonly filter: KalmanRegressionSeries;
  readonly position: Int8Array;
  readonly backtest: BacktestResult;
}

function markBook(prices: Panel, holdings: readonly Holding[]): Book {
  const rows = holdings.map(({ asset, shares }) => {
    const price = prices.column(asset).at(-1)!;
    return { asset, shares, price, notional: shares * price };
  });
  return {
    rows,
    gross: rows.reduce((sum, { notional }) => sum + Math.abs(notional), 0),
    net: rows.reduce((sum, { notional }) => sum + notional, 0),
  };
}

/** The Cholesky factor of the covariance; refuses names that say nothing of their own. */
function factorOf(assets: readonly string[], { covariance }: CovarianceEstimate): Matrix {
  const factor = cholesky(covariance);
  if (factor.status === "ok") return factor.L;
  const asset = assets[factor.pivot]!;
  throw new QuantError(
    "data",
    `the covariance of the returns must be positive definite, but ${asset} does not move or moves exactly as the names before it`,
    { asset },
  );
}

/** Long only and fully invested, at the least variance: the notebook's collateral pool. */
function optimiseCollateral({ covariance }: CovarianceEstimate): PortfolioSolution {
  return minimumVariance(covariance, { weights: { min: 0 } });
}

/** Long and short within gross and net limits, at the greatest utility: the notebook's delta-one inventory. */
function optimiseInventory(
  assets: readonly string[],
  { covariance, mean }: CovarianceEstimate,
): PortfolioSolution {
  return optimizePortfolio({
    assets,
    covariance,
    expectedReturns: mean,
    objective: { maximize: "utility", riskAversion: TERMS.riskAversion },
    constraints: { gross: { max: TERMS.grossLimit }, net: { min: -TERMS.netLimit, max: TERMS.netLimit } },
  });
}

/** The daily returns that fixed weights would have had. */
function portfolioReturns(returns: Panel, weights: Float64Array): Float64Array {
  const { data, columns } = returns.values;
  return Float64Array.from({ length: returns.rows }, (_, t) => {
    return weights.reduce((sum, weight, j) => sum + weight * data[t * columns + j]!, 0);
  });
}

/**
 * The desk's day, in the order of the notebook: book, funding, covariance, inventory, value at risk, pair, backtest.
 * `step` is told what begins.
 */
export function runDesk(market: DeskMarket, seed: string, step: (name: string) => void): DeskReport {
  const { prices, holdings, baseRate, pair } = market;
  const { horizonDays: horizon, confidence, capital, scenarios } = TERMS;
  const assets = prices.columns;

  step("book and funding");
  const book = markBook(prices, holdings);
  const { longSpreadBps, shortSpreadBps, borrowFeeBps } = TERMS;
  const funding = priceFunding(book.rows, { baseRate, longSpreadBps, shortSpreadBps, borrowFeeBps });

  step("covariance and inventory");
  const returns = simpleReturns(prices);
  const estimate = sampleCovariance(returns.values);
  const factor = factorOf(assets, estimate);
  const collateral = optimiseCollateral(estimate);
  const inventory = optimiseInventory(assets, estimate);

  step("value at risk");
  const { weights } = inventory;
  const { covariance } = estimate;
  const simulated = monteCarloVar({
    weights,
    cholesky: factor,
    horizon,
    confidence,
    scenarios,
    capital,
    seed: `${seed}/value-at-risk`,
    returns: true,
  });
  const parametric = parametricVar({ weights, covariance, horizon, confidence });
  const history = portfolioReturns(returns, weights);
  const historical =
    history.length * (1 - confidence) >= 1 ? historicalVar(history, { confidence }) : undefined;

  step("pair and backtest");
  const x = pair.column("x");
  const y = pair.column("y");
  const quietBars = Math.min(TERMS.quietBars, Math.floor(x.length / 2));
  const filterChoice = chooseFilter(x.subarray(0, quietBars), y.subarray(0, quietBars));
  const filter = kalmanRegression(x, y, filterChoice);
  const traded = filter.zScore.map((z, t) => (t < quietBars ? Number.NaN : z));
  const position = pairSignal(traded, { enter: TERMS.enter, exit: TERMS.exit });
  const backtest = pairBacktest({
    x,
    y,
    slope: filter.slope,
    position,
    hedge: "dollar",
    costs: [linearCost({ bps: TERMS.pairCostBps })],
    periodsPerYear: MINUTES_A_YEAR,
  });

  return {
    market,
    returns,
    estimate,
    book,
    funding,
    collateral,
    inventory,
    simulated,
    parametric,
    historical,
    filterChoice,
    quietBars,
    filter,
    position,
    backtest,
  };
}
