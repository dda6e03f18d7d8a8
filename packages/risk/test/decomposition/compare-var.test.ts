import { mean, std } from "@astra-quant/core-linalg";
import { expectClose, rounding, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { compareVar, type MonteCarloVarOptions, monteCarloVar, parametricVar } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const covariance = [
  [4e-4, 1e-4, 0],
  [1e-4, 2e-4, -5e-5],
  [0, -5e-5, 3e-4],
];
const calm = covariance.map((row) => row.map((entry) => entry / 2));
const before: MonteCarloVarOptions = {
  weights: [0.7, -0.4, 0.5],
  covariance,
  horizon: 5,
  scenarios: 4000,
  confidence: 0.99,
  seed: "yesterday",
};
const after: MonteCarloVarOptions = { ...before, weights: [0.9, -0.4, 0.2] };
const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0);

describe("compareVar", () => {
  test("the figures are those of two simulations with the same seed", () => {
    const got = compareVar(before, { ...after, covariance: calm });
    const [one, two] = [monteCarloVar(before), monteCarloVar({ ...after, covariance: calm })];
    for (const figure of ["valueAtRisk", "expectedShortfall"] as const) {
      expectClose([got.before[figure], got.after[figure]], [one[figure], two[figure]], rounding(256));
      expectClose(got.change[figure], two[figure] - one[figure], rounding(256));
      expectClose(got.before.standardError[figure], one.standardError[figure], rounding(1e4));
    }
  });

  test.each([
    ["weights alone", after],
    ["the market alone", { ...before, covariance: calm }],
    ["both", { ...after, covariance: calm, mean: [0.001, 0, 0] }],
    ["the law", { ...after, distribution: { studentT: 4 } }],
  ] as const)("the shares of %s sum to the change", (_, now) => {
    const { change, market, positions } = compareVar(before, now);
    for (const figure of ["valueAtRisk", "expectedShortfall"] as const) {
      expectClose(market[figure] + sum(positions[figure]), change[figure], rounding(1000), 0.1);
    }
  });

  test("a position that kept its weight has no share, nor has a market that stood still", () => {
    const { market, positions } = compareVar(before, after);
    expect(market).toEqual({ valueAtRisk: 0, expectedShortfall: 0 });
    expect([positions.valueAtRisk[1], positions.expectedShortfall[1]]).toEqual([0, 0]);
    const still = compareVar(before, before);
    expect([
      ...still.positions.valueAtRisk,
      still.change.valueAtRisk,
      still.standardError.expectedShortfall,
    ]).toEqual([0, 0, 0, 0, 0]);
  });

  test("two equal changes of equal assets have equal shares, by all orders of four and by drawn ones of six", () => {
    for (const n of [4, 6]) {
      const book = {
        ...before,
        horizon: 1,
        weights: Array.from({ length: n }, () => 0.1),
        covariance: Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (__, j) => (i === j ? 4e-4 : 1e-4)),
        ),
        scenarios: 20_000,
      };
      const { positions, change, standardError } = compareVar(
        book,
        { ...book, weights: book.weights.map(() => 0.2) },
        { orders: 20 },
      );
      for (const share of positions.expectedShortfall) {
        expectClose(share, change.expectedShortfall / n, statistical(n * standardError.expectedShortfall));
      }
    }
  });

  test("over 150 seeds the errors of the change are as large as its standard error says", () => {
    const exact = (options: MonteCarloVarOptions) =>
      parametricVar({ weights: options.weights, covariance: options.covariance!, confidence: 0.99 });
    const one = { ...before, horizon: 1 };
    const two = { ...after, horizon: 1, weights: [0.75, -0.4, 0.45] };
    const runs = Array.from({ length: 150 }, (_, i) => compareVar({ ...one, seed: i }, { ...two, seed: i }));
    const plain = runs.map((run) => run.before.standardError.expectedShortfall);
    for (const figure of ["valueAtRisk", "expectedShortfall"] as const) {
      const wanted = exact(two)[figure] - exact(one)[figure];
      const z = runs.map(({ change, standardError }) => (change[figure] - wanted) / standardError[figure]);
      expectClose(mean(z), 0, statistical(1 / Math.sqrt(150)));
      expectClose(std(z), 1, statistical(1.5 / Math.sqrt(300)));
    }
    // Common shocks: the change is known far better than the figures.
    expect(mean(runs.map((run) => run.standardError.expectedShortfall))).toBeLessThan(mean(plain) / 5);
  });

  test.each([
    [{ seed: "today" }, `option: seed must be the same before and after, got "yesterday" and "today"`],
    [{ horizon: 10 }, "option: horizon must be the same before and after, got 5 and 10"],
    [{ weights: [1], covariance: [[1e-4]] }, "shape: both books must have the same assets, got 3 and 1"],
    [{ sampling: "antithetic" }, "option: a comparison needs sampling 'independent', got 'antithetic'"],
    [{ weights: [1, 2] }, "shape: weights must have 3 entries, got 2"],
  ])("refuses %j", (change, message) => {
    expect(refusal(() => compareVar(before, { ...after, ...change } as MonteCarloVarOptions))).toBe(message);
  });

  test("refuses orders that are none", () => {
    expect(refusal(() => compareVar(before, after, { orders: 0 }))).toMatch(
      /^range: orders must be an integer ≥ 1/,
    );
  });
});
