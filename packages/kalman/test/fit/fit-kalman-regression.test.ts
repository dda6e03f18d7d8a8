import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { fitKalmanRegression, kalmanRegression, smoothRegression } from "../../src/index.ts";

function line(bars: number, delta: number, R: number, seed: string) {
  const random = createRandom(seed);
  let [a, b, level] = [2, 1.5, 20];
  const x: number[] = [];
  const y: number[] = [];
  for (let t = 0; t < bars; t++) {
    x.push((level += 0.4 * random.normal()));
    y.push(a + b * level + Math.sqrt(R) * random.normal());
    a += Math.sqrt(delta) * random.normal();
    b += Math.sqrt(delta) * random.normal();
  }
  return { x, y };
}

describe("the summit", () => {
  const { x, y } = line(400, 1e-5, 0.01, "summit");
  const fit = fitKalmanRegression(x, y);

  test("is higher than what lies around it", () => {
    expect(fit.solution).toBe("interior");
    for (const [u, v] of [
      [1.1, 1],
      [0.9, 1],
      [1, 1.1],
      [1, 0.9],
      [1.05, 0.95],
    ] as const) {
      const options = { delta: fit.delta * u, observationVariance: fit.observationVariance * v };
      expect(kalmanRegression(x, y, options).logLikelihood).toBeLessThan(fit.logLikelihood);
    }
  });

  test("lies within its standard errors of the truth", () => {
    const { logDelta, logObservationVariance } = fit.standardErrors;
    expect(Math.abs(Math.log(fit.delta / 1e-5))).toBeLessThan(4 * logDelta);
    expect(Math.abs(Math.log(fit.observationVariance / 0.01))).toBeLessThan(4 * logObservationVariance);
    expect(fit.diagnostics.consistent).toBe(true);
  });

  test("moves with the unit of y as variances do, whatever that is", () => {
    for (const unit of [16, 2 ** -14, 1e-6, 1e-12, 1e8, 1e140]) {
      const other = fitKalmanRegression(
        x,
        y.map((value) => unit * value),
      );
      expect(other.solution).toBe("interior");
      expectClose(other.delta / unit / unit, fit.delta, solver(1e-6));
      expectClose(other.observationVariance / unit / unit, fit.observationVariance, solver(1e-6));
      expectClose(other.standardErrors.logDelta, fit.standardErrors.logDelta, solver(1e-6));
    }
  });

  test("is the same to a drift that is a ratio", () => {
    const ratio = fitKalmanRegression(x, y, { drift: "ratio" });
    expectClose(ratio.delta / (1 - ratio.delta), fit.delta, solver(1e-9));
    expectClose(ratio.logLikelihood, fit.logLikelihood, rounding(1e4));
  });

  test("is found for two regressors, and without an intercept", () => {
    const X = x.map((value, t) => [value, Math.sin(t)]);
    const two = fitKalmanRegression(
      X,
      y.map((value, t) => value + 0.3 * Math.sin(t)),
    );
    expect(two.solution).toBe("interior");
    expect(Math.abs(Math.log(two.observationVariance / 0.01))).toBeLessThan(1);
    expect(fitKalmanRegression(x, y, { intercept: false, drift: "scaled" }).delta).toBeGreaterThan(0);
  });

  test("is climbed by expectation and maximisation, never down", () => {
    let before = Number.NEGATIVE_INFINITY;
    for (const maxIterations of [1, 2, 5, 20]) {
      const climbed = fitKalmanRegression(x, y, { method: "em", maxIterations });
      expect(climbed.logLikelihood).toBeGreaterThan(before);
      expect(climbed.converged).toBe(false);
      before = climbed.logLikelihood;
    }
  });
});

describe("where there is no summit", () => {
  test("coefficients that stand still have delta 0 and least squares' variance", () => {
    const random = createRandom("still");
    const x = Array.from({ length: 60 }, (_, t) => t);
    const y = x.map((t) => 3 + 2 * t + (t % 2 === 0 ? 1 : -1) + 0.01 * random.normal());
    const { solution, delta, observationVariance, standardErrors } = fitKalmanRegression(x, y);
    expect([solution, delta]).toEqual(["constant", 0]);
    expect(Number.isNaN(standardErrors.logDelta)).toBe(true);
    const { residual } = smoothRegression(x, y, { delta: 0, observationVariance });
    expectClose(residual.reduce((sum, e) => sum + e * e, 0) / 58, observationVariance, solver(1e-8));
  });

  test("a line without noise is exact", () => {
    const { solution, observationVariance, logLikelihood } = fitKalmanRegression(
      [1, 2, 3, 4, 5],
      [3, 5, 7, 9, 11],
    );
    expect([solution, observationVariance, logLikelihood]).toEqual(["exact", 0, Number.POSITIVE_INFINITY]);
  });

  test("a random walk has all its noise in the coefficients", () => {
    const random = createRandom("walk");
    let level = 0;
    const y = Array.from({ length: 300 }, () => (level += random.normal()));
    const x = y.map((_, t) => (t % 2 === 0 ? 1e-3 : -1e-3));
    const { solution, delta, observationVariance } = fitKalmanRegression(x, y);
    expect(observationVariance).toBeLessThan(0.05 * delta);
    expect(["no-noise", "interior"]).toContain(solution);
  });

  test("bars that do not determine the line give NaN", () => {
    for (const [x, y] of [
      [[], []],
      [
        [1, 1, 1],
        [1, 2, 3],
      ],
      [
        [1, 2],
        [1, 2],
      ],
      [
        [Number.NaN, 2],
        [1, 2],
      ],
    ] as const) {
      const { solution, delta, logLikelihood, diagnostics } = fitKalmanRegression(x, y);
      expect([solution, delta, logLikelihood]).toEqual(["undetermined", Number.NaN, Number.NaN]);
      expect(diagnostics.sentence).toBe("0 innovations are too few to tell");
    }
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: readonly [string, () => unknown, string][] = [
    [
      "an unknown method",
      () => fitKalmanRegression([], [], { method: "mcmc" as never }),
      "method must be one of 'maximum-likelihood', 'em', got \"mcmc\"",
    ],
    ["a start", () => fitKalmanRegression([], [], { delta: 1 } as never), "unknown option 'delta'"],
    [
      "em of a scaled drift",
      () => fitKalmanRegression([1], [1], { method: "em", drift: "scaled" }),
      "drift must be one of 'equal', 'ratio' here, got \"scaled\"",
    ],
    [
      "no rounds",
      () => fitKalmanRegression([], [], { maxIterations: 0 }),
      "maxIterations must be an integer ≥ 1, got 0",
    ],
    ["lengths that differ", () => fitKalmanRegression([1], [1, 2]), "y must have 1 entries, got 2"],
    [
      "a smoother of a scaled drift",
      () => smoothRegression([1], [1], { drift: "scaled" }),
      "drift must be one of 'equal', 'ratio' here",
    ],
    [
      "a smoother that forgets",
      () => smoothRegression([1], [1], { forgetting: 0.9 } as never),
      "unknown option 'forgetting'",
    ],
  ];
  for (const [what, attempt, message] of refusals) {
    test(what, () => expect(attempt).toThrow(message));
  }
});

describe("a smoothed line", () => {
  test("of delta 0 is least squares at every bar", () => {
    const { intercept, slope } = smoothRegression([1, 2, 3, 4], [2, 1, 4, 3], { delta: 0 });
    for (const value of intercept) expectClose(value, 1, rounding(50));
    for (const value of slope) expectClose(value, 0.6, rounding(50));
  });

  test("ends where the filter does, prior or not", () => {
    const { x, y } = line(50, 1e-4, 0.01, "ends");
    const prior = {
      intercept: 1,
      slope: 1,
      covariance: [
        [1, 0.2],
        [0.2, 0.5],
      ],
    };
    for (const initial of ["diffuse", "zero", prior] as const) {
      const options = { delta: 1e-4, observationVariance: 0.01, initial };
      const filtered = kalmanRegression(x, y, options);
      const smoothed = smoothRegression(x, y, options);
      expectClose(smoothed.slope[49]!, filtered.slope[49]!, rounding(1e5));
      expectClose(smoothed.intercept[49]!, filtered.intercept[49]!, rounding(1e5), 10);
      expectClose(smoothed.logLikelihood, filtered.logLikelihood, rounding(1e6));
    }
  });

  test("of a matrix has a slope for each regressor, and 0 for an intercept it has not", () => {
    const { slope, intercept, missing } = smoothRegression(
      [
        [1, 2],
        [2, 1],
        [3, Number.NaN],
        [1, 1],
      ],
      [5, 4, 3, 3],
      { intercept: false, delta: 0 },
    );
    expectClose(slope[2]!, [1, 2], rounding(100));
    expect([...intercept]).toEqual([0, 0, 0, 0]);
    expect(missing).toBe(1);
  });
});
