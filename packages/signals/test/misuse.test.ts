import { createRandom, Matrix, Panel } from "@astra-quant/core-linalg";
import { expect, test } from "vitest";
import * as signals from "../src/index.ts";

const T = 24;
const N = 4;
const random = createRandom("misuse");
const vector = random.fillNormal(new Float64Array(T)).map((x) => 0.02 * x);
const returns = new Matrix(T, N, random.fillNormal(new Float64Array(T * N)));
const prices = new Matrix(
  T,
  N,
  random.fillUniform(new Float64Array(T * N)).map((x) => 50 + x),
);
const dates = Array.from({ length: T }, (_, t) => Date.UTC(2024, 0, 1 + t));
const panel = (values: Matrix) => new Panel({ index: dates, columns: ["A", "B", "C", "D"], values });
const moved = (by: number) =>
  new Matrix(
    T,
    N,
    prices.data.map((x) => x + by),
  );
const bars = { open: prices, high: moved(1), low: moved(-1), close: prices };
const bar = { open: 1, high: 2, low: 0.5, close: 1.5 };
const hmm = {
  initial: [0.5, 0.5],
  transition: [
    [0.9, 0.1],
    [0.1, 0.9],
  ],
  means: [0, 0],
  variances: [1e-4, 4e-4],
};
const record = { ic: 0.02, health: 0.5, sharpe: 1, riskBudget: 0.3, admitted: true };
const pairing = { lag: 1, horizon: 1, timing: "causal" };
const window = { window: 5, minPeriods: 3 };
const estimate = { lag: 1, horizon: 1, method: "spearman", interval: "newey-west", confidence: 0.9, lags: 1 };
const solve = () => ({ x: [0.5, 0.5], status: "solved" });

/** A call that is right for every function. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  volatilitySignal: [
    returns,
    { volatilityWindow: 3, volOfVolWindow: 3, zScoreWindow: 5, periodsPerYear: 252 },
  ],
  momentumSignal: [returns, vector, { fastWindow: 2, slowWindow: 5, excessWeight: 0.7, trendWeight: 0.3 }],
  tailRiskSignal: [returns, { window: 8, tailProbability: 0.1, tail: "quantile" }],
  betaSignal: [returns, vector, { betaWindow: 5, stabilityWindow: 4 }],
  carrySignal: [
    prices,
    returns,
    dates,
    { impliedWindow: 2, averageWindow: 5, seasonLength: 365, premiumWeight: 1 },
  ],
  carryParts: [prices, returns, dates, { impliedMarkup: 1.2, realizedWindow: 4, periodsPerYear: 252 }],
  rsi: [prices, { period: 3, smoothing: "wilder" }],
  rsiSignal: [prices, { period: 3, smoothing: "cutler" }],
  priceAction: [bars, { window: 3 }],
  intradayMomentum: [prices, { window: 3 }],
  intradayVolatility: [bars, { estimator: "parkinson", window: 3, periodsPerYear: 252 }],
  vwapDistance: [{ ...bars, volume: prices }, dates, { timeZone: "UTC", dayStart: "00:00", closed: "left" }],
  crossSectionalScores: [returns, { method: "z", limit: 3, minAssets: 2 }],
  winsorize: [returns, { lower: 0.1, upper: 0.9 }],
  neutralize: [returns, { exposures: { beta: returns }, sectors: ["a", "a", "b", "b"] }],
  timeSeriesScores: [returns, { over: "rolling", window: 5, halfLife: 3, minPeriods: 3, limit: 3 }],
  informationCoefficient: [returns, returns, { ...window, ...pairing, method: "pearson" }],
  crossSectionalIc: [returns, returns, { ...pairing, method: "spearman", minAssets: 2 }],
  hitRate: [returns, returns, { ...window, ...pairing }],
  turnover: [returns, { ...window, position: "tanh" }],
  turnoverAdjustedIc: [returns, returns, { ...window, ...pairing, position: "tanh", turnoverPenalty: 10 }],
  crossSectionalTurnover: [returns, { ...window, position: "tanh" }],
  turnoverAdjustedCrossSectionalIc: [returns, returns, { ...pairing, ...window, turnoverPenalty: 10 }],
  icEstimate: [returns, returns, { ...estimate, minAssets: 2 }],
  rollingIcEstimate: [vector, vector, { ...estimate, ...window, every: 5 }],
  meanIc: [vector, { interval: "block-bootstrap", random, replications: 20, blockLength: 3, overlap: 1 }],
  icDecay: [returns, returns, { horizons: [1, 2], outcome: "cumulative", method: "spearman", minAssets: 2 }],
  quantileReturns: [returns, returns, { ...pairing, quantiles: 2 }],
  rankAutocorrelation: [returns, { lag: 1, minAssets: 2 }],
  signalFlips: [returns, { threshold: 0.01 }],
  deflatedIc: [
    { ic: 0.02, standardError: 0.01 },
    { trials: 5, dispersion: 0.01 },
  ],
  falseDiscoveryRate: [[0.1, 0.2], { level: 0.05, method: "benjamini-hochberg" }],
  healthScore: [vector, vector, { window: 5, levelCentre: 0.02, levelScale: 0.01, exclusionThreshold: 0.3 }],
  healthHistory: [vector, vector, { window: 5, readmissionThreshold: 0.35, halfLife: 10 }],
  populationStabilityIndex: [vector, vector, { bins: 5, pseudoCount: 0.5 }],
  kolmogorovSmirnov: [vector, vector, { method: "exact" }],
  baseWeights: [{ momentum: record, carry: record }],
  optimizeSignalWeights: [
    { momentum: record, carry: record },
    Matrix.identity(2),
    { solve, cap: 1, icUnit: 0.02 },
  ],
  signalCorrelation: [{ a: returns, b: returns }],
  signalPnl: [returns, returns, { lag: 1, position: "tanh" }],
  signalSharpe: [returns, returns, { lag: 1, position: "tanh", periodsPerYear: 252 }],
  combineSignals: [{ a: returns, b: returns }, { a: 0.5, b: vector.map(Math.abs) }, { missing: "reweight" }],
  fuseTimeframes: [
    { daily: panel(returns), hourly: panel(returns) },
    { weights: { daily: 1, hourly: 2 }, clock: "hourly", labels: { daily: "end" }, maxAge: { daily: 1e9 } },
  ],
  fitGaussianHmm: [
    vector,
    { states: 2, start: hmm, randomStarts: 1, random, maxIterations: 5, tolerance: 0.1 },
  ],
  hiddenRegimes: [vector, hmm, { probabilities: "smoothed" }],
  icByRegime: [vector, vector.map((_, t) => t % 2), { lag: 1, overlap: 1 }],
  regimeWeights: [new Matrix(3, 2), { a: [1, 0], b: [0, 1] }],
  volatilityRegime: [vector, { volatilityWindow: 3, historyWindow: 5, regimes: 3 }],
  externalSignal: [[{ asset: "A", asOf: dates[0], score: 1 }], { name: "x", delay: 1, maxAge: 10 }],
  factorSignals: [{ volatility: {}, momentum: {}, tailRisk: {}, beta: {}, carry: {} }],
  marketDataOf: [panel(prices), "A"],
  lookAheadProof: [(x: Matrix) => x, returns, { cuts: 3, shortest: 1, seed: "a" }],
  evaluateSignals: [
    [{ name: "own", evaluate: () => returns }],
    { prices: panel(prices), returns: panel(returns), market: vector },
  ],
  signalCoverage: [returns, { warmUp: 3 }],
};

/** What makes each stream, and what is pushed into it; a function of the row where rows must differ. */
const streams: Readonly<Record<string, readonly [options: object, push: readonly unknown[]]>> = {
  VolatilitySignal: [{ volatilityWindow: 3, volOfVolWindow: 3, zScoreWindow: 5 }, [0.1]],
  MomentumSignal: [{ fastWindow: 2, slowWindow: 5 }, [0.1, 0.1]],
  TailRiskSignal: [{ window: 8, tail: "expected-shortfall" }, [0.1]],
  BetaSignal: [{ betaWindow: 5, stabilityWindow: 4 }, [0.1, 0.1]],
  CarrySignal: [{ impliedWindow: 2, realizedWindow: 4, averageWindow: 5 }, [50, 0.1, "date"]],
  Rsi: [{ period: 3, smoothing: "cutler" }, [50]],
  PriceAction: [{ window: 3 }, [bar]],
  IntradayMomentum: [{ window: 3 }, [50]],
  IntradayVolatility: [{ estimator: "yang-zhang", window: 3, periodsPerYear: 252 }, [bar]],
  VwapDistance: [{ timeZone: "UTC" }, [{ ...bar, volume: 5 }, "date"]],
  TimeSeriesScore: [{ over: "expanding", minPeriods: 3, limit: 3 }, [0.1]],
  InformationCoefficient: [{ ...window, horizon: 2, method: "spearman" }, [0.1, 0.1]],
  HitRate: [window, [0.1, 0.1]],
  Turnover: [window, [0.1]],
  TurnoverAdjustedIc: [window, [0.1, 0.1]],
  SignalFlips: [{ threshold: 0.1 }, [0.1]],
  HealthMonitor: [{ window: 2, halfLife: 5 }, [0.1, 0.1]],
  PageHinkley: [{ minObservations: 3 }, [0.1]],
  Cusum: [{ target: 0, standardDeviation: 0.1 }, [0.1]],
  RegimeFilter: [hmm, [0.1]],
  VolatilityRegime: [{ volatilityWindow: 3, historyWindow: 5 }, [0.1]],
};

const garbage: readonly unknown[] = [
  ...[undefined, null, Number.NaN, -1, 0, 1.5, 1000, Number.POSITIVE_INFINITY, 1e300, "x", true, 3n],
  ...[
    [],
    {},
    [[]],
    [Number.NaN],
    [1, 2],
    ["a"],
    [null],
    [[1], [2, 3]],
    () => 1,
    Symbol("s"),
    new Date(Number.NaN),
  ],
];

type Called = (...args: readonly unknown[]) => unknown;
interface Stream {
  readonly state: object;
  push(...args: readonly unknown[]): unknown;
}
interface StreamClass {
  new (options: unknown): Stream;
  from(state: unknown): Stream;
}

/** Runs it; whatever is thrown must be a refusal that says something. */
function survives(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== "QuantError") throw error;
    expect(message).toMatch(/ must | is |unknown option|did you mean|has | say /);
  }
}

const isPlain = (x: unknown): x is Record<string, unknown> =>
  typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype;

test("every public function and class is in these tables", () => {
  const names = Object.entries(signals).flatMap(([name, value]) =>
    typeof value === "function" ? [name] : [],
  );
  expect([...Object.keys(calls), ...Object.keys(streams)].sort()).toEqual(names.sort());
});

for (const [name, args] of Object.entries(calls)) {
  test(`${name} answers what it is asked, and refuses garbage in any place by a QuantError`, () => {
    const call = (signals as unknown as Record<string, Called>)[name]!;
    expect(() => call(...args)).not.toThrow();
    args.forEach((arg, i) => {
      for (const strange of garbage) {
        survives(() => call(...args.with(i, strange)));
        const keys = isPlain(arg) ? [...Object.keys(arg), "out", "typo"] : [];
        for (const key of keys) survives(() => call(...args.with(i, { ...(arg as object), [key]: strange })));
      }
    });
    const typo = { ...(args.at(-1) as object), typpo: 1 };
    const anyName = name === "evaluateSignals"; // a user's data
    if (isPlain(args.at(-1)) && !anyName) expect(() => call(...args.with(-1, typo))).toThrow(/typpo/);
  });
}

/** The state with one field, however deep, being something else. */
function* spoiled(state: object, strange: unknown): Generator<object> {
  for (const [key, value] of Object.entries(state)) {
    yield Array.isArray(state) ? state.with(Number(key), strange) : { ...state, [key]: strange };
    if (typeof value !== "object" || value === null) continue;
    for (const inner of spoiled(value, strange))
      yield Array.isArray(state) ? state.with(Number(key), inner) : { ...state, [key]: inner };
  }
}

const inRow = (push: readonly unknown[], t: number): readonly unknown[] =>
  push.map((part) => (part === "date" ? Date.UTC(2024, 0, 1 + t) : part));
const inPlace = (part: unknown, x: number): unknown => {
  if (typeof part === "number") return x;
  if (!isPlain(part)) return part;
  return Object.fromEntries(Object.keys(part).map((key) => [key, key === "volume" ? Math.abs(x) : x]));
};

for (const [name, [options, push]] of Object.entries(streams)) {
  const Class = (signals as unknown as Record<string, StreamClass>)[name]!;

  test(`${name} refuses garbage in options, pushes and states by a QuantError`, () => {
    const stream = new Class(options);
    for (let t = 0; t < 7; t++) stream.push(...inRow(push, t));
    const state = JSON.parse(JSON.stringify(stream.state)) as object;
    for (const strange of garbage) {
      survives(() => new Class(strange));
      survives(() => Class.from(strange));
      for (const key of Object.keys(options)) survives(() => new Class({ ...options, [key]: strange }));
      push.forEach((_, i) => {
        survives(() => new Class(options).push(...inRow(push, 0).with(i, strange)));
      });
      for (const broken of spoiled(state, strange))
        survives(() => Class.from(broken).push(...inRow(push, 9)));
    }
    expect(() => Class.from({ ...state, version: 2 })).toThrow("state.version must be 1, got 2");
  });

  test(`${name} goes on from JSON after numbers at the edge of the doubles`, () => {
    for (const edge of [
      [1e308, -1e308],
      [1e300, 1e300],
      [5e-324, -5e-324],
      [-0, 0],
      [Number.NaN, 1],
      [1e200, 1e-200],
    ]) {
      const stream = new Class(options);
      for (let t = 0; t < 12; t++)
        stream.push(
          ...inRow(push, t)
            .map((part) => inPlace(part, edge[t % 2]!))
            .map((part, i) => (push[i] === "date" ? inRow(push, t)[i] : part)),
        );
      const resumed = Class.from(JSON.parse(JSON.stringify(stream.state)));
      const [next, alike] = [resumed, stream].map((one) => JSON.stringify([one.push(...inRow(push, 20))]));
      expect(next).toBe(alike);
    }
  });
}
