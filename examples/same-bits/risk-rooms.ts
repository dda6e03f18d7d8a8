import { createRandom, type Matrix, sampleCovariance } from "@astra-quant/core-linalg";
import {
  acerbiSzekelyTest,
  ageWeightedVar,
  bufferedPositions,
  CRISES,
  compareVar,
  cornishFisherVar,
  correlationStress,
  decayedPositions,
  deltaGammaVar,
  dynamicQuantileTest,
  filteredHistoricalVar,
  historicalVar,
  kellyFraction,
  marketModel,
  monteCarloComponentVar,
  monteCarloVar,
  parametricVar,
  probabilisticSharpeRatio,
  type RiskObservation,
  replayRiskLimits,
  reverseStress,
  rollingSortino,
  type Sampling,
  type ShockDistribution,
  sharpeRatio,
  signalStrength,
  stressTest,
  type TailLoss,
  tailHedge,
  trafficLight,
  varExceptions,
  volatilityTarget,
} from "@astra-quant/risk";
import { fingerprint } from "./fingerprint.ts";

const CONFIDENCE = 0.99;
const DAYS = 252;

const figures = ({ valueAtRisk, expectedShortfall }: TailLoss): number[] => [valueAtRisk, expectedShortfall];

/** Value at risk by every sampling and law, with its standard errors. */
function simulations(covariance: Matrix, weights: Float64Array, seed: string): number[] {
  const options = { weights, covariance, horizon: 10, scenarios: 4096, confidence: CONFIDENCE, seed };
  const samplings: Sampling[] = ["independent", "antithetic", "sobol", "control-variate", "importance"];
  const laws: ShockDistribution[] = [
    { studentT: 4 },
    { copula: { studentT: 4 }, marginals: (probability) => 0.02 * (probability - 0.5) },
  ];
  return [...samplings.map((sampling) => ({ sampling })), ...laws.map((distribution) => ({ distribution }))]
    .map((way) => monteCarloVar({ ...options, ...way }))
    .flatMap((result) => [...figures(result), ...figures(result.standardError)]);
}

/** Decisions on an equity curve and its book, as numbers. */
function decisions(returns: Float64Array): number[] {
  let equity = 1e6;
  const events: RiskObservation[] = Array.from(returns, (r, day) => {
    equity *= 1 + 4 * r;
    return {
      equity,
      day,
      positions: { long: 2e5 * (1 + day / DAYS), short: -1e5 },
      valueAtRisk: 4e4 * Math.abs(r),
    };
  });
  return replayRiskLimits(events, { valueAtRisk: 1e3, totalLoss: -0.9 }).flatMap(({ keep, breaches }) => [
    keep,
    ...breaches.flatMap(({ value, keep: part, since }) => [value, part, since]),
  ]);
}

/** What each room of risk computes from daily returns (time × assets). */
export function riskFingerprints(returns: Matrix, seed: string): Record<string, string> {
  const { covariance, mean } = sampleCovariance(returns);
  const n = returns.columns;
  const weights = Float64Array.from({ length: n }, (_, j) => (j % 2 === 0 ? 1 : -0.5) / n);
  const [one, other] = [returns.column(0), returns.column(1)];
  const confidence = CONFIDENCE;
  const { valueAtRisk, expectedShortfall } = historicalVar(one, { confidence });
  const exceptions = varExceptions(one, { valueAtRisk });
  const book = { weights, covariance, betas: weights.map((w) => 1 + w) };
  const simulation = { weights, covariance, horizon: 3, scenarios: 2000, confidence, seed };
  const random = createRandom(seed);
  const found = reverseStress(book, { loss: 0.05, bounds: { min: -0.2 } });
  const strength = signalStrength(one.map((r) => 100 * r));
  return {
    simulatedVar: fingerprint(simulations(covariance, weights, seed)),
    historicalVar: fingerprint([
      ...figures(historicalVar(one, { confidence, bootstrap: { random, replications: 400 } }).standardError),
      ...figures(ageWeightedVar(one, { confidence, halfLife: 60 })),
      ...figures(filteredHistoricalVar(one, { confidence, horizon: 5, scenarios: 4000, seed })),
      ...figures(cornishFisherVar(one, { confidence })),
    ]),
    analyticVar: fingerprint([
      ...figures(parametricVar({ weights, covariance, mean, confidence, distribution: { studentT: 4 } })),
      ...figures(deltaGammaVar({ delta: weights, gamma: covariance, covariance, confidence })),
    ]),
    decomposition: fingerprint([
      ...monteCarloComponentVar({ ...simulation, measure: "expected-shortfall" }).component,
      ...compareVar(simulation, { ...simulation, weights: weights.map((w) => 1.1 * w + 0.01) }).positions
        .valueAtRisk,
    ]),
    varBacktest: fingerprint([
      trafficLight(exceptions).cumulative,
      dynamicQuantileTest(exceptions, { probability: 0.01 }).pValue,
      acerbiSzekelyTest(one, { valueAtRisk, expectedShortfall, probability: 0.01, seed, scenarios: 200 })
        .unconditional.pValue,
    ]),
    stress: fingerprint([
      ...stressTest(book, CRISES.covid2020, { seed }).equity,
      ...correlationStress(book).rungs.map(({ valueAtRisk }) => valueAtRisk),
      ...(found.status === "found" ? found.shocks : []),
    ]),
    sharpe: fingerprint([
      sharpeRatio(one, { periodsPerYear: DAYS, errors: "autocorrelated" }).standardError,
      probabilisticSharpeRatio(one, { periodsPerYear: DAYS }),
      marketModel(one, { benchmark: other, periodsPerYear: DAYS }).alphaStandardError,
      ...rollingSortino(one, 60, { periodsPerYear: DAYS }),
    ]),
    sizing: fingerprint([
      ...bufferedPositions(decayedPositions(strength)),
      ...volatilityTarget(one, { target: 0.1, periodsPerYear: DAYS, halfLife: 20 }),
      ...kellyFraction({ expectedReturns: mean, covariance, observations: returns.rows }, { shrink: true })
        .weights,
    ]),
    limits: fingerprint(decisions(one)),
    hedge: fingerprint(tailHedge(one, other).netReturns),
  };
}
