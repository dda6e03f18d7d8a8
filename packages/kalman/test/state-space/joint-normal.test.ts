import {
  cholesky,
  choleskySolve,
  createRandom,
  Matrix,
  multiply,
  type Random,
  transpose,
} from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { KalmanFilter, kalmanFilter, kalmanSmoother, simulateStateSpace } from "../../src/index.ts";

/** Random models small enough to be written out as one normal law of all their states. */
const MODELS = 1000;

const between = (random: Random, low: number, high: number) =>
  low + Math.floor(random.uniform() * (high - low + 1));

const gaussian = (random: Random, rows: number, columns: number, scale = 1) =>
  new Matrix(rows, columns).map(() => scale * random.normal());

function covariance(random: Random, size: number, rank: number, floor: number): Matrix {
  const root = gaussian(random, size, rank, 0.7);
  return multiply(root, transpose(root)).map((value, i, j) => value + (i === j ? floor : 0));
}

function drawn(seed: number) {
  const random = createRandom(`joint ${seed}`);
  const n = between(random, 1, 3);
  const p = between(random, 1, 2);
  const bars = between(random, 1, 6);
  const designs = Array.from({ length: bars + 1 }, () => gaussian(random, p, n));
  return {
    ...{ n, p, bars },
    model: {
      design: (bar: number) => designs[Math.min(bar, bars)]!,
      observationCovariance: covariance(random, p, p, 0.1),
      transition: gaussian(random, n, n, 0.7),
      stateCovariance: covariance(random, n, between(random, 1, n), 0),
    },
    initial: { mean: gaussian(random, 1, n).data, covariance: covariance(random, n, n, 0.1) },
    Y: gaussian(random, bars, p, 3).map((value) => (random.uniform() < 0.15 ? Number.NaN : value)),
  };
}

/** The law of all states, stacked, given the observations of bars 0 … last: mean, covariance, log-likelihood. */
function posterior({ n, p, model, initial, Y, bars }: ReturnType<typeof drawn>, last: number) {
  const { transition: T, stateCovariance: Q, observationCovariance: H } = model;
  const size = n * bars;
  const mean = new Float64Array(size);
  const prior = new Matrix(size, size);
  let level = new Matrix(n, 1, Float64Array.from(initial.mean));
  let variance = initial.covariance;
  for (let s = 0; s < bars; s++) {
    mean.set(level.data, s * n);
    let cross = variance;
    for (let t = s; t < bars; t++) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          prior.set(t * n + i, s * n + j, cross.get(i, j));
          prior.set(s * n + j, t * n + i, cross.get(i, j));
        }
      }
      cross = multiply(T, cross);
    }
    level = multiply(T, level);
    variance = multiply(multiply(T, variance), transpose(T)).map((value, i, j) => value + Q.get(i, j));
  }
  const seen = Array.from({ length: (last + 1) * p }, (_, k) => [Math.floor(k / p), k % p] as const).filter(
    ([t, i]) => !Number.isNaN(Y.get(t, i)),
  );
  const G = new Matrix(seen.length, size);
  seen.forEach(([t, i], row) => {
    for (let j = 0; j < n; j++) G.set(row, t * n + j, model.design(t).get(i, j));
  });
  const cross = multiply(G, prior);
  const S = multiply(cross, transpose(G)).map((value, a, b) => {
    const [[t, i], [s, j]] = [seen[a]!, seen[b]!];
    return value + (t === s ? H.get(i, j) : 0);
  });
  if (seen.length === 0) return { mean, covariance: prior, logLikelihood: 0 };
  const factor = cholesky(S);
  if (factor.status !== "ok") throw new Error("the observations' covariance is not positive definite");
  const surprise = Float64Array.from(seen, ([t, i], row) => {
    let expected = 0;
    for (let k = 0; k < size; k++) expected += G.get(row, k) * mean[k]!;
    return Y.get(t, i) - expected;
  });
  const solved = choleskySolve(factor.L, new Matrix(seen.length, 1, surprise)) as Matrix;
  const gain = choleskySolve(factor.L, cross) as Matrix;
  const learnt = multiply(transpose(cross), gain);
  let logLikelihood = -0.5 * seen.length * Math.log(2 * Math.PI);
  for (let a = 0; a < seen.length; a++) {
    logLikelihood -= Math.log(factor.L.get(a, a)) + 0.5 * surprise[a]! * solved.data[a]!;
  }
  const moved = multiply(transpose(cross), solved).data;
  return {
    mean: mean.map((value, k) => value + moved[k]!),
    covariance: prior.map((value, i, j) => value - learnt.get(i, j)),
    logLikelihood,
  };
}

const block = (A: Matrix, t: number, n: number) =>
  new Matrix(n, n).map((_, i, j) => A.get(t * n + i, t * n + j));

/** What a thousand small systems of equations leave of sixteen digits. */
const digits = solver(1e-8);

for (const form of ["joseph", "square-root"] as const) {
  describe(`a thousand random models in the ${form} form against the normal law of all states`, () => {
    test("filtered, smoothed, likelihood", () => {
      for (let seed = 0; seed < MODELS; seed++) {
        const problem = drawn(seed);
        const { n, bars, model, initial, Y } = problem;
        const options = { form, initial };
        const filtered = kalmanFilter(model, Y, options);
        const smoothed = kalmanSmoother(model, Y, options);
        const all = posterior(problem, bars - 1);
        expectClose(filtered.logLikelihood, all.logLikelihood, digits);
        expectClose(smoothed.mean.data, all.mean, digits);
        const at = between(createRandom(`bar ${seed}`), 0, bars - 1);
        expectClose(smoothed.covariance[at]!, block(all.covariance, at, n), digits, 1);
        const known = posterior(problem, at);
        expectClose(filtered.mean.row(at), known.mean.slice(at * n, (at + 1) * n), digits, 1);
        expectClose(filtered.covariance[at]!, block(known.covariance, at, n), digits, 1);
      }
    });
  });
}

test("where observations have no noise, no variance falls below zero and a filter goes on from its own state", () => {
  for (let seed = 0; seed < MODELS; seed++) {
    const random = createRandom(`exact ${seed}`);
    const n = between(random, 1, 4);
    const p = between(random, 1, 3);
    const model = {
      design: gaussian(random, p, n),
      observationCovariance: Matrix.zeros(p, p),
      transition: gaussian(random, n, n),
      stateCovariance: random.uniform() < 0.5 ? Matrix.zeros(n, n) : covariance(random, n, 1, 0),
    };
    const large = { mean: new Float64Array(n), covariance: Matrix.identity(n).map((value) => 1e6 * value) };
    const filter = new KalmanFilter(model, random.uniform() < 0.5 ? {} : { initial: large });
    const { observations } = simulateStateSpace(model, { bars: 6, seed });
    for (let bar = 0; bar < 6; bar++) {
      const { covariance: around } = filter.update(observations.row(bar));
      for (let i = 0; i < n; i++) expect(around.get(i, i) < 0).toBe(false);
      const written = JSON.parse(JSON.stringify(filter.state));
      expect(KalmanFilter.from(written, model).state).toEqual(written);
    }
  }
});
