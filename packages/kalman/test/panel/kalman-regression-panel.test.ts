import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { expectClose, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  KalmanRegression,
  type KalmanRegressionPanelOptions,
  kalmanRegression,
  kalmanRegressionPanel,
} from "../../src/index.ts";

/** Walks of prices with gaps, bars × pairs. */
function prices(bars: number, pairs: number, seed: string): Matrix {
  const random = createRandom(seed);
  const values = new Float64Array(bars * pairs);
  for (let k = 0; k < values.length; k++) {
    values[k] = (k < pairs ? 50 + k : values[k - pairs]!) + 0.2 * random.normal();
  }
  return new Matrix(
    bars,
    pairs,
    values.map((value) => (random.uniform() < 0.03 ? Number.NaN : value)),
  );
}

const SERIES = ["intercept", "slope", "innovation", "innovationStd", "zScore"] as const;
const models: readonly KalmanRegressionPanelOptions[] = [
  {},
  { parity: "seed" },
  { drift: "scaled", delta: 0.01 },
  { forgetting: 0.95, volatilityHalfLife: 10 },
  { drift: "ratio", delta: 1e-4, initial: "zero" },
];

describe("each column has the bits of its pair alone, and its state goes on with them", () => {
  for (const options of models) {
    test(JSON.stringify(options), () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 9 }), (bars, pairs) => {
          const X = prices(bars, pairs, `x ${bars} ${pairs}`);
          const Y = prices(bars, pairs, `y ${bars} ${pairs}`);
          const panel = kalmanRegressionPanel(X, Y, options);
          for (let j = 0; j < pairs; j++) {
            const { intercept: _, ...single } = { ...options, intercept: true } as const;
            const alone = kalmanRegression(X.column(j), Y.column(j), single as never);
            for (const name of SERIES) expect(sameBits(panel[name].column(j), alone[name])).toBe(true);
            expect(panel.states[j]).toEqual(alone.state);
            expect([panel.logLikelihood[j], panel.missing[j]]).toEqual([alone.logLikelihood, alone.missing]);
            const live = KalmanRegression.from(panel.states[j]!);
            const went = KalmanRegression.from(alone.state);
            expect(live.update(50, 51)).toEqual(went.update(50, 51));
          }
        }),
        { numRuns: 40 },
      );
    });
  }
});

test("delta and R may be a pair's own", () => {
  const [X, Y] = [prices(40, 2, "x"), prices(40, 2, "y")];
  const panel = kalmanRegressionPanel(X, Y, { delta: [1e-3, 1e-5], observationVariance: [0.1, 0.2] });
  const second = kalmanRegression(X.column(1), Y.column(1), { delta: 1e-5, observationVariance: 0.2 });
  expect(sameBits(panel.zScore.column(1), second.zScore)).toBe(true);
});

test("outputs may be given, and inputs are not changed", () => {
  const [X, Y] = [prices(600, 3, "x"), prices(600, 3, "y")];
  const before = [X.data.slice(), Y.data.slice()];
  const empty = () => new Matrix(600, 3);
  const out = {
    intercept: empty(),
    slope: empty(),
    innovation: empty(),
    innovationStd: empty(),
    zScore: empty(),
  };
  const panel = kalmanRegressionPanel(X, Y, { out });
  expect(panel.zScore).toBe(out.zScore);
  expect(sameBits(out.slope, kalmanRegressionPanel(X, Y).slope)).toBe(true);
  expect(sameBits([X.data, Y.data], before)).toBe(true);
});

test("no bars and no pairs give nothing", () => {
  expect(kalmanRegressionPanel(new Matrix(0, 3), new Matrix(0, 3)).slope.rows).toBe(0);
  expect(kalmanRegressionPanel(new Matrix(3, 0), new Matrix(3, 0)).states).toEqual([]);
});

test("variances beyond the doubles end as they do for a pair alone", () => {
  const X = new Matrix(
    300,
    2,
    new Float64Array(600).map((_, k) => (k + 1) * 1e140),
  );
  const Y = X.map((value) => 2 * value);
  const options = { delta: 1e60 };
  const panel = kalmanRegressionPanel(X, Y, options);
  expectClose(panel.zScore.column(0), kalmanRegression(X.column(0), Y.column(0), options).zScore, {
    name: "bits",
    relative: 0,
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const X = prices(600, 2, "x");
  const bad = X.map((value, row, column) => (row === 500 && column === 1 ? Number.POSITIVE_INFINITY : value));
  const refusals: readonly [string, () => unknown, string][] = [
    [
      "shapes that differ",
      () => kalmanRegressionPanel(X, new Matrix(600, 3)),
      "Y must be 600×2 as X is, got 600×3",
    ],
    [
      "an infinity",
      () => kalmanRegressionPanel(X, bad),
      "Y[500][1] must be a finite number, or NaN where it is missing, got Infinity",
    ],
    [
      "one delta too few",
      () => kalmanRegressionPanel(X, X, { delta: [1] }),
      "delta must have 2 entries, got 1",
    ],
    [
      "a negative delta of one pair",
      () => kalmanRegressionPanel(X, X, { delta: [1, -1] }),
      "delta must be non-negative and finite, got -1",
    ],
    [
      "no intercept",
      () => kalmanRegressionPanel(X, X, { intercept: false } as never),
      "unknown option 'intercept'",
    ],
    [
      "an output of another shape",
      () => kalmanRegressionPanel(X, X, { out: { zScore: new Matrix(1, 1) } as never }),
      "out.intercept must be a Matrix of 600×2, got undefined",
    ],
    [
      "an output over an input",
      () =>
        kalmanRegressionPanel(X, X, {
          out: { intercept: X, slope: X, innovation: X, innovationStd: X, zScore: X },
        }),
      "out.intercept must not share memory with X, Y or another output",
    ],
  ];
  for (const [what, attempt, message] of refusals) {
    test(what, () => {
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: "QuantError" }));
    });
  }
});
