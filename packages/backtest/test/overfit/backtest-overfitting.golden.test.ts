import { expectClose, fixture, printed, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtestOverfitting, minimumBacktestLength } from "../../src/index.ts";

const truth = fixture(import.meta.url, "overfitting.json");

describe("every half of the blocks looked at from scratch by numpy, ranks by scipy", () => {
  for (const name of ["noise", "skilled", "twins", "idle"]) {
    test(`${name}: every way to choose agrees, and so do the figures`, () => {
      const { returns, blocks, ways, logits, chosen, inSample, outOfSample, slope, intercept, ...rest } =
        truth[name];
      const found = backtestOverfitting(returns, { blocks, periodsPerYear: 252 });
      expect(found.logits.length).toBe(ways);
      expect([...found.chosen]).toEqual(chosen);
      expectClose(found.logits, logits, rounding(8));
      expectClose(found.inSample, inSample, rounding(100));
      expectClose(found.outOfSample, outOfSample, rounding(100));
      expectClose(found.degradation.slope, slope, rounding(1000));
      expectClose(found.degradation.intercept, intercept, rounding(1000));
      expectClose(found.selectionGain, rest.selectionGain, rounding(1000));
      expect(found.probability).toBe(rest.probability);
      expect(found.probabilityOfLoss).toBe(rest.probabilityOfLoss);
    });
  }
});

describe("the minimum length of a backtest", () => {
  test("is the squared expectation of the largest normal over the squared ratio, by scipy's quantiles", () => {
    for (const { trials, sharpe, years } of truth.minimumYears) {
      expectClose(minimumBacktestLength(trials, { sharpe }), years, rounding(50));
    }
  });

  test("is five years for 45 trials and a ratio of 1, as the paper has it", () => {
    expectClose(minimumBacktestLength(45), 5, printed(1));
  });

  test("asks nothing of a single trial", () => {
    expect(minimumBacktestLength(1)).toBe(0);
  });
});
