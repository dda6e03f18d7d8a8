import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { KalmanRegression, type KalmanRegressionState, kalmanRegression } from "../../src/index.ts";

const NAN = Number.NaN;

describe("a diffuse start", () => {
  test("is undetermined after one bar, exact after two, and predicts the third", () => {
    const filter = new KalmanRegression();
    const first = filter.update(10, 25);
    expectClose(Object.values(first), [NAN, NAN, NAN, NAN, NAN], bits);
    const second = filter.update(12, 29);
    expectClose([second.slope, second.intercept], [2, 5], rounding());
    expectClose([second.innovation, second.innovationStd, second.zScore], [NAN, NAN, NAN], bits);
    const third = filter.update(11, 28);
    expectClose(third.innovation, 1, rounding());
    expect(third.innovationStd).toBeGreaterThan(0);
    expect(third.zScore).toBe(third.innovation / third.innovationStd);
  });

  test("stays undetermined while x stands still", () => {
    const x = [20, 20, 20, 20, 21, 22];
    const y = [40, 41, 40, 41, 43, 45];
    const { slope, zScore, innovation, state } = kalmanRegression(x, y);
    expect(Array.from(slope.slice(0, 4)).every(Number.isNaN)).toBe(true);
    expect(Array.from(zScore.slice(0, 5)).every(Number.isNaN)).toBe(true);
    expect(Array.from(innovation.slice(0, 5)).every(Number.isNaN)).toBe(true);
    expect(Number.isFinite(slope[4]!) && Number.isFinite(zScore[5]!)).toBe(true);
    expect(state.known).toBe("line");
    expect(kalmanRegression(x.slice(0, 4), y.slice(0, 4)).state.known).toBe("level");
  });

  test("averages the bars at one x when the line does not move", () => {
    const { slope, intercept } = kalmanRegression([1, 1, 1, 1, 2], [3, 5, 3, 5, 6], { delta: 0 });
    expectClose([intercept[4]!, slope[4]!], [2, 2], rounding(5));
  });

  test("with delta 0 is least squares", () => {
    const { slope, intercept } = kalmanRegression([1, 2, 3, 4], [2, 1, 4, 3], { delta: 0 });
    expectClose([intercept[3]!, slope[3]!], [1, 0.6], rounding(20));
  });

  test("counts the two determining bars in the likelihood by the distance of their x alone", () => {
    const twoBars = kalmanRegression([10, 12], [25, 29]).logLikelihood;
    expectClose(twoBars, -Math.log(2 * Math.PI) - Math.log(2), rounding());
  });
});

describe("the seed's start", () => {
  test("is sure of zero, so that the first innovation is the price", () => {
    const first = new KalmanRegression({ parity: "seed" }).update(28.36, 101.85);
    expect(first.innovation).toBe(101.85);
    expect(first.zScore).toBeGreaterThan(1000);
  });

  test("has anchor 0, so that level is the intercept", () => {
    const filter = new KalmanRegression({ parity: "seed" });
    const { intercept } = filter.update(28.36, 101.85);
    expect(filter.state.anchor).toBe(0);
    expect((filter.state as KalmanRegressionState).level).toBe(intercept);
  });
});

describe("missing observations", () => {
  test("carry the line, say nothing else and are counted", () => {
    const { slope, intercept, innovation, innovationStd, zScore, missing, state } = kalmanRegression(
      [10, 12, NAN, 11, 13],
      [25, 29, 30, NAN, 31],
    );
    expectClose([slope[2]!, slope[3]!], [slope[1]!, slope[1]!], bits);
    expectClose([intercept[2]!, intercept[3]!], [intercept[1]!, intercept[1]!], bits);
    for (const series of [innovation, innovationStd, zScore]) {
      expectClose(series.slice(2, 4), [NAN, NAN], bits);
      expect(Number.isFinite(series[4]!)).toBe(true);
    }
    expect(missing).toBe(2);
    expect(state.missing).toBe(2);
    expect(state.observations).toBe(3);
  });

  test("widen the next prediction by the random walk's step", () => {
    const options = { delta: 0.01, initial: "zero" } as const;
    const [x, R] = [2, 1e-3];
    const after = (bars: number) => {
      const filter = new KalmanRegression(options);
      for (let t = 0; t < bars; t++) filter.update(NAN, NAN);
      return filter.update(x, 1).innovationStd ** 2;
    };
    expectClose([after(0), after(3)], [0.01 * (1 + x * x) + R, 0.04 * (1 + x * x) + R], rounding(4));
  });

  test("before the first bar leave a diffuse start as it was", () => {
    const late = kalmanRegression([NAN, 10, 12, 11], [5, 25, 29, 28]);
    const soon = kalmanRegression([10, 12, 11], [25, 29, 28]);
    expectClose(late.zScore.slice(1), soon.zScore, bits);
    expect(late.logLikelihood).toBe(soon.logLikelihood);
  });
});

test("empty series give empty series", () => {
  const { slope, logLikelihood } = kalmanRegression([], []);
  expect(slope.length).toBe(0);
  expect(logLikelihood).toBe(0);
});

describe("outputs may be given", () => {
  const x = [10, NAN, 12, 11, 13, 12.5];
  const y = [25, 26, 29, 28, 30, 31];
  const empty = () => ({
    intercept: new Float64Array(6),
    slope: new Float64Array(6),
    innovation: new Float64Array(6),
    innovationStd: new Float64Array(6),
    zScore: new Float64Array(6),
  });

  for (const intercept of [true, false]) {
    test(`and hold what new ones would, intercept ${intercept}`, () => {
      const out = empty();
      const series = kalmanRegression(x, y, { intercept, out });
      const fresh = kalmanRegression(x, y, { intercept });
      expect(series.zScore).toBe(out.zScore);
      expect(series.slope).toBe(out.slope);
      expect(series).toEqual(fresh);
    });
  }

  test("but not in another length, over one another or an input, or for a matrix", () => {
    const out = empty();
    const given = (change: object, xs: number[] | Float64Array = x) =>
      kalmanRegression(xs, y, { out: { ...out, ...change } });
    expect(() => given({ slope: new Float64Array(5) })).toThrow(
      "out.slope must be a Float64Array of 6 entries, got Float64Array(5)",
    );
    expect(() => given({ slope: out.intercept })).toThrow("out must not share memory with out.intercept");
    const xs = Float64Array.from(x);
    expect(() => given({ zScore: xs }, xs)).toThrow("out must not share memory with x");
    expect(() => given({ z: xs })).toThrow("unknown option 'z'");
    expect(() => kalmanRegression([[1]], [1], { out } as never)).toThrow(
      "out must be left out where x is a matrix",
    );
  });
});

test("inputs are not changed", () => {
  const x = Float64Array.of(10, NAN, 12);
  const y = Float64Array.of(25, 26, 29);
  kalmanRegression(x, y);
  expectClose(
    [x, y],
    [
      [10, NAN, 12],
      [25, 26, 29],
    ],
    bits,
  );
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string | RegExp][] = [
    ["lengths that differ", () => kalmanRegression([1, 2], [1]), "y must have 2 entries, got 1"],
    [
      "an infinity in a series",
      () => kalmanRegression([1, 2], [1, Number.POSITIVE_INFINITY]),
      "y[1] must be a finite number, or NaN where it is missing, got Infinity",
    ],
    [
      "an infinity in a bar",
      () => new KalmanRegression().update(Number.NEGATIVE_INFINITY, 1),
      "x must be a finite number, or NaN where it is missing, got -Infinity",
    ],
    [
      "text for a price",
      () => new KalmanRegression().update("1" as unknown as number, 1),
      'x must be a finite number, or NaN where it is missing, got "1"',
    ],
    [
      "no vector",
      () => kalmanRegression("abc" as unknown as number[], [1]),
      /^x must be a vector of numbers/,
    ],
    [
      "a negative delta",
      () => new KalmanRegression({ delta: -1 }),
      "delta must be non-negative and finite, got -1",
    ],
    [
      "a variance of zero",
      () => new KalmanRegression({ observationVariance: 0 }),
      "observationVariance must be positive and finite, got 0",
    ],
    [
      "a step beyond the doubles' reach of R",
      () => kalmanRegression([], [], { delta: 1e148 }),
      "delta must be at most 1e+150 times observationVariance, got 1e+148 with 0.001",
    ],
    [
      "a prior beyond the doubles' reach of R",
      () =>
        new KalmanRegression({
          delta: 0,
          observationVariance: 1e-300,
          initial: {
            intercept: 0,
            slope: 1,
            covariance: [
              [1, 0],
              [0, 1],
            ],
          },
        }),
      "initial.covariance must be at most 1e+150 times observationVariance, got 1 with 1e-300",
    ],
    [
      "an unknown option",
      () => kalmanRegression([], [], { detla: 1 } as object),
      "unknown option 'detla'; did you mean 'delta'?",
    ],
    [
      "an unknown start",
      () => new KalmanRegression({ initial: "ols" as "zero" }),
      "initial must be one of 'diffuse', 'zero', got \"ols\"",
    ],
    [
      "a start that is neither name nor prior",
      () => new KalmanRegression({ initial: 3 as unknown as "zero" }),
      "initial must be 'diffuse', 'zero' or { intercept, slope, covariance }, got 3",
    ],
    [
      "an unknown parity",
      () => new KalmanRegression({ parity: "chan" as "seed" }),
      "parity must be one of 'seed', got \"chan\"",
    ],
    [
      "parity with another start",
      () => new KalmanRegression({ parity: "seed", initial: "diffuse" }),
      "parity 'seed' starts from initial 'zero', got initial 'diffuse'",
    ],
    [
      "a prior that is no covariance",
      () =>
        new KalmanRegression({
          initial: {
            intercept: 0,
            slope: 1,
            covariance: [
              [1, 2],
              [2, 1],
            ],
          },
        }),
      "initial.covariance must be positive semidefinite, got [[1, 2], [2, 1]]",
    ],
    [
      "a prior of the wrong size",
      () => new KalmanRegression({ initial: { intercept: 0, slope: 1, covariance: [[1, 2]] } }),
      "initial.covariance must be 2×2, got 1×2",
    ],
    [
      "a prior without a slope",
      () =>
        new KalmanRegression({
          initial: {
            intercept: 0,
            covariance: [
              [1, 0],
              [0, 1],
            ],
          } as unknown as "zero",
        }),
      "initial.slope must be a finite number, got undefined",
    ],
  ];
  for (const [what, attempt, message] of refusals) {
    test(what, () => {
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: "QuantError" }));
    });
  }
});

describe("a state", () => {
  const state = kalmanRegression([10, 12, 11], [25, 29, 28]).state;
  const spoilt = (change: object) => () =>
    KalmanRegression.from({ ...state, ...change } as KalmanRegressionState);

  test("comes back as it was written", () => {
    expect(KalmanRegression.from(JSON.parse(JSON.stringify(state))).state).toEqual(state);
  });

  test("of another version, or spoilt, is refused with the field's name", () => {
    expect(spoilt({ version: 1 })).toThrow(
      "state.version must be 2, got 1: it holds too little to go on from, so the bars must be filtered again",
    );
    expect(spoilt({ version: 3 })).toThrow("state.version must be 2, got 3");
    expect(spoilt({ slope: null })).toThrow("state.slope must be a finite number, got null");
    expect(spoilt({ covariance: [[1, 0]] })).toThrow("state.covariance[1][0] must be a finite number");
    expect(spoilt({ known: "all" })).toThrow("state.known must be one of 'nothing', 'level', 'line'");
    expect(spoilt({ observations: 1.5 })).toThrow("state.observations must be an integer ≥ 0, got 1.5");
    expect(spoilt({ slop: 1 })).toThrow("unknown option 'slop'; did you mean 'slope'?");
    expect(spoilt({ squares: -1 })).toThrow("state.squares must be non-negative and finite, got -1");
    expect(spoilt({ settled: undefined })).toThrow("state.settled.bars must be an integer ≥ 0");
    expect(() => KalmanRegression.from(null as unknown as KalmanRegressionState)).toThrow(
      "state must be an object, got null",
    );
  });

  test("whose parts contradict one another is refused", () => {
    const { fraction, covariance, logLikelihood } = state;
    const inFraction = (change: object) => spoilt({ fraction: { ...fraction, ...change } });
    expect(spoilt({ covariance: [covariance[0], [covariance[1][0], 7]] })).toThrow(
      `state.covariance[1][1] must be ${covariance[1][1]}, as the rest of the state says, got 7`,
    );
    expect(spoilt({ logLikelihood: 1 })).toThrow(
      `state.logLikelihood must be ${logLikelihood}, as the rest of the state says, got 1`,
    );
    expect(spoilt({ fraction: undefined })).toThrow("state.fraction.numerator must be a vector");
    expect(inFraction({ numerator: [1, 2, 1] })).toThrow("state.fraction.numerator must be positive semidef");
    expect(inFraction({ share: 2 * fraction!.share })).toThrow(
      "state.fraction.share must be the determinant of the numerator ÷ scale",
    );
    expect(inFraction({ share: -1 })).toThrow("state.fraction.share must be non-negative and finite, got -1");
    expect(inFraction({ scale: 0 })).toThrow("state.fraction.scale must be positive and finite, got 0");
    expect(inFraction({ rescalings: 0.5 })).toThrow("state.fraction.rescalings must be an integer ≥ 0");
    const seed = kalmanRegression([10, 12], [25, 29], { parity: "seed" }).state;
    expect(() => KalmanRegression.from({ ...seed, fraction: fraction! })).toThrow(
      "state.fraction must be left out under parity 'seed'",
    );
  });

  test("says the covariance of level and slope", () => {
    // With delta 0 that of least squares: R (HᵀH)⁻¹ about the first x.
    const { covariance } = kalmanRegression([10, 12, 11], [25, 29, 28], {
      delta: 0,
      observationVariance: 0.5,
    }).state;
    expectClose(
      covariance.flat(),
      [5, -3, -3, 3].map((value) => (0.5 * value) / 6),
      rounding(4),
    );
  });
});
