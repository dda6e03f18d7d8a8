import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type HistoricalVarOptions, historicalVar } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

/** −1 %, −2 %, … −100 % in an order that is not sorted. */
const hundred = Array.from({ length: 100 }, (_, i) => -(((i * 37) % 100) + 1) / 100);

describe("historicalVar", () => {
  test("reads the quantile by R-7: between the fifth and sixth worst of a hundred at 95 %", () => {
    expectClose(historicalVar(hundred, { confidence: 0.95 }).valueAtRisk, 0.9505, rounding(4));
  });

  test("the shortfall is the mean of the worst five of a hundred at 95 %", () => {
    const { expectedShortfall, observations, tailObservations } = historicalVar(hundred, {
      confidence: 0.95,
    });
    expectClose(expectedShortfall, 0.98, rounding(5));
    expect([observations, tailObservations]).toEqual([100, 5]);
  });

  test("a boundary inside an observation counts that one in part", () => {
    // Worst 5.5 of 110: five whole ones and half of the sixth.
    const returns = [...hundred, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const { expectedShortfall, tailObservations } = historicalVar(returns, { confidence: 0.95 });
    expect(tailObservations).toBe(5.5);
    expectClose(expectedShortfall, (1 + 0.99 + 0.98 + 0.97 + 0.96 + 0.95 / 2) / 5.5, rounding(8));
  });

  test("the tail mean takes every return at or below the quantile, whole", () => {
    const options = { confidence: 0.95, shortfall: "tail-mean", method: "higher" } as const;
    const { valueAtRisk, expectedShortfall } = historicalVar(hundred, options);
    expect(valueAtRisk).toBe(0.95);
    expectClose(expectedShortfall, 0.975, rounding(6));
  });

  test("7 % of 100 returns are seven, though the product of the doubles is more", () => {
    expect(historicalVar(hundred, { confidence: 0.93 }).tailObservations).toBe(7);
  });

  test("1 % of 500 returns are five, not five and a little: the fifth worst is the R-1 quantile", () => {
    const returns = Array.from({ length: 500 }, (_, i) => (i - 250) / 1000);
    const { valueAtRisk, tailObservations } = historicalVar(returns, { confidence: 0.99, method: "R-1" });
    expect([valueAtRisk, tailObservations]).toEqual([0.246, 5]);
  });

  test("a tail that holds not one return is refused, with how many would do", () => {
    const least = "returns must number at least 100 for a tail of 0.01 to hold one, got 99";
    expect(refusal(() => historicalVar(hundred.slice(1), { confidence: 0.99 }))).toBe(`range: ${least}`);
    expect(historicalVar(hundred, { confidence: 0.99 }).expectedShortfall).toBe(1);
  });

  test("returns that are all gains have negative losses, zero returns none, and no zero is negative", () => {
    expect(historicalVar([0.01, 0.01], { confidence: 0.5 })).toMatchObject({
      valueAtRisk: -0.01,
      expectedShortfall: -0.01,
    });
    expect(historicalVar([0, 0], { confidence: 0.5 })).toMatchObject({
      valueAtRisk: 0,
      expectedShortfall: 0,
    });
  });

  test("capital turns fractions into money", () => {
    const { monetary } = historicalVar(hundred, { confidence: 0.95, capital: 200 });
    expectClose([monetary!.valueAtRisk, monetary!.expectedShortfall], [190.1, 196], rounding(5));
  });

  test("the returns are left in their order", () => {
    const returns = Float64Array.of(0.02, -0.01, 0.01);
    historicalVar(returns, { confidence: 0.5 });
    expect([...returns]).toEqual([0.02, -0.01, 0.01]);
  });

  test.each([
    [[], { confidence: 0.9 }, "shape: returns must have at least one entry, got 0"],
    [[0.1, Number.NaN], { confidence: 0.9 }, "not-finite: returns[1] must be finite, got NaN"],
    ["0.1", { confidence: 0.9 }, 'shape: returns must be a vector of numbers, got "0.1"'],
    [[0.1], { confidence: 0 }, "range: confidence must be strictly between 0 and 1, got 0"],
    [[0.1], { confidence: 1 }, "range: confidence must be strictly between 0 and 1, got 1"],
    [[0.1], { confidence: 99 }, "range: confidence must be strictly between 0 and 1, got 99"],
    [
      [0.1],
      { confidence: 0.9, shortfall: "cvar" },
      `option: shortfall must be one of 'rockafellar-uryasev', 'tail-mean', got "cvar"`,
    ],
    [[0.1], { confidence: 0.9, methd: "R-7" }, "option: unknown option 'methd'; did you mean 'method'?"],
  ])("refuses %j with %j", (returns, options, message) => {
    expect(refusal(() => historicalVar(returns as number[], options as HistoricalVarOptions))).toBe(message);
  });

  test("the errors are those of order statistics, and NaN where the tail holds fewer than about five", () => {
    // 20 returns in the tail: ranks 20.5 ± z √(20 · 0.8) of the losses 1, 0.99, …, on both sides of the boundary.
    const { interval, standardError, expectedShortfall, shortfallInterval } = historicalVar(hundred, {
      confidence: 0.8,
    });
    const reach = 1.959963984540054 * 4;
    expectClose(
      [interval.upper, interval.lower],
      [1.01 - (20.5 - reach) / 100, 1.01 - (20.5 + reach) / 100],
      rounding(8),
    );
    expectClose(standardError.valueAtRisk, 0.04, rounding(64));
    // Var(loss | tail) = (20² − 1) ÷ 12 of a hundredth squared, and 0.8 (ES − VaR)² for the boundary, over 20.
    const excess = expectedShortfall - 0.802;
    expectClose(
      standardError.expectedShortfall,
      Math.sqrt((399 / 12e4 + 0.8 * excess * excess) / 20),
      rounding(64),
    );
    expectClose(
      shortfallInterval.upper - expectedShortfall,
      1.959963984540054 * standardError.expectedShortfall,
      rounding(64),
    );
    const { standardError: unknown } = historicalVar(hundred, { confidence: 0.98 });
    expect([unknown.valueAtRisk, unknown.expectedShortfall]).toEqual([Number.NaN, Number.NaN]);
  });

  test("a bootstrap gives errors of any tail, the same for the same seed", () => {
    const options = { confidence: 0.98, bootstrap: { random: createRandom("boot"), replications: 200 } };
    const { standardError, interval, valueAtRisk, shortfallInterval } = historicalVar(hundred, options);
    expect(historicalVar(hundred, options).standardError).toEqual(standardError);
    expect(standardError.valueAtRisk).toBeGreaterThan(0);
    expect(standardError.expectedShortfall).toBeGreaterThan(0);
    expect(interval.lower).toBeLessThanOrEqual(valueAtRisk);
    expect(interval.upper).toBeGreaterThanOrEqual(valueAtRisk);
    expect(shortfallInterval.upper).toBeGreaterThan(shortfallInterval.lower);
  });

  test("refuses to work without options", () => {
    const without = () => historicalVar([0.1], undefined as unknown as HistoricalVarOptions);
    expect(refusal(without)).toBe("option: options must be an object, got undefined");
  });

  test("refuses an unknown quantile type, naming the known ones", () => {
    const options = { confidence: 0.9, method: "linear" } as unknown as HistoricalVarOptions;
    expect(refusal(() => historicalVar(hundred, options))).toMatch(/^option: method must be one of 'R-1', /);
  });
});
