import { Worker } from "node:worker_threads";
import { type Contest, type Ladder, ladder, type Outcome } from "@astra-quant/bench";
import { cholesky, createRandom, Matrix } from "@astra-quant/core-linalg";
import {
  type MonteCarloShard,
  type MonteCarloVarOptions,
  mergeMonteCarloShards,
  monteCarloShard,
  monteCarloVar,
} from "@astra-quant/risk";

const CONFIDENCE = 0.99;

/** A long/short book of n assets with one factor behind them. */
function bookOf(n: number, horizon: number, scenarios: number): MonteCarloVarOptions {
  const random = createRandom("book");
  const betas = Float64Array.from({ length: n }, () => 0.5 + random.uniform());
  const covariance = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) covariance.data[i * n + j] = 1e-4 * betas[i]! * betas[j]!;
    covariance.data[i * n + i]! += 1.5e-4;
  }
  const weights = Float64Array.from({ length: n }, () => random.normal() / n);
  return { weights, covariance, horizon, scenarios, confidence: CONFIDENCE, seed: "bench" };
}

const figures = ({ valueAtRisk, expectedShortfall }: { valueAtRisk: number; expectedShortfall: number }) =>
  Float64Array.of(valueAtRisk, expectedShortfall);

/** Different generators cannot agree in numbers: both figures must, within six of our standard errors. */
function sameLaw(options: MonteCarloVarOptions): Contest["disagreement"] {
  const { standardError } = monteCarloVar(options);
  const errors = figures(standardError);
  return (ours: Outcome, theirs: Outcome) => {
    const [a, b] = [ours as Float64Array, theirs as Float64Array];
    const worst = Math.max(...errors.map((error, k) => Math.abs(a[k]! - b[k]!) / error));
    return worst < 6 ? undefined : `differs by ${worst} standard errors`;
  };
}

function numpyInputs(options: MonteCarloVarOptions) {
  const factor = cholesky(options.covariance!);
  if (factor.status !== "ok") throw new Error("the covariance of the bench is positive definite");
  const n = factor.L.rows;
  return {
    weights: { shape: [n], data: Float64Array.from(options.weights) },
    lower: { shape: [n, n], data: factor.L.data },
    scenarios: options.scenarios,
    horizon: options.horizon,
    alpha: 0.01,
  };
}

const simulation: Ladder = ladder({
  name: "Monte Carlo VaR",
  sizes: [
    { n: 6, horizon: 10, scenarios: 5000 },
    { n: 50, horizon: 1, scenarios: 200_000 },
    { n: 50, horizon: 10, scenarios: 100_000 },
  ],
  describe: ({ n, horizon, scenarios }) => `${scenarios} scenarios × ${horizon} days × ${n} assets`,
  prepare: ({ n, horizon, scenarios }) => {
    const options = bookOf(n, horizon, scenarios);
    const inputs = numpyInputs(options);
    return {
      ours: () => figures(monteCarloVar(options)),
      peers: {
        "numpy, asset by asset": { python: "monte_carlo_var_by_asset", inputs },
        "numpy, with the weights folded into the factor": { python: "monte_carlo_var_folded", inputs },
      },
      disagreement: sameLaw(options),
    };
  },
});

const oneShock: Ladder = ladder({
  name: "Monte Carlo VaR, one shock a portfolio",
  sizes: [1_000_000],
  describe: (scenarios) => `${scenarios} scenarios × 10 days × 50 assets`,
  prepare: (scenarios) => {
    const options = { ...bookOf(50, 10, scenarios), shocks: "portfolio" } as const;
    return {
      ours: () => figures(monteCarloVar(options)),
      peers: { numpy: { python: "monte_carlo_var_one_shock", inputs: numpyInputs(options) } },
      disagreement: sameLaw(options),
    };
  },
});

/** The main thread computes one shard while a worker computes the other. */
function onTwoThreads(options: MonteCarloVarOptions): () => Float64Array {
  const { scenarios } = options;
  const control = new SharedArrayBuffer(8);
  const state = new Int32Array(control);
  const half = monteCarloShard(options, { index: 1, count: 2 }).returns.length;
  const returns = new SharedArrayBuffer(8 * half);
  const worker = new Worker(new URL("shard-worker.mjs", import.meta.url), {
    workerData: { options, place: { index: 1, count: 2 }, control, returns },
  });
  worker.unref();
  let job = 0;
  return () => {
    job++;
    Atomics.store(state, 0, job);
    Atomics.notify(state, 0);
    const first = monteCarloShard(options, { index: 0, count: 2 });
    while (Atomics.load(state, 1) < job) Atomics.wait(state, 1, job - 1);
    const second: MonteCarloShard = {
      scenarios,
      first: scenarios - half,
      returns: new Float64Array(returns),
      scores: new Float64Array(0),
    };
    return figures(mergeMonteCarloShards(options, [first, second]));
  };
}

const threads: Ladder = ladder({
  name: "Monte Carlo VaR on two threads",
  sizes: [200_000],
  describe: (scenarios) => `${scenarios} scenarios × 1 day × 50 assets`,
  prepare: (scenarios) => {
    const options = bookOf(50, 1, scenarios);
    return {
      ours: onTwoThreads(options),
      peers: { "one thread": { run: () => figures(monteCarloVar(options)) } },
      disagreement: (ours: Outcome, theirs: Outcome) => {
        const [a, b] = [ours as Float64Array, theirs as Float64Array];
        return a.every((x, k) => x === b[k]) ? undefined : `${a} is not ${b} in every bit`;
      },
    };
  },
});

const ladders: Ladder[] = [simulation, oneShock, threads];
export default ladders;
