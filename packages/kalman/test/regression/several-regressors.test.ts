import { bits, describeStream, expectClose, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type KalmanMultipleRegressionState,
  KalmanRegression,
  type KalmanRegressionOptions,
  kalmanRegression,
} from "../../src/index.ts";

const NAN = Number.NaN;
const price = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 1, max: 500, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 50, 51) },
  { weight: 1, arbitrary: fc.constant(NAN) },
);
type Bar = [number, number, number];
const bars = fc.array(fc.tuple(price, price, price) as fc.Arbitrary<Bar>, { maxLength: 30 });

const models: readonly [string, KalmanRegressionOptions][] = [
  ["a diffuse start", {}],
  ["no intercept", { intercept: false, delta: 1e-3 }],
  ["forgetting", { forgetting: 0.97, observationVariance: 2 }],
  ["a scaled drift and recent volatility", { drift: "scaled", delta: 0.1, volatilityHalfLife: 5 }],
  [
    "a prior",
    {
      drift: "ratio",
      initial: {
        intercept: 1,
        slope: [2, 3],
        covariance: [
          [1, 0, 0],
          [0, 2, 0.1],
          [0, 0.1, 1],
        ],
      },
    },
  ],
];

for (const [name, options] of models) {
  describeStream<KalmanRegression, Bar>({
    name: `KalmanRegression of two regressors with ${name}`,
    inputs: bars,
    create: () => new KalmanRegression({ ...options, regressors: 2 }),
    push: (filter, [a, b, y]) => {
      const { intercept, slope, innovation, innovationStd, zScore } = filter.update([a, b], y);
      return [intercept, ...slope, innovation, innovationStd, zScore];
    },
    batch: (inputs) => {
      const X = inputs.map(([a, b]) => [a, b]);
      if (X.length === 0) return [];
      const series = kalmanRegression(
        X as number[][],
        inputs.map((bar) => bar[2]),
        options,
      );
      return inputs.map((_, t) => [
        series.intercept[t]!,
        ...series.slope[t]!,
        series.innovation[t]!,
        series.innovationStd[t]!,
        series.zScore[t]!,
      ]);
    },
    state: (filter) => filter.state,
    resume: (state) => KalmanRegression.from(state as KalmanRegression["state"]),
  });
}

for (const [name, options] of [
  ["forgetting", { forgetting: 0.9 }],
  ["a scaled drift", { drift: "scaled", delta: 1e-4 }],
  ["a drift that is a ratio", { drift: "ratio", delta: 0.3 }],
  ["recent volatility", { volatilityHalfLife: 3 }],
] as const) {
  describeStream<KalmanRegression, [number, number]>({
    name: `KalmanRegression with ${name}`,
    inputs: fc.array(fc.tuple(price, price), { maxLength: 40 }),
    create: () => new KalmanRegression(options),
    push: (filter, [x, y]) => {
      const { intercept, slope, innovation, innovationStd, zScore } = filter.update(x, y);
      return [intercept, slope, innovation, innovationStd, zScore];
    },
    batch: (inputs) => {
      const series = kalmanRegression(
        inputs.map(([x]) => x),
        inputs.map(([, y]) => y),
        options,
      );
      return inputs.map((_, t) => [
        series.intercept[t]!,
        series.slope[t]!,
        series.innovation[t]!,
        series.innovationStd[t]!,
        series.zScore[t]!,
      ]);
    },
    state: (filter) => filter.state,
    resume: (state) => KalmanRegression.from(state as KalmanRegression["state"]),
  });
}

/** A market of two hedges whose prices move by at least a little. */
const market = fc
  .array(fc.tuple(...[1, 2, 3].map(() => fc.double({ min: 0.05, max: 1, noNaN: true }))), {
    minLength: 5,
    maxLength: 40,
  })
  .map((steps) => {
    let a = 20;
    let b = 70;
    const X = steps.map(([up, turn]) => [(a += up! - 0.5), (b += turn! - 0.3)]);
    const y = X.map(([p, q], t) => 3 + 1.5 * p! - 0.5 * q! + steps[t]![2]!);
    return { X, y };
  });

describe("laws", () => {
  test("a row of bits for a matrix of one column is that of the vector", () => {
    const x = [10, 12, 11, 13, NAN, 12];
    const y = [25, 29, 28, 31, 30, 29];
    const line = kalmanRegression(x, y);
    const column = kalmanRegression(
      x.map((value) => [value]),
      y,
    );
    expect(sameBits(line.zScore, column.zScore)).toBe(true);
    expect(
      sameBits(
        line.slope,
        column.slope.map(([value]) => value!),
      ),
    ).toBe(true);
    const filter = new KalmanRegression();
    expect(filter.update([10], 25).slope).toEqual(Float64Array.of(NAN));
  });

  test("the order of the regressors does not matter", () => {
    fc.assert(
      fc.property(market, ({ X, y }) => {
        const there = kalmanRegression(X, y);
        const back = kalmanRegression(
          X.map(([a, b]) => [b!, a!]),
          y,
        );
        const last = y.length - 1;
        const magnitude = Math.max(...there.slope[last]!.map(Math.abs), 1);
        expectClose(
          Float64Array.from(back.slope[last]!).reverse(),
          there.slope[last]!,
          rounding(1e6),
          magnitude,
        );
      }),
    );
  });

  test("the general filter of one regressor is the line's", () => {
    fc.assert(
      fc.property(market, ({ X, y }) => {
        const x = X.map(([a]) => a!);
        // A second regressor known to be of no use: a prior of slope 0 with no variance, and none gained.
        const prior = {
          intercept: 0,
          slope: [0, 0],
          covariance: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 0],
          ],
        };
        const several = kalmanRegression(
          X.map(([a]) => [a!, 0]),
          y,
          { initial: prior, observationVariance: 0.1 },
        );
        const same = kalmanRegression(x, y, {
          initial: {
            intercept: 0,
            slope: 0,
            covariance: [
              [1, 0],
              [0, 1],
            ],
          },
          observationVariance: 0.1,
        });
        expectClose(several.zScore, same.zScore, rounding(1e7), 100);
      }),
    );
  });
});

describe("regressors that are not enough", () => {
  const y = [1, 2, 4, 3, 5, 6];

  test("constant beside an intercept, or twice the same, determine nothing", () => {
    const constant = kalmanRegression(
      y.map((_, t) => [7, t]),
      y,
    );
    expect(constant.slope.every((row) => row.every(Number.isNaN))).toBe(true);
    const twice = kalmanRegression(
      y.map((_, t) => [100.1 + 0.3 * t, 3 * (100.1 + 0.3 * t) + 1]),
      y,
    );
    expect(twice.slope.every((row) => row.every(Number.isNaN))).toBe(true);
    expect(twice.zScore.every(Number.isNaN)).toBe(true);
  });

  test("become enough as soon as they part", () => {
    const X = y.map((_, t) => [t, t < 4 ? 2 * t : 9]);
    const { slope } = kalmanRegression(X, y, { delta: 0 });
    expect(slope.slice(0, 4).every((row) => row.every(Number.isNaN))).toBe(true);
    expect(slope[4]!.every(Number.isFinite)).toBe(true);
  });
});

describe("options", () => {
  const x = [10, 12, 11, 13, 12.5, 14];
  const y = [25, 29, 28, 31, 30, 33];

  test("drift 'ratio' is delta ÷ (1 − delta)", () => {
    const ratio = kalmanRegression(x, y, { delta: 0.2, drift: "ratio" });
    expectClose(ratio.zScore, kalmanRegression(x, y, { delta: 0.25 }).zScore, rounding(10), 10);
  });

  test("a scaled drift does not mind what x is measured in", () => {
    const options = { drift: "scaled", delta: 0.01 } as const;
    const cents = kalmanRegression(
      x.map((value) => 128 * value),
      y,
      options,
    );
    expectClose(cents.zScore, kalmanRegression(x, y, options).zScore, rounding(100), 10);
  });

  test("forgetting discounts a bar by its age", () => {
    const lambda = 0.8;
    const { slope } = kalmanRegression(x, y, { intercept: false, forgetting: lambda });
    const weight = (t: number) => lambda ** (x.length - 1 - t);
    const cross = x.reduce((sum, value, t) => sum + weight(t) * value * y[t]!, 0);
    const square = x.reduce((sum, value, t) => sum + weight(t) * value * value, 0);
    expectClose(slope[5]!, cross / square, rounding(50));
  });

  test("without an intercept the line goes through the origin, from the first bar", () => {
    const { intercept, slope } = kalmanRegression([2, 4], [6, 12], { intercept: false });
    expectClose([...intercept, ...slope], [0, 0, 3, 3], rounding());
  });

  test("recent volatility divides a z-score by what came before it alone", () => {
    const plain = kalmanRegression(x, y).zScore;
    const scaled = kalmanRegression(x, y, { volatilityHalfLife: 2 }).zScore;
    const keep = Math.SQRT1_2;
    expectClose(scaled[2]!, plain[2]!, bits);
    expectClose(scaled[3]!, plain[3]! / Math.sqrt((keep + plain[2]! ** 2) / (keep + 1)), rounding(10));
  });

  test("a filter that is always right keeps a z-score of 0", () => {
    const still = Array.from({ length: 3000 }, (_, t) => t % 7);
    const { zScore } = kalmanRegression(still, still, { volatilityHalfLife: 1, delta: 0 });
    expect(zScore.slice(2).every((z) => Math.abs(z) < Number.POSITIVE_INFINITY)).toBe(true);
  });
});

describe("time", () => {
  test("may stand still but not go backwards, and is part of the state", () => {
    const filter = new KalmanRegression();
    filter.update(10, 25, 1000);
    filter.update(11, 26, 1000);
    filter.update(12, 29);
    expect(() => filter.update(11, 28, 999)).toThrow("time must not go backwards from 1000, got 999");
    const resumed = KalmanRegression.from(JSON.parse(JSON.stringify(filter.state)));
    expect(() => resumed.update(11, 28, 999)).toThrow("time must not go backwards from 1000, got 999");
    expect(() => resumed.update(11, 28, NAN)).toThrow("time must be a finite number, got NaN");
    expect(resumed.state.observations).toBe(3);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const y = [1, 2];
  const refusals: readonly [string, () => unknown, string][] = [
    [
      "a price whose square is no double",
      () => kalmanRegression([1, 1e200], y),
      "x[1] must be at most 1e+150 in magnitude, got 1e+200",
    ],
    [
      "the same in a long series",
      () =>
        kalmanRegression(
          Float64Array.from({ length: 900 }, (_, t) => (t === 700 ? 1e200 : t)),
          new Float64Array(900),
        ),
      "x[700] must be at most 1e+150 in magnitude, got 1e+200",
    ],
    [
      "an infinity in a long series",
      () =>
        kalmanRegression(
          Float64Array.from({ length: 900 }, (_, t) => t),
          new Float64Array(900).fill(Number.NEGATIVE_INFINITY, 800),
        ),
      "y[800] must be a finite number, or NaN where it is missing, got -Infinity",
    ],
    [
      "the same in a matrix",
      () =>
        kalmanRegression(
          [
            [1, 2],
            [3, -1e200],
          ],
          y,
        ),
      "x[1][1] must be at most 1e+150 in magnitude, got -1e+200",
    ],
    [
      "a single number for two regressors",
      () => new KalmanRegression({ regressors: 2 }).update(1, 2),
      "x must have 2 entries, got 1",
    ],
    [
      "three for two",
      () => new KalmanRegression({ regressors: 2 }).update([1, 2, 3], 2),
      "x must have 2 entries, got 3",
    ],
    [
      "no regressor",
      () => new KalmanRegression({ regressors: 0 }),
      "regressors must be an integer ≥ 1, got 0",
    ],
    [
      "forgetting everything",
      () => new KalmanRegression({ forgetting: 0 }),
      "forgetting must be above 0 and at most 1, got 0",
    ],
    [
      "a ratio of 1",
      () => new KalmanRegression({ drift: "ratio", delta: 1 }),
      "delta must be below 1 under drift 'ratio', got 1",
    ],
    [
      "an unknown drift",
      () => new KalmanRegression({ drift: "fast" as never }),
      "drift must be one of 'equal', 'ratio', 'scaled', got \"fast\"",
    ],
    [
      "a half-life of 0",
      () => new KalmanRegression({ volatilityHalfLife: 0 }),
      "volatilityHalfLife must be positive and finite, got 0",
    ],
    [
      "the seed with forgetting",
      () => new KalmanRegression({ parity: "seed", forgetting: 0.9 }),
      "parity 'seed' starts from forgetting 1, got forgetting 0.9",
    ],
    [
      "the seed with two regressors",
      () => new KalmanRegression({ parity: "seed", regressors: 2 }),
      "parity 'seed' starts from one regressor, got regressors 2",
    ],
    [
      "a prior with an intercept where there is none",
      () =>
        new KalmanRegression({ intercept: false, initial: { intercept: 0, slope: 1, covariance: [[1]] } }),
      "unknown option 'intercept'",
    ],
    [
      "a prior with one slope for two",
      () =>
        new KalmanRegression({
          regressors: 2,
          initial: {
            intercept: 0,
            slope: [1],
            covariance: [
              [1, 0, 0],
              [0, 1, 0],
              [0, 0, 1],
            ],
          },
        }),
      "initial.slope must have 2 entries, got 1",
    ],
    [
      "a prior that is no covariance",
      () =>
        new KalmanRegression({
          regressors: 2,
          initial: {
            intercept: 0,
            slope: [1, 1],
            covariance: [
              [1, 0, 0],
              [0, 1, 2],
              [0, 2, 1],
            ],
          },
        }),
      "initial.covariance must be positive semidefinite, got the eigenvalue -1",
    ],
  ];
  for (const [what, attempt, message] of refusals) {
    test(what, () => {
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: "QuantError" }));
    });
  }

  test("a state of several regressors, spoilt", () => {
    const filter = new KalmanRegression({ regressors: 2, drift: "scaled", volatilityHalfLife: 4 });
    filter.update([1, 2], 3);
    const spoilt = (change: object) => () => KalmanRegression.from({ ...filter.state, ...change } as never);
    expect(spoilt({ version: 2 })).toThrow("state.version must be 1, got 2");
    expect(spoilt({ mean: [1] })).toThrow("state.mean must have 3 entries, got 1");
    expect(spoilt({ unknown: [1] })).toThrow("state.unknown must have 3 rows of equal length, got 1 entries");
    expect(spoilt({ covariance: [1, 1, 0, 0, 1, 0, 0, 0, 1] })).toThrow(
      "state.covariance must be symmetric, but [1][0] and [0][1] differ by 1",
    );
    expect(spoilt({ volatility: { halfLife: 0 } })).toThrow(
      "state.volatility.halfLife must be positive and finite, got 0",
    );
    expect(spoilt({ meanSquares: { sums: [1], bars: 1 } })).toThrow(
      "state.meanSquares.sums must have 2 entries, got Array(1)",
    );
    expect(spoilt({ covariance: [-1, 0, 0, 0, 1, 0, 0, 0, 1] })).toThrow(
      "state.covariance must have no negative variance, got -1 for state 0",
    );
    expect(spoilt({ covariance: [1, 2, 0, 2, 1, 0, 0, 0, 1] })).toThrow(
      "state.covariance must be positive semidefinite, got the eigenvalue -1",
    );
    expect(spoilt({ slopes: 1 })).toThrow("unknown option 'slopes'");
    expect(spoilt({ unknown: undefined })).toThrow("state.unknown must be given after 1 observations");
    expect(spoilt({ drift: "equal" })).toThrow("state.meanSquares must be left out under drift 'equal'");
    const { regressors: _, ...nameless } = filter.state as KalmanMultipleRegressionState;
    expect(() => KalmanRegression.from(nameless as never)).toThrow(
      "state.regressors must be an integer ≥ 1, got undefined",
    );
  });
});
