import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kellyFraction } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("Kelly's stake on a bet", () => {
  test("even money at 60 % is a fifth of the capital", () => {
    const { fraction, full, growthRate, standardError, shrinkage } = kellyFraction({
      winProbability: 0.6,
      winPayoff: 1,
    });
    expectClose(fraction, 0.2, rounding());
    expect(full).toBe(fraction);
    // 0.6 ln 1.2 + 0.4 ln 0.8
    expectClose(growthRate, 0.6 * Math.log(1.2) + 0.4 * Math.log(0.8), rounding(8), 1);
    expect(standardError).toBeNaN();
    expect(shrinkage).toBe(1);
  });

  test("half Kelly is half of it, and grows three quarters as fast while it is small", () => {
    const odds = { winProbability: 0.505, winPayoff: 1 };
    const [whole, half] = [kellyFraction(odds), kellyFraction(odds, { fraction: 0.5 })];
    expect(half.fraction).toBe(0.5 * whole.full);
    expectClose(half.growthRate / whole.growthRate, 0.75, { name: "small stakes", relative: whole.full });
  });

  test("twice the stake does not grow, and a stake that a loss takes all of ruins", () => {
    const odds = { winProbability: 0.75, winPayoff: 1 };
    expect(kellyFraction({ winProbability: 0.51, winPayoff: 1 }, { fraction: 2 }).growthRate).toBeLessThan(0);
    expect(kellyFraction(odds, { fraction: 2 }).growthRate).toBe(Number.NEGATIVE_INFINITY);
    expect(kellyFraction(odds, { fraction: 3 }).growthRate).toBe(Number.NEGATIVE_INFINITY);
  });

  test("without an edge there is no stake, against one the other side", () => {
    expect(kellyFraction({ winProbability: 0.5, winPayoff: 1 }).fraction).toBe(0);
    expect(kellyFraction({ winProbability: 0.25, winPayoff: 1 }).fraction).toBe(-0.5);
    expect(kellyFraction({ winProbability: 0.25, winPayoff: 3 }).fraction).toBe(0);
  });

  test("a counted probability has the error of a count", () => {
    const odds = { winProbability: 0.6, winPayoff: 1, observations: 96 };
    // 2 √(0.6 · 0.4 ÷ 96) = 0.1
    const { standardError, shrinkage, fraction } = kellyFraction(odds, { shrink: true });
    expectClose(standardError, 0.1, rounding());
    expectClose(shrinkage, 0.04 / (0.04 + 0.01), rounding(4));
    expectClose(fraction, 0.16, rounding(4));
  });

  test("with nothing to stake, nothing is left of it", () => {
    const { fraction, shrinkage } = kellyFraction(
      { winProbability: 0.5, winPayoff: 1, observations: 10 },
      { shrink: true },
    );
    expect([fraction, shrinkage]).toEqual([0, 0]);
  });
});

describe("Kelly's stake on assets", () => {
  test("is μ ÷ σ², and grows with half of Sharpe's ratio squared", () => {
    const { fraction, growthRate } = kellyFraction({ expectedReturn: 0.08, variance: 0.04 });
    expect(fraction).toBe(2);
    expectClose(growthRate, 0.08, rounding());
  });

  test("one asset is a portfolio of one, error and shrinkage included", () => {
    const one = kellyFraction({ expectedReturn: 0.01, variance: 0.04, observations: 250 }, { shrink: true });
    const many = kellyFraction(
      { expectedReturns: [0.01], covariance: [[0.04]], observations: 250 },
      { shrink: true },
    );
    expectClose(many.weights, [one.fraction], rounding(4));
    expectClose(many.standardErrors, [one.standardError], rounding(4));
    expectClose([many.shrinkage, many.growthRate], [one.shrinkage, one.growthRate], rounding(8));
    // √((1 + θ²) ÷ σ² + f²) ÷ √n with θ² = 1 ÷ 400, f = ¼
    expectClose(one.standardError, Math.sqrt(((1 + 0.0025) / 0.04 + 0.0625) / 250), rounding(4));
  });

  test("uncorrelated assets are each staked alone", () => {
    const { weights, full } = kellyFraction(
      {
        expectedReturns: [0.08, -0.02],
        covariance: [
          [0.04, 0],
          [0, 0.01],
        ],
      },
      { fraction: 0.5 },
    );
    expectClose(full, [2, -2], rounding());
    expectClose(weights, [1, -1], rounding());
  });

  test("inputs stay as they were", () => {
    const figures = Object.freeze({
      expectedReturns: Float64Array.of(0.1, 0.2),
      covariance: [
        [1, 0],
        [0, 1],
      ],
    });
    kellyFraction(figures);
    expectClose(figures.expectedReturns, [0.1, 0.2], bits);
  });
});

describe("misuse of Kelly's stake", () => {
  test("is refused by name", () => {
    expect(refusal(() => kellyFraction({ winProbability: 1, winPayoff: 1 }))).toBe(
      "range: winProbability must be strictly between 0 and 1, got 1",
    );
    expect(refusal(() => kellyFraction({ winProbability: 0.5, winPayoff: 0 }))).toContain("range: winPayoff");
    expect(refusal(() => kellyFraction({ winProbability: 0.5, winPayoff: 1, lossPayoff: -1 }))).toContain(
      "range: lossPayoff",
    );
    expect(refusal(() => kellyFraction({ expectedReturn: 0.1, variance: 0 }))).toBe(
      "range: variance must be positive and finite, got 0",
    );
    expect(
      refusal(() =>
        kellyFraction({
          expectedReturns: [0.1, 0.1],
          covariance: [
            [1, 1],
            [1, 1],
          ],
        }),
      ),
    ).toBe("data: covariance must be positive definite, but its Cholesky pivot 1 is not positive");
    expect(
      refusal(() =>
        kellyFraction({
          expectedReturns: [0.1],
          covariance: [
            [1, 0],
            [0, 1],
          ],
        }),
      ),
    ).toBe("shape: covariance must be 1×1, got 2×2");
    expect(refusal(() => kellyFraction({ expectedReturns: [], covariance: [] }))).toContain(
      "shape: expectedReturns",
    );
    expect(refusal(() => kellyFraction({ expectedReturn: 0.1, variance: 1 }, { shrink: true }))).toBe(
      "option: shrink needs observations: how many the figures were estimated from",
    );
    expect(refusal(() => kellyFraction({ expectedReturn: 0.1, variance: 1, observations: 1 }))).toContain(
      "range: observations must be an integer ≥ 2",
    );
    expect(refusal(() => kellyFraction({ expectedReturn: 0.1, variance: 1 }, { fraction: 0 }))).toContain(
      "range: fraction",
    );
    expect(refusal(() => kellyFraction({ winProbability: 0.5, variance: 1 } as never))).toContain(
      "option: unknown option 'variance'",
    );
    expect(refusal(() => kellyFraction(0.5 as never))).toBe("option: figures must be an object, got 0.5");
    expect(refusal(() => kellyFraction({} as never))).toBe(
      "option: figures must be { winProbability, … }, { expectedReturn, … } or { expectedReturns, … }, got Object",
    );
  });
});
