import { createRandom, kurtosis, mean, skewness, std } from "@astra-quant/core-linalg";
import { expectClose, fixture, rounding, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  ageWeightedVar,
  cornishFisherVar,
  filteredHistoricalVar,
  historicalVar,
  parametricVar,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const returns: number[] = fixture(import.meta.url, "value-at-risk.json").returns;

describe("parametricVar of a t", () => {
  const book = { weights: [1], covariance: [[1]], confidence: 0.99 };

  test("of many degrees of freedom is the normal's", () => {
    const got = parametricVar({ ...book, distribution: { studentT: 1e12 } });
    const normal = parametricVar(book);
    expectClose(
      [got.valueAtRisk, got.expectedShortfall],
      [normal.valueAtRisk, normal.expectedShortfall],
      rounding(1e4),
    );
  });

  test("refuses what is no law with a variance", () => {
    const said = (distribution: unknown) =>
      refusal(() => parametricVar({ ...book, distribution: distribution as "normal" }));
    expect(said({ studentT: 2 })).toBe(
      "range: distribution.studentT must be > 2 for a covariance to exist, got 2",
    );
    expect(said("t")).toBe(`option: distribution must be 'normal' or { studentT }, got "t"`);
    expect(said({ studentT: 5, scale: 1 })).toMatch(/^option: unknown option 'scale'/);
  });
});

describe("cornishFisherVar", () => {
  test("takes the moments of returns, and scales them over a horizon", () => {
    const { moments, valueAtRisk } = cornishFisherVar(returns, {
      confidence: 0.95,
      horizon: 4,
      capital: 100,
    });
    expectClose(
      [moments.mean, moments.volatility, moments.skewness, moments.kurtosis],
      [4 * mean(returns), 2 * std(returns), skewness(returns) / 2, kurtosis(returns) / 4],
      rounding(4),
    );
    const same = cornishFisherVar(moments, { confidence: 0.95 });
    expect(same.valueAtRisk).toBe(valueAtRisk);
  });

  test("of a normal is the parametric one", () => {
    const normal = { mean: 0.01, volatility: 0.2, skewness: 0, kurtosis: 0 };
    const got = cornishFisherVar(normal, { confidence: 0.99 });
    const wanted = parametricVar({ weights: [1], covariance: [[0.04]], mean: [0.01], confidence: 0.99 });
    expectClose(
      [got.valueAtRisk, got.expectedShortfall],
      [wanted.valueAtRisk, wanted.expectedShortfall],
      rounding(16),
    );
    expect(got.valid).toBe("everywhere");
  });

  test.each([
    [[], "shape: returns must have at least one entry, got 0"],
    [[0.1, 0.2], "range: returns must number at least 4 for their four moments, got 2"],
    [[1, 1, 1, 1], "range: the standard deviation of returns must be positive and finite, got 0"],
    [[1, 2, Number.NaN, 1], "not-finite: returns[2] must be finite, got NaN"],
    [
      { mean: 0, volatility: -1, skewness: 0, kurtosis: 0 },
      "range: moments.volatility must be non-negative and finite, got -1",
    ],
    [
      { mean: 0, volatility: 1, skewness: 0 },
      "range: moments.kurtosis must be a finite number, got undefined",
    ],
    [{ mean: 0, volatility: 1, skew: 0, kurtosis: 0 }, "option: unknown option 'skew'; did you mean 'mean'?"],
  ])("refuses %j", (data, message) => {
    const said = refusal(() => cornishFisherVar(data as number[], { confidence: 0.95 }));
    expect(said.slice(0, 30)).toBe(message.slice(0, 30));
  });
});

describe("ageWeightedVar", () => {
  test("of weights that are all alike is the historical one by R-5", () => {
    const got = ageWeightedVar(returns, { decay: 1 - 2 ** -50, confidence: 0.95 });
    const plain = historicalVar(returns, { confidence: 0.95, method: "R-5" });
    expectClose(got.valueAtRisk, plain.valueAtRisk, rounding(1e4));
    expectClose(got.expectedShortfall, plain.expectedShortfall, rounding(1e4));
    expectClose(got.effectiveObservations, returns.length, rounding(1e4));
    expectClose(
      got.standardError.expectedShortfall / plain.standardError.expectedShortfall,
      1,
      statistical(0.005),
    );
    expectClose(got.interval.lower, plain.interval.lower, rounding(1e5));
    expectClose(got.interval.upper, plain.interval.upper, rounding(1e5));
  });

  test("a half-life is the decay whose power it is", () => {
    const [byDecay, byHalfLife] = [{ decay: 0.5 ** (1 / 34) }, { halfLife: 34 }].map((age) =>
      ageWeightedVar(returns, { ...age, confidence: 0.95 }),
    );
    expectClose(byHalfLife!.valueAtRisk, byDecay!.valueAtRisk, rounding(600));
  });

  test("a loss of today weighs more than the same loss long ago", () => {
    const calm = Array.from({ length: 300 }, (_, i) => 0.001 * Math.sqrt((i * 7919) % 13));
    const options = { decay: 0.98, confidence: 0.99 };
    const today = ageWeightedVar([...calm, -0.1], options);
    const longAgo = ageWeightedVar([-0.1, ...calm], options);
    expect(today.valueAtRisk).toBe(0.1);
    expect(longAgo.valueAtRisk).toBe(0);
  });

  test.each([
    [{}, "option: give either decay or halfLife, got neither"],
    [{ decay: 0.9, halfLife: 3 }, "option: give either decay or halfLife, got both"],
    [{ decay: 1 }, "range: decay must be strictly between 0 and 1, got 1"],
    [{ halfLife: -1 }, "range: halfLife must be positive and finite, got -1"],
    [
      { decay: 0.9, confidence: 0.9999 },
      "range: returns must number at least 10000 for a tail of 0.0001 to hold one, got 600",
    ],
  ])("refuses %j", (options, message) => {
    expect(refusal(() => ageWeightedVar(returns, { confidence: 0.95, ...options }))).toBe(message);
  });
});

describe("filteredHistoricalVar", () => {
  test("a nervous day at the end raises it at once, a calm one lowers it", () => {
    const options = { confidence: 0.95 };
    const before = filteredHistoricalVar(returns, options).valueAtRisk;
    expect(filteredHistoricalVar([...returns, 0.08], options).valueAtRisk).toBeGreaterThan(1.5 * before);
    expect(filteredHistoricalVar([...returns, 0], options).valueAtRisk).toBeLessThan(before);
  });

  test("a standardised return knows nothing of its own day or later", () => {
    const { standardised } = filteredHistoricalVar(returns, { confidence: 0.95 });
    const changed = [...returns.slice(0, 300), 0.2, ...returns.slice(301)];
    const other = filteredHistoricalVar(changed, { confidence: 0.95 }).standardised;
    expect(other.subarray(0, 280)).toEqual(standardised.subarray(0, 280));
    expectClose(other[280]!, (0.2 / returns[300]!) * standardised[280]!, rounding(8));
  });

  test("over several periods of constant variance is the compounded bootstrap", () => {
    const constant = { garch: { omega: 1e-4, alpha: 0, beta: 0 } };
    const options = { confidence: 0.95, volatility: constant, horizon: 5, scenarios: 40_000, seed: "five" };
    const got = filteredHistoricalVar(returns, options);
    const single = filteredHistoricalVar(returns, { confidence: 0.95, volatility: constant });
    const sample = single.standardised.map((z) => 0.01 * z);
    const random = createRandom("another");
    const paths = Float64Array.from({ length: 40_000 }, () => {
      let growth = 1;
      for (let day = 0; day < 5; day++) growth *= 1 + sample[random.integer(sample.length)]!;
      return growth - 1;
    });
    const wanted = historicalVar(paths, { confidence: 0.95 });
    const error = Math.SQRT2 * wanted.standardError.valueAtRisk;
    expectClose(got.valueAtRisk, wanted.valueAtRisk, statistical(error));
    expect(filteredHistoricalVar(returns, options)).toEqual(got);
  });

  test.each([
    [
      { warmUp: 590 },
      "range: returns after the warmUp of 590 must number at least 20 for a tail of 0.05 to hold one, got 10",
    ],
    [
      { warmUp: 600, horizon: 5, seed: 1 },
      "range: returns must have more entries than the warmUp of 600, got 600",
    ],
    [
      { horizon: 5, seed: 1, scenarios: 19 },
      "range: scenarios must number at least 20 for a tail of 0.05 to hold one, got 19",
    ],
    [
      { volatility: { garch: { omega: 1e-6, alpha: 9, beta: 9 } }, warmUp: 590, horizon: 900, seed: 1 },
      "data: volatility must leave the simulated returns of 900 periods finite: this one grows without end",
    ],
    [{ horizon: 2 }, "option: a horizon of 2 needs a seed, got undefined"],
    [{ volatility: { ewma: 1 } }, "range: volatility.ewma must be strictly between 0 and 1, got 1"],
    [
      { volatility: { garch: { omega: -1, alpha: 0, beta: 0 } } },
      "range: volatility.garch.omega must be non-negative and finite, got -1",
    ],
    [
      { volatility: "ewma" },
      `option: volatility must be { ewma } or { garch: { omega, alpha, beta } }, got "ewma"`,
    ],
    [{ decay: 0.9 }, /^option: unknown option 'decay'/],
  ])("refuses %j", (options, message) => {
    const said = refusal(() => filteredHistoricalVar(returns, { confidence: 0.95, ...options } as never));
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  test("refuses a series whose variance comes to zero", () => {
    const flat = Array.from({ length: 100 }, () => 0);
    expect(refusal(() => filteredHistoricalVar(flat, { confidence: 0.9 }))).toBe(
      "data: the variance forecast for returns[20] must be positive, got 0",
    );
  });
});
