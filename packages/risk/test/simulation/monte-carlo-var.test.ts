import { cholesky, createRandom, Matrix } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { historicalVar, type MonteCarloVarOptions, monteCarloVar, scenarioReturns } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const covariance = [
  [4e-4, 1e-4],
  [1e-4, 2e-4],
];
const options: MonteCarloVarOptions = {
  weights: [0.7, -0.4],
  covariance,
  horizon: 10,
  scenarios: 1000,
  confidence: 0.99,
  seed: "desk-7",
};
const factor = () => {
  const result = cholesky(covariance);
  if (result.status !== "ok") throw new Error("the covariance of this test is positive definite");
  return result.L;
};

describe("monteCarloVar", () => {
  test("the same seed gives the same bits, another seed others", () => {
    expect(monteCarloVar({ ...options, returns: true })).toEqual(
      monteCarloVar({ ...options, returns: true }),
    );
    expect(monteCarloVar({ ...options, seed: 7 }).valueAtRisk).not.toBe(monteCarloVar(options).valueAtRisk);
  });

  test("simulates what scenarioReturns makes of the generator's normals, whatever the piece they come in", () => {
    // 7,000 paths of 20 normals are more than one piece.
    const { seed: _, ...rest } = options;
    const random = createRandom("desk-7");
    const many = monteCarloVar({ ...rest, random, scenarios: 7000, returns: true });
    expect(random.state.index).toBe(140_000);
    const z = new Matrix(70_000, 2, createRandom("desk-7").fillNormal(new Float64Array(140_000)));
    const { weights, horizon } = options;
    expect(many.returns).toEqual(scenarioReturns(z, { cholesky: factor(), weights, horizon }));
  });

  test("its figures are the historical ones of the simulated returns", () => {
    const { valueAtRisk, expectedShortfall, quantile, scenarios, returns } = monteCarloVar({
      ...options,
      returns: true,
    });
    const sample = historicalVar(returns!, { confidence: 0.99 });
    expect([valueAtRisk, expectedShortfall]).toEqual([sample.valueAtRisk, sample.expectedShortfall]);
    expect([quantile, scenarios, returns!.length]).toEqual([-valueAtRisk, 1000, 1000]);
  });

  test("a factor in place of the covariance, and a generator in place of the seed, change nothing", () => {
    const { covariance: _, seed: __, ...rest } = options;
    const random = createRandom("desk-7");
    expect(monteCarloVar({ ...rest, cholesky: factor(), random })).toEqual(monteCarloVar(options));
    expect(random.state.index).toBe(1000 * 10 * 2);
  });

  test("a mean moves every path", () => {
    const flat = { ...options, covariance: [[1e-40]], weights: [1], horizon: 3 };
    const { valueAtRisk, expectedShortfall } = monteCarloVar({ ...flat, mean: [-0.01] });
    expectClose([valueAtRisk, expectedShortfall], [1 - 0.99 ** 3, 1 - 0.99 ** 3], rounding(16));
  });

  test("a portfolio of nothing risks nothing", () => {
    const { valueAtRisk, expectedShortfall, standardError } = monteCarloVar({ ...options, weights: [0, 0] });
    expect({ valueAtRisk, expectedShortfall, standardError }).toEqual({
      valueAtRisk: 0,
      expectedShortfall: 0,
      standardError: { valueAtRisk: 0, expectedShortfall: 0 },
    });
  });

  test("money, and the simulated returns, are there when asked for", () => {
    const { monetary, valueAtRisk } = monteCarloVar({ ...options, capital: 1e6 });
    expect(monetary!.valueAtRisk).toBe(1e6 * valueAtRisk);
    const plain = monteCarloVar(options);
    expect("monetary" in plain || "returns" in plain).toBe(false);
  });

  test("the interval holds the value at risk, and is as wide as its standard error says", () => {
    const { interval, valueAtRisk, standardError } = monteCarloVar(options);
    expect(interval.lower).toBeLessThan(valueAtRisk);
    expect(interval.upper).toBeGreaterThan(valueAtRisk);
    expectClose(
      interval.upper - interval.lower,
      2 * 1.959963984540054 * standardError.valueAtRisk,
      rounding(8),
    );
  });

  test("fewer than five scenarios in the tail give figures without standard errors", () => {
    const { valueAtRisk, standardError, interval } = monteCarloVar({ ...options, scenarios: 400 });
    expect(valueAtRisk).toBeGreaterThan(0);
    expect([standardError.valueAtRisk, standardError.expectedShortfall]).toEqual([Number.NaN, Number.NaN]);
    expect(interval).toEqual({ lower: Number.NaN, upper: Number.NaN });
    const { standardError: known } = monteCarloVar({ ...options, scenarios: 500 });
    expect(known.valueAtRisk).toBeGreaterThan(0);
    expect(known.expectedShortfall).toBeGreaterThan(0);
  });

  test.each([
    [{ scenarios: -5 }, "range: scenarios must be an integer ≥ 1, got -5"],
    [{ scenarios: 2.5 }, "range: scenarios must be an integer ≥ 1, got 2.5"],
    [{ scenarios: 99 }, "range: scenarios must number at least 100 for a tail of 0.01 to hold one, got 99"],
    [{ confidence: 1.2 }, "range: confidence must be strictly between 0 and 1, got 1.2"],
    [{ confidence: Number.NaN }, "not-finite: confidence must be strictly between 0 and 1, got NaN"],
    [{ horizon: 1.5 }, "range: horizon must be an integer ≥ 1, got 1.5"],
    [{ horizon: undefined }, "range: horizon must be an integer ≥ 1, got undefined"],
    [{ capital: 0 }, "range: capital must be positive and finite, got 0"],
    [{ weights: [1] }, "shape: weights must have 2 entries, got 1"],
    [{ mean: [0.1, Number.POSITIVE_INFINITY] }, "not-finite: mean[1] must be finite, got Infinity"],
    [
      {
        covariance: [
          [1, 2],
          [2, 1],
        ],
      },
      "data: covariance must be positive definite, but its Cholesky pivot 1 is not positive",
    ],
    [
      {
        covariance: [
          [1, 1],
          [1, 1],
        ],
      },
      "data: covariance must be positive definite, but its Cholesky pivot 1 is not positive",
    ],
    [
      {
        covariance: [
          [1, Number.NaN],
          [0, 1],
        ],
      },
      "not-finite: covariance[0][1] must be finite, got NaN",
    ],
    [{ cholesky: [[1]] }, "option: give either covariance or cholesky, got both"],
    [{ covariance: undefined }, "option: give either covariance or cholesky, got neither"],
    [{ random: createRandom(1) }, "option: give either seed or random, got both"],
    [{ seed: undefined }, "option: give either seed or random, got neither"],
    [
      { seed: undefined, random: Math.random },
      "option: random must be a generator with fillNormal, got function",
    ],
    [{ seed: Number.NaN }, "option: seed must be a string or a finite number, got NaN"],
    [{ scenario: 5 }, "option: unknown option 'scenario'; did you mean 'scenarios'?"],
  ])("refuses case %#", (change, message) => {
    expect(refusal(() => monteCarloVar({ ...options, ...change } as MonteCarloVarOptions))).toBe(message);
  });
});
