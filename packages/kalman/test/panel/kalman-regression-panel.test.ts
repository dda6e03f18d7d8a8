import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { expectClose, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
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

describe("a figure has the same bits whichever others are asked for, and nothing else is there", () => {
  const choices = fc.subarray([...SERIES]);
  const shapes = fc.constantFrom([30, 3], [300, 5], [600, 1]);
  for (const options of models) {
    test(JSON.stringify(options), () => {
      fc.assert(
        fc.property(choices, shapes, fc.boolean(), (figures, [bars, pairs], given) => {
          const [X, Y] = [prices(bars!, pairs!, "x"), prices(bars!, pairs!, "y")];
          if (pairs === 5) for (let t = 0; t < bars!; t++) X.set(t, 2, 7); // a line that is never determined
          const whole = kalmanRegressionPanel(X, Y, options);
          const out = Object.fromEntries(figures.map((name) => [name, new Matrix(bars!, pairs!)]));
          const panel = kalmanRegressionPanel(X, Y, {
            ...options,
            ...(given ? { out: out as never } : { figures }),
          });
          expect(Object.keys(panel)).toEqual(
            expect.arrayContaining(["logLikelihood", "missing", "states", ...figures]),
          );
          expect(Object.keys(panel)).toHaveLength(3 + figures.length);
          for (const name of figures) {
            expect(sameBits(panel[name], whole[name])).toBe(true);
            if (given) expect(panel[name]).toBe(out[name]);
          }
          expect(panel.states).toEqual(whole.states);
          expect(sameBits(panel.logLikelihood, whole.logLikelihood)).toBe(true);
          expect(panel.missing).toEqual(whole.missing);
        }),
        { numRuns: 25 },
      );
    });
  }
});

test("the types know which figures are there", () => {
  const [X, Y] = [prices(9, 2, "x"), prices(9, 2, "y")];
  const two = kalmanRegressionPanel(X, Y, { figures: ["slope", "zScore"] });
  expectTypeOf(two).toHaveProperty("zScore").toEqualTypeOf<Matrix>();
  expectTypeOf(two).not.toHaveProperty("intercept");
  const placed = kalmanRegressionPanel(X, Y, { out: { slope: new Matrix(9, 2) } });
  expectTypeOf(placed).toHaveProperty("slope").toEqualTypeOf<Matrix>();
  expectTypeOf(placed).not.toHaveProperty("zScore");
  expectTypeOf(kalmanRegressionPanel(X, Y)).toHaveProperty("intercept").toEqualTypeOf<Matrix>();
  expect([placed.slope.rows, two.slope.rows]).toEqual([9, 9]);
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
      "out.zScore must be a Matrix of 600×2, got Matrix",
    ],
    [
      "an output that is missing",
      () => kalmanRegressionPanel(X, X, { figures: ["slope"], out: {} as never }),
      "out.slope must be a Matrix of 600×2, got undefined",
    ],
    [
      "an output that nobody asks for",
      () => {
        const out = { slope: new Matrix(600, 2), zScore: new Matrix(600, 2) };
        return kalmanRegressionPanel(X, X, { figures: ["slope"], out });
      },
      "unknown option 'zScore'; known options: slope",
    ],
    [
      "outputs that are no object",
      () => kalmanRegressionPanel(X, X, { out: null as never }),
      "out must be an object, got null",
    ],
    [
      "a figure that is spelt otherwise",
      () => kalmanRegressionPanel(X, X, { figures: ["zscore" as never] }),
      "figures[0] must be one of 'intercept', 'slope', 'innovation', 'innovationStd', 'zScore', got \"zscore\"; did you mean 'zScore'?",
    ],
    [
      "a figure twice",
      () => kalmanRegressionPanel(X, X, { figures: ["slope", "zScore", "slope"] }),
      'figures[2] must not repeat an earlier one, got "slope"',
    ],
    [
      "figures that are no array",
      () => kalmanRegressionPanel(X, X, { figures: "slope" as never }),
      'figures must be an array of names, got "slope"',
    ],
    [
      "a delta that is illegal, of no pairs at all",
      () => kalmanRegressionPanel(new Matrix(3, 0), new Matrix(3, 0), { delta: -1 }),
      "delta must be non-negative and finite, got -1",
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
