import { performanceSummary } from "@astra-quant/risk";
import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backtest, sweepRecord } from "../../src/index.ts";

const NAN = Number.NaN;
const options = { periodsPerYear: 252, blocks: 2 };
const steps = fc.oneof(fc.constant(0), fc.integer({ min: -900, max: 900 })).map((step) => step / 10_000);

describe("the record of a point", () => {
  test("has the summary's figures, but for rounding", () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 4, maxLength: 200 }), (returns) => {
        fc.pre(new Set(returns).size > 1);
        const record = sweepRecord(returns, options);
        const summary = performanceSummary(returns, { periodsPerYear: 252 });
        const exact = ["observations", "totalReturn", "cagr", "maxDrawdown", "longestUnderwater"] as const;
        for (const name of exact) expect(record[name]).toBe(summary[name]);
        const near = [
          "meanReturn",
          "volatility",
          "sharpe",
          "sharpeStandardError",
          "skewness",
          "kurtosis",
        ] as const;
        for (const name of near) {
          expectClose(record[name], summary[name], rounding(400), Math.max(1, Math.abs(summary[name])));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("leaves out what has not begun, and keeps the rest where asked", () => {
    const record = sweepRecord([NAN, NAN, 0.01, -0.02, 0.03, 0], { ...options, keepReturns: true });
    expect([record.observations, [...record.returns!]]).toEqual([4, [0.01, -0.02, 0.03, 0]]);
    expect(sweepRecord([0.01, -0.02, 0.03, 0], options)).not.toHaveProperty("returns");
  });

  test("has the moments of even blocks, the first ones longer", () => {
    const { counts, means, squares } = sweepRecord(
      [1, 2, 3, 5, 9].map((r) => r / 8),
      options,
    ).blocks;
    expect([[...counts], [...means], [...squares]]).toEqual([
      [3, 2],
      [2 / 8, 7 / 8],
      [2 / 64, 8 / 64],
    ]);
  });

  test("of a ruin is a loss of everything, and NaN", () => {
    const { totalReturn, maxDrawdown, sharpe, cagr } = sweepRecord([0.1, -1.2, 0.5, 0.2], options);
    expect([totalReturn, maxDrawdown, sharpe, cagr]).toEqual([-1, -1, NAN, NAN]);
  });

  test("of returns that do not vary has no Sharpe ratio", () => {
    for (const r of [0, 0.1, -1e-9]) {
      const { sharpe, skewness } = sweepRecord(new Float64Array(1000).fill(r), options);
      expect([sharpe, skewness]).toEqual([NAN, NAN]);
    }
  });

  test("is made of the result of a backtest as it is", () => {
    const result = backtest({
      returns: [0, 0.1, -0.05, 0.02, 0.01, 0.3],
      weights: [1, 1, 0, 0, -0.5, -0.5],
      periodsPerYear: 252,
    });
    const record = sweepRecord(result, options);
    expect([record.trades, record.turnover]).toEqual([2, 2.5]);
    expectClose(record.sharpe, result.summary.sharpe, rounding(50));
    expect(sweepRecord({ returns: result.returns, trades: 7, turnover: 3 }, options)).toMatchObject({
      trades: 7,
      turnover: 3,
    });
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string][] = [
    [
      "too few returns",
      () => sweepRecord([NAN, 0.1, 0.2, 0.1], options),
      "returns must hold at least 4 numbers, two a block, got 3",
    ],
    [
      "a gap",
      () => sweepRecord([NAN, 0.1, 0.2, NAN, 0.1, 0.2], options),
      "returns[3] must be finite once the returns have begun, got NaN",
    ],
    [
      "no returns",
      () => sweepRecord({} as never, options),
      "returns must be a vector of numbers, got undefined",
    ],
    [
      "half a trade",
      () => sweepRecord({ returns: [0, 0, 0, 0.1], trades: 0.5 }, options),
      "trades must be an integer ≥ 0, got 0.5",
    ],
    [
      "no year",
      () => sweepRecord([0.1], {} as never),
      "periodsPerYear must be positive and finite, got undefined",
    ],
    [
      "an unknown option",
      () => sweepRecord([0.1], { ...options, block: 2 } as never),
      "unknown option 'block'; did you mean 'blocks'?",
    ],
  ];
  for (const [what, call, message] of refusals) {
    test(what, () => {
      expect(call).toThrow(message);
    });
  }
});
