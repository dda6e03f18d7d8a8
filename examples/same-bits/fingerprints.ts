import { backtest } from "@astra-quant/backtest";
import {
  cholesky,
  createRandom,
  sampleCovariance,
  simpleReturns,
  sin,
  symmetricEigen,
} from "@astra-quant/core-linalg";
import { priceFunding } from "@astra-quant/funding";
import { kalmanRegression } from "@astra-quant/kalman";
import { optimizePortfolio } from "@astra-quant/optimizer";
import { monteCarloVar, performanceSummary } from "@astra-quant/risk";
import { carrySignal, volatilitySignal } from "@astra-quant/signals";
import { simulateMarket } from "../market-simulator/simulate.ts";
import { backtestFingerprints } from "./backtest-rooms.ts";
import { fingerprint } from "./fingerprint.ts";
import { groundFloorFingerprints } from "./ground-floor.ts";
import { riskFingerprints } from "./risk-rooms.ts";

/** One fingerprint for every kind of number that the packages make, from one seed. */
export function fingerprints(seed: string): Record<string, string> {
  const market = simulateMarket({ seed });
  const returns = simpleReturns(market.prices);
  const { covariance, mean } = sampleCovariance(returns.values);
  const factor = cholesky(covariance);
  const { weights } = optimizePortfolio({
    covariance,
    expectedReturns: mean,
    objective: { maximize: "utility", riskAversion: 5 },
    constraints: { gross: { max: 2 }, net: { min: -0.05, max: 0.05 } },
  });
  // A book of its own, so that another optimum is not taken for another simulation.
  const longShort = market.prices.columns.map((_, j) => (j % 2 === 0 ? 1 : -1) / (j + 2));
  const simulation = {
    weights: longShort,
    covariance,
    horizon: 10,
    scenarios: 20_000,
    confidence: 0.99,
    seed,
  };
  const filter = kalmanRegression(market.pair.column("x"), market.pair.column("y"));
  const aligned = simpleReturns(market.prices, { firstRow: "nan" });
  const held = Array.from({ length: market.prices.rows }, () =>
    Array.from(market.prices.columns, () => 1 / 7),
  );
  const run = backtest({ prices: market.prices.values, weights: held, periodsPerYear: 252 });
  const book = market.prices.columns.map((asset, j) => ({ asset, notional: 1e5 * Math.sqrt(j + 2) }));
  const terms = { baseRate: 0.03595, longSpreadBps: 50, shortSpreadBps: 25, borrowFeeBps: 40 };
  return {
    prices: fingerprint(market.prices.values.data),
    normals: fingerprint(createRandom(seed).fillNormal(new Float64Array(1e6))),
    sines: fingerprint(Float64Array.from({ length: 1000 }, (_, i) => sin(i * 1e5))),
    covariance: fingerprint(covariance.data),
    cholesky: fingerprint(factor.status === "ok" ? factor.L.data : []),
    eigenvalues: fingerprint(symmetricEigen(covariance).values),
    weights: fingerprint(weights),
    scenarios: fingerprint(monteCarloVar({ ...simulation, returns: true }).returns ?? []),
    filter: fingerprint(filter.zScore),
    volatility: fingerprint(volatilitySignal(returns.values).data),
    carry: fingerprint(carrySignal(market.prices.values, aligned.values, market.prices.index).data),
    performance: fingerprint(
      Object.values(performanceSummary(returns.column("AAPL"), { periodsPerYear: 252 })),
    ),
    backtest: fingerprint(run.equity),
    funding: fingerprint([priceFunding(book, terms).total]),
    ...backtestFingerprints(market.prices, market.pair, seed),
    ...riskFingerprints(returns.values, seed),
    ...groundFloorFingerprints(returns.values, seed),
  };
}
