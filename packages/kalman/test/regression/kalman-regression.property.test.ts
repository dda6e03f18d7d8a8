import { describeStream, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KalmanRegression, type KalmanRegressionOptions, kalmanRegression } from "../../src/index.ts";

const price = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 1, max: 500, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(50, 51) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const bars = fc.array(fc.tuple(price, price), { maxLength: 40 });

const starts: [string, KalmanRegressionOptions][] = [
  ["the diffuse start", {}],
  ["the zero start", { initial: "zero", delta: 1e-3 }],
  [
    "a prior",
    {
      initial: {
        intercept: 1,
        slope: 2,
        covariance: [
          [1, 0.5],
          [0.5, 2],
        ],
      },
    },
  ],
  ["the seed's parity", { parity: "seed" }],
];

for (const [name, options] of starts) {
  describeStream<KalmanRegression, [number, number]>({
    name: `KalmanRegression from ${name}`,
    inputs: bars,
    create: () => new KalmanRegression(options),
    push: (filter, [x, y]) => {
      const { intercept, slope, innovation, innovationStd, zScore } = filter.update(x, y);
      return [intercept, slope, innovation, innovationStd, zScore, filter.state.logLikelihood];
    },
    batch: (inputs) => {
      const x = inputs.map((bar) => bar[0]);
      const y = inputs.map((bar) => bar[1]);
      const series = kalmanRegression(x, y, options);
      return inputs.map((_, t) => [
        series.intercept[t]!,
        series.slope[t]!,
        series.innovation[t]!,
        series.innovationStd[t]!,
        series.zScore[t]!,
        kalmanRegression(x.slice(0, t + 1), y.slice(0, t + 1), options).logLikelihood,
      ]);
    },
    state: (filter) => filter.state,
    resume: (state) => KalmanRegression.from(state as KalmanRegression["state"]),
  });
}

/** A line with noise around it, x never twice the same. */
const market = fc
  .array(
    fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    {
      minLength: 3,
      maxLength: 60,
    },
  )
  .map((steps) => {
    let level = 50;
    const x = steps.map(([step]) => (level += step));
    const y = steps.map(([, noise], t) => 12 + 1.8 * x[t]! + noise);
    return { x, y };
  });

test("the future cannot change the past", () => {
  fc.assert(
    fc.property(market, fc.nat(), ({ x, y }, at) => {
      const cut = at % x.length;
      const whole = kalmanRegression(x, y);
      const part = kalmanRegression(x.slice(0, cut), y.slice(0, cut));
      expect(whole.zScore.slice(0, cut)).toEqual(part.zScore);
      expect(whole.slope.slice(0, cut)).toEqual(part.slope);
    }),
  );
});

test("a diffuse start does not care where y is counted from: the intercept moves, slope and z-score do not", () => {
  fc.assert(
    fc.property(market, fc.integer({ min: -512, max: 512 }), ({ x, y }, shift) => {
      const at = kalmanRegression(x, y);
      const shifted = kalmanRegression(
        x,
        y.map((value) => value + shift),
      );
      // Adding the shift rounds y itself; steps of x down to 0.01 magnify that in the first slopes.
      const magnified = rounding(1e4);
      expectClose(shifted.slope, at.slope, magnified, 1000);
      expectClose(shifted.innovation, at.innovation, magnified, 1000);
      expectClose(
        shifted.intercept,
        at.intercept.map((value) => value + shift),
        magnified,
        50_000,
      );
    }),
  );
});

test("y and its noise in another unit leave the z-score's bits, for a power of two", () => {
  fc.assert(
    fc.property(market, fc.constantFrom(0.25, 0.5, 2, 64), ({ x, y }, unit) => {
      const at = kalmanRegression(x, y, { delta: 1e-4, observationVariance: 1e-2 });
      const scaled = kalmanRegression(
        x,
        y.map((value) => value * unit),
        { delta: 1e-4 * unit * unit, observationVariance: 1e-2 * unit * unit },
      );
      expect(scaled.zScore).toEqual(at.zScore);
      expect(scaled.slope).toEqual(at.slope.map((value) => value * unit));
    }),
  );
});

test("the covariance stays symmetric and positive semidefinite", () => {
  fc.assert(
    fc.property(market, ({ x, y }) => {
      const { covariance, fraction } = kalmanRegression(x, y).state;
      const [[a, b], [c, d]] = covariance;
      expect(fraction!.share).toBeGreaterThan(0);
      expect(b).toBe(c);
      expect(a).toBeGreaterThan(0);
      expect(d).toBeGreaterThan(0);
      expect(a * d - b * b).toBeGreaterThanOrEqual(-Number.EPSILON * 8 * a * d);
    }),
  );
});
