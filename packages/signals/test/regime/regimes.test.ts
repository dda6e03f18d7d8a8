import { createRandom } from "@astra-quant/core-linalg";
import { bits, describeStream, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fitGaussianHmm,
  type GaussianHmm,
  hiddenRegimes,
  icByRegime,
  RegimeFilter,
  VolatilityRegime,
  volatilityRegime,
} from "../../src/index.ts";

const model: GaussianHmm = {
  initial: [0.6, 0.4],
  transition: [
    [0.9, 0.1],
    [0.3, 0.7],
  ],
  means: [0.01, -0.02],
  variances: [1e-4, 9e-4],
};
const observation = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -0.2, max: 0.2, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 1e6, 1e200, -0) },
);
const series = fc.array(observation, { maxLength: 40 });

describeStream<RegimeFilter, number>({
  name: "RegimeFilter",
  inputs: series,
  create: () => new RegimeFilter(model),
  push: (stream, x) => Array.from(stream.push(x)),
  batch: (inputs) =>
    hiddenRegimes(inputs, model)
      .probabilities.toRows()
      .map((row) => Array.from(row)),
  state: (stream) => stream.state,
  resume: (state) => RegimeFilter.from(state as never),
});

const windows = { volatilityWindow: 3, historyWindow: 6 };
describeStream<VolatilityRegime, number>({
  name: "VolatilityRegime",
  inputs: series,
  create: () => new VolatilityRegime(windows),
  push: (stream, x) => [stream.push(x)],
  batch: (inputs) => Array.from(volatilityRegime(inputs, windows), (v) => [v]),
  state: (stream) => stream.state,
  resume: (state) => VolatilityRegime.from(state as never),
});

describe("hidden states", () => {
  test("probabilities are those of Bayes by enumeration of all paths", () => {
    const x = [0.02, -0.04, 0.0, 0.03];
    const density = (v: number, k: number) =>
      Math.exp(-((v - model.means[k]!) ** 2) / (2 * model.variances[k]!)) /
      Math.sqrt(2 * Math.PI * model.variances[k]!);
    const joint = Array.from({ length: 16 }, (_, path) => {
      const states = x.map((_, t) => (path >> t) & 1);
      return states.reduce(
        (p, k, t) =>
          p * (t === 0 ? model.initial[k]! : model.transition[states[t - 1]!]![k]!) * density(x[t]!, k),
        1,
      );
    });
    const total = joint.reduce((a, b) => a + b, 0);
    const smoothed = x.map(
      (_, t) => joint.reduce((a, p, path) => a + (((path >> t) & 1) === 1 ? p : 0), 0) / total,
    );
    const own = hiddenRegimes(x, model, { probabilities: "smoothed" });
    expectClose(own.probabilities.column(1), smoothed, rounding(16));
    expectClose(own.logLikelihood, Math.log(total), rounding(16));
    expectClose(hiddenRegimes(x, model).probabilities.get(3, 1), smoothed[3]!, rounding(16)); // at the end they agree
  });

  test("a state that cannot be reached has no say, however well it explains", () => {
    const split = {
      ...model,
      initial: [1, 0],
      transition: [
        [1, 0],
        [0, 1],
      ],
    };
    const x = [0.01, -0.8, 0.01]; // the second state alone would explain −0.8
    for (const probabilities of ["filtered", "smoothed"] as const) {
      const own = hiddenRegimes(x, split, { probabilities });
      expectClose(own.probabilities.column(0), [1, 1, 1], bits);
      const alone = x.map((v) => -((v - 0.01) ** 2) / 2e-4 - Math.log(2 * Math.PI * 1e-4) / 2);
      expectClose(
        own.logLikelihood,
        alone.reduce((a, b) => a + b),
        rounding(8),
      );
    }
  });

  test("an observation beyond the doubles' squares says nothing and leaves no trace", () => {
    const far = hiddenRegimes([0.02, 1e200, -0.01], model);
    const gap = hiddenRegimes([0.02, Number.NaN, -0.01], model);
    expectClose(far.probabilities, gap.probabilities, bits);
    expectClose(far.logLikelihood, gap.logLikelihood, bits);
  });

  test("cutting off the future changes no filtered probability", () => {
    fc.assert(
      fc.property(series, fc.nat(), (x, n) => {
        const at = x.length === 0 ? 0 : n % x.length;
        const cut = hiddenRegimes(x.slice(0, at), model).probabilities.data;
        expectClose(hiddenRegimes(x, model).probabilities.data.subarray(0, 2 * at), cut, bits);
      }),
    );
  });

  test("rows add up to 1, whatever is observed", () => {
    fc.assert(
      fc.property(series, (x) => {
        for (const kind of ["filtered", "smoothed"] as const) {
          for (const row of hiddenRegimes(x, model, { probabilities: kind }).probabilities.toRows())
            expectClose(row[0]! + row[1]!, 1, rounding(4));
        }
      }),
    );
  });

  test("a step of the climb never loses likelihood, and the states come calm first", () => {
    const random = createRandom("hmm");
    const x = Float64Array.from({ length: 240 }, (_, t) => (t % 80 < 50 ? 0.01 : 0.03) * random.normal());
    const likelihoods = [1, 2, 4, 8, 16, 32].map(
      (maxIterations) => fitGaussianHmm(x, { maxIterations, tolerance: 0 }).logLikelihood,
    );
    for (let k = 1; k < likelihoods.length; k++) {
      expect(likelihoods[k]!).toBeGreaterThanOrEqual(likelihoods[k - 1]! - 1e-9);
    }
    const fitted = fitGaussianHmm(x, { random, states: 3 });
    expect(fitted.variances).toEqual([...fitted.variances].sort((a, b) => a - b));
    expect(fitGaussianHmm(x, { random, states: 3 })).toEqual(fitted);
    expectClose(hiddenRegimes(x, fitted).logLikelihood, fitted.logLikelihood, rounding(240));
  });

  test("one state is the mean and the variance, gaps left out", () => {
    const one = fitGaussianHmm([1, Number.NaN, 3], { states: 1 });
    expectClose([...one.means, ...one.variances], [2, 1], rounding());
  });

  test("misuse is refused by name", () => {
    expect(() => fitGaussianHmm([1, 1, 1, 1])).toThrow("x must vary, by finite amounts; its variance is 0");
    expect(() => fitGaussianHmm([1, 2, 3])).toThrow(
      "the number of observations must be an integer ≥ 4, got 3",
    );
    expect(() => fitGaussianHmm([1, 2, 3, 4], { randomStarts: 2 })).toThrow("random must be a generator");
    expect(() => new RegimeFilter({ ...model, initial: [0.5, 0.6] })).toThrow(
      "model.initial must be probabilities that add up to 1, got 0.5 and 0.6",
    );
    expect(() => new RegimeFilter({ ...model, variances: [1, 0] })).toThrow(
      "model.variances[1] must be positive and finite, got 0",
    );
    const { state } = new RegimeFilter(model);
    expect(() => RegimeFilter.from({ ...state, probabilities: [1] })).toThrow(
      "state.probabilities must have 2 entries, got 1",
    );
    expect(() => RegimeFilter.from({ ...state, probabilities: [2, -1] })).toThrow(
      "state.probabilities must be probabilities that add up to 1, got 2 and -1",
    );
  });
});

describe("regimes as a condition", () => {
  test("the coefficient belongs to the regime of its signal's row", () => {
    const [calm, wild] = icByRegime([Number.NaN, 0.1, 0.1, 0.5, 0.5], [0, 0, 1, 1, 0]);
    expectClose([calm!.ic, wild!.ic], [0.1, 0.5], rounding());
    expect([calm!.observations, wild!.observations]).toEqual([2, 2]);
  });

  test("a constant volatility is one tie, in the middle regime", () => {
    const regimes = volatilityRegime([1, 2, 1, 2, 1, 2, 1, 2], { volatilityWindow: 2, historyWindow: 3 });
    expectClose(regimes.slice(3), [1, 1, 1, 1, 1], bits);
  });
});
