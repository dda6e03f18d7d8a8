import { sampleCovariance } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { hierarchicalRiskParity } from "../../src/index.ts";

const returns = [
  [0.01, 0.02, -0.01],
  [-0.02, 0.01, 0.01],
  [0.03, -0.01, 0.02],
];

describe("what hierarchical risk parity is given", () => {
  test("returns are the same as their sample covariance", () => {
    const byReturns = hierarchicalRiskParity({ returns });
    const byCovariance = hierarchicalRiskParity(sampleCovariance(returns).covariance);
    expectClose(byReturns.weights, byCovariance.weights, bits);
    expect(byReturns.merges).toEqual(byCovariance.merges);
  });

  test("a square of returns is never taken for a covariance, symmetric or not", () => {
    const symmetric = [
      [0.02, 0.01],
      [0.01, 0.03],
    ];
    // as returns: (0.02, 0.01) and (0.01, 0.03) differ by (−0.01, 0.02), so variances are 1 : 4
    expectClose(hierarchicalRiskParity({ returns: symmetric }).weights, [0.8, 0.2], rounding(8));
    expectClose(hierarchicalRiskParity(symmetric).weights, [0.6, 0.4], rounding(8));
    expect(() => hierarchicalRiskParity(returns)).toThrow(
      "covariance must be symmetric, but [1][0] and [0][1]",
    );
  });

  test("more periods than assets without the word are refused with the word", () => {
    expect(() => hierarchicalRiskParity([...returns, [0, 0, 0.01]])).toThrow(
      "covariance must be square, got 4×3; returns are given as { returns }",
    );
  });

  const refused: [string, object, string, string][] = [
    ["one period", { returns: [[0.1, 0.2]] }, "shape", "returns must have at least 2 rows of at least one asset, got 1×2"],
    ["no asset", { returns: [[], []] }, "shape", "returns must have at least 2 rows of at least one asset, got 2×0"],
    ["a hole", { returns: [[0.1], [Number.NaN]] }, "not-finite", "returns[1][0] must be finite, got NaN"],
    ["an asset that does not move", { returns: [[0.1, 0], [0.2, 0]] }, "data", "the variance of returns' column 1 must be positive, got 0"],
    ["another word", { returns, weights: [1] }, "option", "unknown option 'weights'"],
    ["nothing", [], "shape", "covariance must have at least one asset, got 0"],
  ]; // biome-ignore format: a table
  for (const [what, given, code, message] of refused) {
    test(`${what} is a QuantError that says so`, () => {
      expect(() => hierarchicalRiskParity(given as never)).toThrowError(
        expect.objectContaining({ name: "QuantError", code, message: expect.stringContaining(message) }),
      );
    });
  }
});
