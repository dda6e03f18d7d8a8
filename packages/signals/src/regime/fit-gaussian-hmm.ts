import {
  log,
  mean,
  QuantError,
  quantile,
  type Random,
  type VectorLike,
  variance,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { fillEmissions } from "./emissions.ts";
import { type GaussianHmm, requireHmm } from "./gaussian-hmm.ts";

export interface FitGaussianHmmOptions {
  /** 2 or 3 as a rule; an integer in [1, 8]. @defaultValue 2 */
  readonly states?: number;
  /** Where to begin instead of the quantiles of the data. */
  readonly start?: GaussianHmm;
  /** Further beginnings at random, an integer ≥ 0; the best end wins. @defaultValue 4 with `random`, 0 without */
  readonly randomStarts?: number;
  /** Where the draws come from; needed for random starts. It does not move. */
  readonly random?: Random;
  /** @defaultValue 500 */
  readonly maxIterations?: number;
  /** The gain of log-likelihood an observation at which the search ends, ≥ 0. @defaultValue 1e-10 */
  readonly tolerance?: number;
}

export interface FittedGaussianHmm extends GaussianHmm {
  readonly logLikelihood: number;
  readonly iterations: number;
  /** False when the search ended at `maxIterations`. */
  readonly converged: boolean;
  readonly observations: number;
}

/** The least variance of a state as a share of the data's: one observation alone would have none. */
const VARIANCE_FLOOR = 1e-6;
/** How likely a state is to last a row, where the search begins. */
const STICKINESS = 0.95;

interface Mutable {
  initial: number[];
  transition: number[][];
  means: number[];
  variances: number[];
}

function stickyModel(means: number[], variances: number[]): Mutable {
  const K = means.length;
  const other = (1 - STICKINESS) / Math.max(1, K - 1);
  return {
    initial: Array.from({ length: K }, () => 1 / K),
    transition: Array.from({ length: K }, (_, i) =>
      Array.from({ length: K }, (_, j) => (K === 1 ? 1 : i === j ? STICKINESS : other)),
    ),
    means,
    variances,
  };
}

/** States that differ in spread: each the mean square deviation of a quantile of the deviations. */
function quantileStart(known: Float64Array, K: number, spread: number): Mutable {
  const centre = mean(known);
  const squares = known.map((value) => (value - centre) * (value - centre));
  const variances = Array.from({ length: K }, (_, k) => {
    return Math.max(2 * quantile(squares, (k + 0.5) / K), VARIANCE_FLOOR * spread);
  });
  return stickyModel(
    Array.from({ length: K }, () => centre),
    variances,
  );
}

function randomStart(known: Float64Array, K: number, spread: number, random: Random): Mutable {
  const means = Array.from({ length: K }, () => known[Math.floor(random.uniform() * known.length)]!);
  const variances = Array.from({ length: K }, () => spread * (0.1 + 1.9 * random.uniform()));
  return stickyModel(means, variances);
}

/** Room for the passes over n rows. */
interface Work {
  readonly density: Float64Array;
  readonly alpha: Float64Array;
  readonly scale: Float64Array;
  readonly beta: Float64Array;
}

/** The scaled forward pass; answers the log-likelihood. */
function forward(x: Float64Array, model: GaussianHmm, { density, alpha, scale }: Work): number {
  const K = model.means.length;
  const expected = new Float64Array(K);
  let logLikelihood = 0;
  for (let t = 0; t < x.length; t++) {
    for (let j = 0; j < K; j++) {
      expected[j] = t === 0 ? model.initial[j]! : 0;
      if (t > 0)
        for (let i = 0; i < K; i++) expected[j]! += alpha[(t - 1) * K + i]! * model.transition[i]![j]!;
    }
    const b = density.subarray(t * K, (t + 1) * K);
    const largest = fillEmissions(x[t]!, model, expected, b);
    let sum = 0;
    for (let j = 0; j < K; j++) {
      const value = expected[j]! * b[j]!;
      alpha[t * K + j] = value;
      sum += value;
    }
    for (let j = 0; j < K; j++) alpha[t * K + j]! /= sum;
    scale[t] = sum;
    logLikelihood += largest + log(sum);
  }
  return logLikelihood;
}

/** One step of Baum and Welch: γ and ξ from the backward pass, and the model that they make most likely. */
function improve(x: Float64Array, model: GaussianHmm, work: Work, floor: number): Mutable {
  const { density, alpha, scale, beta } = work;
  const K = model.means.length;
  const n = x.length;
  const moves = Array.from({ length: K }, () => new Array<number>(K).fill(0));
  const weight = new Array<number>(K).fill(0);
  const sums = new Array<number>(K).fill(0);
  const gammas = new Float64Array(n * K);
  let initial: number[] = [];
  beta.fill(1);
  for (let t = n - 1; t >= 0; t--) {
    if (t < n - 1) {
      const next = Float64Array.from({ length: K }, (_, j) => {
        return (density[(t + 1) * K + j]! * beta[j]!) / scale[t + 1]!;
      });
      for (let i = 0; i < K; i++) {
        let sum = 0;
        for (let j = 0; j < K; j++) {
          const step = model.transition[i]![j]! * next[j]!;
          moves[i]![j]! += alpha[t * K + i]! * step; // ξ_t(i, j)
          sum += step;
        }
        beta[i] = sum;
      }
    }
    const known = Number.isFinite(x[t]!);
    for (let k = 0; k < K; k++) {
      const gamma = alpha[t * K + k]! * beta[k]!;
      gammas[t * K + k] = gamma;
      if (!known) continue;
      weight[k]! += gamma;
      sums[k]! += gamma * x[t]!;
    }
    if (t === 0) initial = Array.from(gammas.subarray(0, K));
  }
  const means = sums.map((sum, k) => (weight[k]! > 0 ? sum / weight[k]! : model.means[k]!));
  const squares = new Array<number>(K).fill(0);
  for (let t = 0; t < n; t++) {
    if (!Number.isFinite(x[t]!)) continue;
    for (let k = 0; k < K; k++) {
      const distance = x[t]! - means[k]!;
      squares[k]! += gammas[t * K + k]! * distance * distance;
    }
  }
  return {
    initial: normalised(initial, model.initial),
    transition: moves.map((row, i) => normalised(row, model.transition[i]!)),
    means,
    variances: squares.map((sum, k) => Math.max(weight[k]! > 0 ? sum / weight[k]! : 0, floor)),
  };
}

/** Shares of 1; the old ones where there is nothing to share. */
function normalised(counts: readonly number[], old: readonly number[]): number[] {
  const sum = counts.reduce((total, value) => total + value, 0);
  return sum > 0 ? counts.map((value) => value / sum) : [...old];
}

interface Climb {
  readonly model: GaussianHmm;
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

function climb(
  x: Float64Array,
  start: GaussianHmm,
  settings: { readonly maxIterations: number; readonly enough: number; readonly floor: number },
): Climb {
  const K = start.means.length;
  const work: Work = {
    density: new Float64Array(x.length * K),
    alpha: new Float64Array(x.length * K),
    scale: new Float64Array(x.length),
    beta: new Float64Array(K),
  };
  let model = start;
  let logLikelihood = forward(x, model, work);
  for (let iterations = 1; iterations <= settings.maxIterations; iterations++) {
    model = improve(x, model, work, settings.floor);
    const before = logLikelihood;
    logLikelihood = forward(x, model, work);
    if (logLikelihood - before <= settings.enough)
      return { model, logLikelihood, iterations, converged: true };
  }
  return { model, logLikelihood, iterations: settings.maxIterations, converged: false };
}

/** The states from the calmest to the wildest. */
function inOrder(model: GaussianHmm): GaussianHmm {
  const { initial, transition, means, variances } = model;
  const order = variances
    .map((_, k) => k)
    .sort((i, j) => variances[i]! - variances[j]! || means[j]! - means[i]!);
  return {
    initial: order.map((k) => initial[k]!),
    transition: order.map((i) => order.map((j) => transition[i]![j]!)),
    means: order.map((k) => means[k]!),
    variances: order.map((k) => variances[k]!),
  };
}

function startsOf(
  known: Float64Array,
  states: number,
  spread: number,
  options: FitGaussianHmmOptions,
): GaussianHmm[] {
  const { start, random, randomStarts = random === undefined ? 0 : 4 } = options;
  requireInteger("randomStarts", randomStarts, 0);
  const first = start === undefined ? quantileStart(known, states, spread) : requireHmm("start", start);
  if (first.means.length !== states) {
    throw new QuantError("shape", `start must have ${states} states, got ${first.means.length}`, {
      argument: "start",
    });
  }
  if (randomStarts === 0) return [first];
  if (typeof random?.fork !== "function") {
    throw new QuantError("option", `random must be a generator that can fork, got ${show(random)}`, {
      argument: "random",
    });
  }
  const source = random.fork("gaussian-hmm");
  const others = Array.from({ length: randomStarts }, (_, r) => {
    return randomStart(known, states, spread, source.fork(r));
  });
  return [first, ...others];
}

/**
 * The hidden Markov model with normal observations that makes a series most likely, as far as Baum and Welch's climb finds
 * it: each step raises the likelihood, to a peak that need not be the highest, so several starts are tried. States come
 * from the calmest to the wildest; a variance is at least 1e-6 of the series'. A missing observation (NaN) says nothing.
 *
 * It sees all of the series: for causal use fit it on the past and filter what follows.
 *
 * @throws QuantError "range" for states, iterations, starts or tolerance out of range, for fewer than two observations a
 *   state or a series that does not vary, "shape" for no vector or a start of other states, "option" for random starts
 *   without `random` or an unknown name.
 */
export function fitGaussianHmm(x: VectorLike, options: FitGaussianHmmOptions = {}): FittedGaussianHmm {
  requireKnownOptions(options, ["states", "start", "randomStarts", "random", "maxIterations", "tolerance"]);
  const { states = 2, maxIterations = 500, tolerance = 1e-10 } = options;
  requireInteger("states", states, 1, 8);
  requireInteger("maxIterations", maxIterations, 1);
  requireNonNegative("tolerance", tolerance);
  const series = requireVector("x", x);
  const known = series.filter(Number.isFinite);
  requireInteger("the number of observations", known.length, 2 * states);
  const spread = variance(known, { ddof: 0 });
  if (!(spread > 0 && spread < Number.POSITIVE_INFINITY)) {
    throw new QuantError("range", `x must vary, by finite amounts; its variance is ${spread}`, {
      argument: "x",
    });
  }
  const settings = { maxIterations, enough: tolerance * known.length, floor: VARIANCE_FLOOR * spread };
  const climbs = startsOf(known, states, spread, options).map((start) => climb(series, start, settings));
  const best = climbs.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  const { model, ...search } = best;
  return { ...inOrder(model), ...search, observations: known.length };
}
