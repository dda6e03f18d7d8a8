import { describeStream, expectClose, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FixedLagSmoother,
  KalmanFilter,
  kalmanFilter,
  kalmanSmoother,
  type StateSpaceModel,
  simulateStateSpace,
} from "../../src/index.ts";

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const observations = fc.array(fc.tuple(value, value), { maxLength: 12 });

/** Two observations of two states, with a design that changes. */
const model: StateSpaceModel = {
  design: (bar) => [
    [1, bar % 3],
    [0.5, 1 - (bar % 2)],
  ],
  observationCovariance: [
    [0.5, 0.2],
    [0.2, 0.4],
  ],
  transition: [
    [0.9, 0.3],
    [0, 1],
  ],
  stateCovariance: [
    [0.1, 0],
    [0, 0.02],
  ],
};
const prior = {
  mean: [1, 0],
  covariance: [
    [2, 0.3],
    [0.3, 1],
  ],
};

const starts = [
  ["a diffuse start", {}],
  ["a prior", { initial: prior }],
  ["a root from a diffuse start", { form: "square-root" }],
] as const;

for (const [name, options] of starts) {
  describeStream<KalmanFilter, [number, number]>({
    name: `KalmanFilter from ${name}`,
    inputs: observations,
    create: () => new KalmanFilter(model, options),
    push: (filter, y) => {
      const step = filter.update(y);
      return [...step.mean, ...step.covariance.data, ...step.innovation, ...step.standardized];
    },
    batch: (inputs) => {
      const series = kalmanFilter(model, inputs, options);
      return inputs.map((_, t) => [
        ...series.mean.row(t),
        ...series.covariance[t]!.data,
        ...series.innovation.row(t),
        ...series.standardized.row(t),
      ]);
    },
    state: (filter) => filter.state,
    resume: (state) => KalmanFilter.from(state as KalmanFilter["state"], model),
  });

  const lag = 3;
  describeStream<FixedLagSmoother, [number, number]>({
    name: `FixedLagSmoother from ${name}`,
    inputs: observations,
    create: () => new FixedLagSmoother(model, { ...options, lag }),
    push: (smoother, y) => {
      const { mean, covariance } = smoother.update(y);
      return [...mean, ...covariance.data];
    },
    batch: (inputs) =>
      inputs.map((_, t) => {
        if (t < lag) return new Array<number>(6).fill(Number.NaN);
        const { mean, covariance } = kalmanSmoother(model, inputs.slice(0, t + 1), options);
        return [...mean.row(t - lag), ...covariance[t - lag]!.data];
      }),
    state: (smoother) => smoother.state,
    resume: (state) => FixedLagSmoother.from(state as FixedLagSmoother["state"], model),
  });
}

describe("laws", () => {
  test("both forms of the covariance give the same filter", () => {
    fc.assert(
      fc.property(observations, (Y) => {
        const joseph = kalmanFilter(model, Y);
        const root = kalmanFilter(model, Y, { form: "square-root" });
        expectClose(root.mean.data, joseph.mean.data, rounding(1e5), 1e3);
        expectClose(root.logLikelihood, joseph.logLikelihood, rounding(1e6), 1e4);
      }),
    );
  });

  test("the smoother ends where the filter does", () => {
    fc.assert(
      fc.property(observations, (Y) => {
        const filtered = kalmanFilter(model, Y, { initial: prior });
        const smoothed = kalmanSmoother(model, Y, { initial: prior });
        const last = Y.length - 1;
        if (last < 0) return;
        expectClose(smoothed.mean.row(last), filtered.mean.row(last), rounding(1e4), 100);
        expectClose(smoothed.covariance[last]!, filtered.covariance[last]!, rounding(1e4));
      }),
    );
  });

  test("what comes later only sharpens", () => {
    fc.assert(
      fc.property(observations, (Y) => {
        const { covariance: filtered } = kalmanFilter(model, Y, { initial: prior });
        const { covariance: smoothed } = kalmanSmoother(model, Y, { initial: prior });
        smoothed.forEach(({ data }, t) => {
          for (const i of [0, 3]) expect(data[i]!).toBeLessThanOrEqual(filtered[t]!.data[i]! * (1 + 1e-12));
        });
      }),
    );
  });

  test("the future cannot change the past", () => {
    fc.assert(
      fc.property(observations, fc.nat(), (Y, at) => {
        const cut = Y.length === 0 ? 0 : at % Y.length;
        const whole = kalmanFilter(model, Y).mean.data.slice(0, 2 * cut);
        expect(sameBits(whole, kalmanFilter(model, Y.slice(0, cut)).mean.data)).toBe(true);
      }),
    );
  });
});

test("the filter of its own simulation is as sure as it should be", () => {
  const { observations: Y, states } = simulateStateSpace(model, { bars: 4000, seed: "own", initial: prior });
  const { mean, covariance, standardized } = kalmanFilter(model, Y, { initial: prior });
  let squares = 0;
  let distance = 0;
  for (let t = 0; t < 4000; t++) {
    squares += standardized.data[2 * t]! ** 2 + standardized.data[2 * t + 1]! ** 2;
    distance += (states.data[2 * t]! - mean.data[2 * t]!) ** 2 / covariance[t]!.data[0]!;
  }
  // A chi-square average of 8000 has a standard error of √(2 ÷ 8000); states of neighbouring bars err together.
  expect(Math.abs(squares / 8000 - 1)).toBeLessThan(4 * Math.sqrt(2 / 8000));
  expect(Math.abs(distance / 4000 - 1)).toBeLessThan(8 * Math.sqrt(2 / 4000));
  const again = simulateStateSpace(model, { bars: 4000, seed: "own", initial: prior });
  expect(sameBits(again.observations, Y)).toBe(true);
});
