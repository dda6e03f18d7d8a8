import { Matrix } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type ParametricVarOptions, parametricVar } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const options: ParametricVarOptions = {
  weights: [0.6, -0.8],
  covariance: [
    [0.01, 0],
    [0, 0.01],
  ],
  confidence: 0.975,
};
const [Z, PDF] = [1.959963984540054, 0.05844507];

describe("parametricVar", () => {
  test("is the normal quantile of the portfolio's volatility", () => {
    const { valueAtRisk, volatility, expectedReturn } = parametricVar(options);
    expectClose(volatility, 0.1, rounding());
    expectClose(valueAtRisk, 0.1 * Z, rounding(8));
    expect(expectedReturn).toBe(0);
  });

  test("volatility grows with the root of the horizon, the mean with the horizon itself", () => {
    const { valueAtRisk, volatility, expectedReturn } = parametricVar({
      ...options,
      mean: [0.02, 0.01],
      horizon: 4,
    });
    expectClose([volatility, expectedReturn], [0.2, 0.016], rounding(2));
    expectClose(valueAtRisk, 0.2 * Z - 0.016, rounding(8));
  });

  test("the shortfall is the density at the quantile over the tail's probability", () => {
    const { expectedShortfall } = parametricVar(options);
    expectClose(expectedShortfall, (0.1 * PDF) / 0.025, {
      name: "the density to 8 decimals",
      relative: 1e-6,
    });
  });

  test("a mean far above the risk makes the value at risk negative: even a bad outcome is a gain", () => {
    expect(parametricVar({ ...options, mean: [1, 0] }).valueAtRisk).toBeLessThan(0);
  });

  test("capital turns fractions into money", () => {
    const { valueAtRisk, expectedShortfall, monetary } = parametricVar({ ...options, capital: 1e6 });
    expect(monetary).toEqual({
      valueAtRisk: 1e6 * valueAtRisk,
      expectedShortfall: 1e6 * expectedShortfall,
    });
    expect("monetary" in parametricVar(options)).toBe(false);
  });

  test("a singular covariance is fine: a hedged book has no risk", () => {
    const ones = new Matrix(3, 3, new Float64Array(9).fill(0.04));
    const hedged = parametricVar({ ...options, weights: [1, -0.5, -0.5], covariance: ones });
    expect([hedged.valueAtRisk, hedged.expectedShortfall]).toEqual([0, 0]);
    expect(parametricVar({ ...options, covariance: Matrix.zeros(2, 2) }).valueAtRisk).toBe(0);
  });

  test.each([
    [{ confidence: 1.2 }, "range: confidence must be strictly between 0 and 1, got 1.2"],
    [{ confidence: undefined }, "range: confidence must be strictly between 0 and 1, got undefined"],
    [{ confidence: Number.NaN }, "not-finite: confidence must be strictly between 0 and 1, got NaN"],
    [{ horizon: 0 }, "range: horizon must be positive and finite, got 0"],
    [{ capital: -5 }, "range: capital must be positive and finite, got -5"],
    [{ weights: [1, 2, 3] }, "shape: weights must have 2 entries, got 3"],
    [{ weights: [1, Number.NaN] }, "not-finite: weights[1] must be finite, got NaN"],
    [{ mean: [0.1] }, "shape: mean must have 2 entries, got 1"],
    [{ covariance: [[0.01, 0], [0]] }, "shape: covariance: row 1 has 1 entries, expected 2 as in row 0"],
    [{ covariance: [[0.01, 0]] }, "shape: covariance must be square, got 1×2"],
    [{ covariance: [], weights: [] }, "shape: covariance must have at least one asset, got 0×0"],
    [
      {
        covariance: [
          [0.01, 0.02],
          [0.01, 0.01],
        ],
      },
      "data: covariance must be symmetric, but [1][0] and [0][1] differ by 0.01",
    ],
    [
      {
        covariance: [
          [0.01, 0.02],
          [0.02, 0.01],
        ],
      },
      "data: covariance must be positive semi-definite, but its Cholesky pivot 1 is negative",
    ],
    [
      {
        covariance: [
          [1e6, 0],
          [0, -1e-5],
        ],
      },
      "data: covariance[1][1] must not be negative, got -0.00001",
    ],
    [{ horizn: 3 }, "option: unknown option 'horizn'; did you mean 'horizon'?"],
  ])("refuses %j", (change, message) => {
    expect(refusal(() => parametricVar({ ...options, ...change } as ParametricVarOptions))).toBe(message);
  });
});
