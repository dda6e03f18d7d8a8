import { cholesky, createRandom, Matrix, multivariateNormal } from "@astra-quant/core-linalg";
import { expectClose, rounding, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  componentVar,
  historicalVar,
  type MonteCarloComponentVarOptions,
  type MonteCarloVarOptions,
  monteCarloComponentVar,
  monteCarloVar,
  scenarioComponentVar,
  scenarioReturns,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const covariance = [
  [4e-4, 1e-4, 0],
  [1e-4, 2e-4, -5e-5],
  [0, -5e-5, 3e-4],
];
const weights = [0.7, -0.4, 0.5];
const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0);
const simulation: MonteCarloVarOptions = {
  weights,
  covariance,
  horizon: 10,
  scenarios: 20_000,
  confidence: 0.99,
  seed: "parts",
};
const draws = (count: number): Matrix => {
  const factor = cholesky(covariance);
  if (factor.status !== "ok") throw new Error("the covariance of this test is positive definite");
  return multivariateNormal(createRandom("scenarios"), { cholesky: factor.L, count });
};

describe("componentVar", () => {
  test("a book without variance has no risk and no shares", () => {
    const got = componentVar({
      weights: [1, -1],
      covariance: [
        [1, 1],
        [1, 1],
      ],
      confidence: 0.99,
    });
    expect([got.total, ...got.component, ...got.percent]).toEqual(
      [0, 0, -0, 0, 0].map((x) => expect.closeTo(x)),
    );
    expect(got.diversificationRatio).toBeNaN();
  });

  test.each([
    [{ weights: [1] }, "shape: weights must have 3 entries, got 1"],
    [{ measure: "var" }, /^option: measure must be one of 'value-at-risk', 'expected-shortfall', got "var"/],
    [{ capital: 0 }, "range: capital must be positive and finite, got 0"],
    [{ horizon: -1 }, "range: horizon must be positive and finite, got -1"],
    [{ covariances: 1 }, "option: unknown option 'covariances'; did you mean 'covariance'?"],
  ])("refuses %j", (change, message) => {
    const said = refusal(() => componentVar({ weights, covariance, confidence: 0.99, ...change } as never));
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});

describe("scenarioComponentVar", () => {
  test("the parts sum to the historical figures, whatever the bandwidth", () => {
    const X = draws(1500);
    const book = Float64Array.from({ length: 1500 }, (_, t) =>
      weights.reduce((r, w, j) => r + w * X.get(t, j), 0),
    );
    const whole = historicalVar(book, { confidence: 0.975 });
    for (const bandwidth of [1, 5, 37.5, 400]) {
      const risk = scenarioComponentVar(X, { weights, confidence: 0.975, bandwidth });
      expectClose([risk.total, sum(risk.component)], [whole.valueAtRisk, whole.valueAtRisk], rounding(64));
      expectClose(sum(risk.percent), 1, rounding(64));
    }
    const shortfall = scenarioComponentVar(X, { weights, confidence: 0.975, measure: "expected-shortfall" });
    expectClose(
      [shortfall.total, sum(shortfall.component)],
      [whole.expectedShortfall, whole.expectedShortfall],
      rounding(64),
    );
  });

  test("a bandwidth of 1 is the interpolation of the quantile's two scenarios", () => {
    // 21 scenarios at 0.9: the third worst exactly; 0.85: between the fourth and fifth worst.
    const X = Matrix.fromRows(Array.from({ length: 21 }, (_, t) => [-t / 100, t / 300]));
    const options = { weights: [1, 1], bandwidth: 1 };
    expectClose(
      scenarioComponentVar(X, { ...options, confidence: 0.9 }).component,
      [0.18, -0.06],
      rounding(16),
    );
    expectClose(
      scenarioComponentVar(X, { ...options, confidence: 0.825 }).component,
      [0.165, -0.055],
      rounding(16),
    );
  });

  test("many scenarios of a normal law have the parametric parts, within their standard errors", () => {
    const X = draws(200_000);
    for (const measure of ["value-at-risk", "expected-shortfall"] as const) {
      const got = scenarioComponentVar(X, { weights, confidence: 0.99, measure });
      const exact = componentVar({ weights, covariance, confidence: 0.99, measure });
      got.component.forEach((part, i) => {
        expectClose(part, exact.component[i]!, statistical(got.standardError[i]! + 0.005 * exact.total));
      });
      expectClose(got.standalone, exact.standalone, statistical(0.01 * exact.total));
      expectClose(got.incremental, exact.incremental, statistical(0.01 * exact.total));
    }
  });

  test.each([
    [
      { confidence: 0.999 },
      "range: returns must number at least 1000 for a tail of 0.001 to hold one, got 200",
    ],
    [{ weights: [1, 2] }, "shape: weights must have 3 entries, got 2"],
    [{ bandwidth: 0 }, "range: bandwidth must be positive and finite, got 0"],
    [{ bandwidth: 0.5 }, "range: bandwidth must be at least 1, got 0.5"],
  ])("refuses %j", (change, message) => {
    expect(refusal(() => scenarioComponentVar(draws(200), { weights, confidence: 0.9, ...change }))).toBe(
      message,
    );
  });
});

describe("monteCarloComponentVar", () => {
  test.each([
    {},
    { horizon: 1 },
    { scaling: "square-root", mean: [0.001, 0, 0.002] },
    { distribution: { studentT: 4 }, mean: [0.001, 0, 0.002] },
    {
      distribution: { copula: "normal", marginals: (u: number) => 0.05 * (u - 0.5) },
      horizon: 2,
      scenarios: 2000,
    },
  ] as const)("the parts of case %# sum to monteCarloVar's figures", (way) => {
    const whole = monteCarloVar({ ...simulation, ...way });
    for (const [measure, wanted] of [
      ["value-at-risk", whole.valueAtRisk],
      ["expected-shortfall", whole.expectedShortfall],
    ] as const) {
      const got = monteCarloComponentVar({ ...simulation, ...way, measure });
      expectClose([got.total, sum(got.component)], [wanted, wanted], rounding(256));
    }
  });

  test("over two days a position earns on the value that the first day left", () => {
    const one = {
      ...simulation,
      horizon: 2,
      scenarios: 100,
      confidence: 0.99,
      measure: "expected-shortfall",
    } as const;
    const z = new Matrix(200, 3, createRandom("parts").fillNormal(new Float64Array(600)));
    const factor = cholesky(covariance);
    if (factor.status !== "ok") throw new Error("the covariance of this test is positive definite");
    const unit = (j: number): number[] => weights.map((_, i) => (i === j ? 1 : 0));
    const assets = [0, 1, 2].map((j) => scenarioReturns(z, { cholesky: factor.L, weights: unit(j) }));
    const book = scenarioReturns(z, { cholesky: factor.L, weights });
    const paths = scenarioReturns(z, { cholesky: factor.L, weights, horizon: 2 });
    const worst = paths.indexOf(Math.min(...paths));
    const part = weights.map((w, j) => {
      const [first, second] = [assets[j]![2 * worst]!, assets[j]![2 * worst + 1]!];
      return -w * (first + (1 + book[2 * worst]!) * second);
    });
    expectClose(monteCarloComponentVar(one).component, part, rounding(64));
  });

  test.each([
    [{ shocks: "portfolio" }, "option: a decomposition needs shocks of 'assets', got 'portfolio'"],
    [{ sampling: "importance" }, "option: a decomposition needs sampling 'independent', got 'importance'"],
    [{ scenarios: 5e7 }, "range: a decomposition must hold at most 2^26 numbers, got 150000000"],
  ])("refuses %j", (change, message) => {
    const options = { ...simulation, ...change } as MonteCarloComponentVarOptions;
    expect(refusal(() => monteCarloComponentVar(options))).toBe(message);
  });
});
