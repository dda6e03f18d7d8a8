import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type ScenarioReturnsOptions, scenarioReturns } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const cholesky = [
  [0.1, 0],
  [0.1, 0.2],
];
const options: ScenarioReturnsOptions = { cholesky, weights: [1, -0.5], horizon: 2 };
// Assets earn (0.1, 0.3) and (0, −0.2) on the first path's days, (−0.1, −0.1) and (0, 0) on the second's.
const shocks = [
  [1, 1],
  [0, -1],
  [-1, 0],
  [0, 0],
];

describe("scenarioReturns", () => {
  test("correlates by the factor, weighs, and compounds day after day", () => {
    expectClose(scenarioReturns(shocks, options), [0.95 * 1.1 - 1, 0.95 - 1], rounding(8));
  });

  test("a mean is earned every day", () => {
    const returns = scenarioReturns(shocks, { ...options, mean: [0.01, 0.02] });
    expectClose(returns, scenarioReturns(shocks, options), rounding(8)); // 0.01 − ½ · 0.02 = 0
    const drifted = scenarioReturns(shocks, { ...options, mean: [0.01, 0] });
    expectClose(drifted, [0.96 * 1.11 - 1, 0.96 * 1.01 - 1], rounding(8));
  });

  test("without a horizon every row is a path", () => {
    const { horizon: _, ...daily } = options;
    expectClose(scenarioReturns(shocks, daily), [-0.05, 0.1, -0.05, 0], rounding(8));
  });

  test("a levered path may lose more than everything", () => {
    expect(scenarioReturns([[-20, 0]], { cholesky, weights: [2, 0] })[0]).toBeLessThan(-1);
  });

  test("writes into out", () => {
    const out = new Float64Array(2);
    expect(scenarioReturns(shocks, { ...options, out })).toBe(out);
  });

  test.each([
    [shocks, { horizon: 3 }, "shape: shocks must be (paths × 3) rows of 2 assets, got 4×2"],
    [[[1], [2]], {}, "shape: shocks must be (paths × 2) rows of 2 assets, got 2×1"],
    [
      [
        [1, Number.NaN],
        [0, 0],
      ],
      {},
      "not-finite: shocks[0][1] must be finite, got NaN",
    ],
    [shocks, { weights: [1] }, "shape: weights must have 2 entries, got 1"],
    [shocks, { horizon: 0.5 }, "range: horizon must be an integer ≥ 1, got 0.5"],
    [
      shocks,
      {
        cholesky: [
          [1, 2],
          [2, 5],
        ],
      },
      "data: cholesky must be lower triangular, but entry [0][1] is 2",
    ],
    [shocks, { cholesky: [[1, 0]] }, "shape: cholesky must be square and not empty, got 1×2"],
    [
      shocks,
      { out: new Float64Array(3) },
      "shape: out must be a Float64Array of 2 entries, got Float64Array(3)",
    ],
    [
      shocks,
      { days: 3 },
      "option: unknown option 'days'; known options: cholesky, weights, mean, horizon, out",
    ],
  ])("refuses case %#", (z, change, message) => {
    expect(refusal(() => scenarioReturns(z, { ...options, ...change } as ScenarioReturnsOptions))).toBe(
      message,
    );
  });
});
