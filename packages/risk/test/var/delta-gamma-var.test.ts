import { chiSquareQuantile, createRandom, normalPdf, normalQuantile } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type DeltaGammaVarOptions, deltaGammaVar, historicalVar } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const options: DeltaGammaVarOptions = { delta: [2], gamma: [[0]], covariance: [[0.09]], confidence: 0.99 };

describe("deltaGammaVar", () => {
  test("without gamma is the normal's, over any horizon", () => {
    const got = deltaGammaVar({ ...options, horizon: 4, theta: -0.1 });
    const sigma = 2 * 0.3 * 2;
    expectClose(got.valueAtRisk, 0.4 - sigma * normalQuantile(0.01), solver(1e-12));
    expectClose(got.expectedShortfall, 0.4 + (sigma * normalPdf(normalQuantile(0.01))) / 0.01, solver(1e-10));
    expectClose([got.mean, got.volatility, got.skewness, got.kurtosis], [-0.4, sigma, 0, 0], rounding(8));
  });

  test("short gamma alone loses half a chi-square, though its density has a pole", () => {
    const got = deltaGammaVar({ delta: [0], gamma: [[-1]], covariance: [[1]], confidence: 0.99 });
    expectClose(got.valueAtRisk, chiSquareQuantile(0.99, 1) / 2, solver(1e-6));
    expect(got.truncation).toBeGreaterThan(1e-12);
    const two = deltaGammaVar({
      delta: [0, 0, 0, 0],
      gamma: [-1, -1, -1, -1].map((g, i) => [0, 1, 2, 3].map((j) => (i === j ? g : 0))),
      covariance: [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0))),
      confidence: 0.99,
    });
    expectClose(two.valueAtRisk, chiSquareQuantile(0.99, 4) / 2, solver(1e-9));
  });

  test("long gamma alone can lose nothing but theta", () => {
    const got = deltaGammaVar({ ...options, delta: [0], gamma: [[5]], theta: -0.2, confidence: 0.95 });
    expectClose(got.valueAtRisk, 0.2, solver(0.01));
    expect(got.valueAtRisk).toBeLessThan(0.2);
  });

  test("agrees with a simulation of the same quadratic", () => {
    const random = createRandom("delta gamma");
    const [delta, gamma] = [
      [1, -0.5],
      [
        [-3, 1],
        [1, 2],
      ],
    ];
    const gains = Float64Array.from({ length: 200_000 }, () => {
      const [x, y] = [0.2 * random.normal(), 0.3 * random.normal()];
      return x - 0.5 * y + 0.5 * (-3 * x * x + 2 * x * y + 2 * y * y);
    });
    const sample = historicalVar(gains, { confidence: 0.99 });
    const covariance = [
      [0.04, 0],
      [0, 0.09],
    ];
    const got = deltaGammaVar({ delta: delta!, gamma: gamma!, covariance, confidence: 0.99 });
    expectClose(got.valueAtRisk, sample.valueAtRisk, statistical(sample.standardError.valueAtRisk));
    expectClose(
      got.expectedShortfall,
      sample.expectedShortfall,
      statistical(sample.standardError.expectedShortfall),
    );
  });

  test("a singular covariance and a book of nothing are answered", () => {
    const covariance = [
      [1, 1],
      [1, 1],
    ];
    const hedged = deltaGammaVar({
      delta: [1, -1],
      gamma: [
        [0, 0],
        [0, 0],
      ],
      covariance,
      theta: -0.5,
      confidence: 0.99,
    });
    expectClose([hedged.valueAtRisk, hedged.expectedShortfall], [0.5, 0.5], solver(1e-6));
    const nothing = deltaGammaVar({ ...options, delta: [0] });
    expect([nothing.valueAtRisk, nothing.expectedShortfall, nothing.volatility]).toEqual([0, 0, 0]);
  });

  test("scales with the book, 1e150 times or 1e-150", () => {
    const one = deltaGammaVar({ ...options, gamma: [[-3]] });
    for (const k of [1e150, 1e-150]) {
      const scaled = deltaGammaVar({ ...options, delta: [2 * k], gamma: [[-3 * k]] });
      expectClose(scaled.valueAtRisk / k, one.valueAtRisk, solver(1e-12));
      expectClose(scaled.expectedShortfall / k, one.expectedShortfall, solver(1e-9));
    }
  });

  test.each([
    [{ delta: [1, 2] }, "shape: delta must have 1 entries, got 2"],
    [{ gamma: [[Number.NaN]] }, "not-finite: gamma[0][0] must be finite, got NaN"],
    [
      {
        gamma: [
          [1, 0],
          [0, 1],
        ],
      },
      "shape: gamma must be 1×1, got 2×2",
    ],
    [{ covariance: [[-1]] }, "data: covariance[0][0] must not be negative, got -1"],
    [{ horizon: 0 }, "range: horizon must be positive and finite, got 0"],
    [{ theta: Number.NaN }, "not-finite: theta must be a finite number, got NaN"],
    [{ confidence: 1 }, "range: confidence must be strictly between 0 and 1, got 1"],
    [{ vega: 1 }, "option: unknown option 'vega'; did you mean 'theta'?"],
  ])("refuses %j", (change, message) => {
    const said = refusal(() => deltaGammaVar({ ...options, ...change } as DeltaGammaVarOptions));
    expect(said.replace("known options", "did you mean")).toContain(message.slice(0, 35));
  });
});
