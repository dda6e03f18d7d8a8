import { createRandom, normalPdf, normalQuantile } from "@astra-quant/core-linalg";
import { expectClose, printed, rounding, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  acerbiSzekelyTest,
  christoffersenTest,
  dynamicQuantileTest,
  kupiecTest,
  trafficLight,
  varExceptions,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const days = (n: number, ...hits: number[]): number[] =>
  Array.from({ length: n }, (_, t) => (hits.includes(t) ? 1 : 0));
const first = (n: number, count: number): number[] =>
  Array.from({ length: n }, (_, t) => (t < count ? 1 : 0));

describe("varExceptions", () => {
  test("a loss beyond the forecast of its day is one; a loss of just as much is none", () => {
    expect([...varExceptions([-0.03, -0.02, 0.05, -0.01], { valueAtRisk: 0.02 })]).toEqual([1, 0, 0, 0]);
    expect([...varExceptions([-0.03, -0.02], { valueAtRisk: [0.04, 0.01] })]).toEqual([0, 1]);
    const out = new Float64Array(2);
    expect(varExceptions([-0.03, 0], { valueAtRisk: -0.001, out })).toBe(out);
    expect([...out]).toEqual([1, 1]); // a forecast gain that did not come
  });

  test("refuses forecasts of another length, and NaN", () => {
    expect(refusal(() => varExceptions([0.1, 0.2], { valueAtRisk: [0.1] }))).toBe(
      "shape: valueAtRisk must have 2 entries, got 1",
    );
    expect(refusal(() => varExceptions([0.1, Number.NaN], { valueAtRisk: 1 }))).toMatch(
      /^not-finite: returns\[1\]/,
    );
    expect(refusal(() => varExceptions([0.1], { valueAtRisk: Number.NaN }))).toMatch(
      /^not-finite: valueAtRisk\[0\]/,
    );
  });
});

describe("kupiecTest", () => {
  test("is 0 when exceptions are exactly as many as expected", () => {
    const { statistic, pValue, expected } = kupiecTest(first(200, 10), { probability: 0.05 });
    expect(statistic).toBeLessThan(1e-12);
    expectClose([pValue, expected], [1, 10], rounding(1e8));
  });

  test("without any exception it is −2 n log(1 − p); with nothing else, −2 n log p", () => {
    expectClose(kupiecTest(days(250), { probability: 0.01 }).statistic, -500 * Math.log(0.99), rounding(16));
    expectClose(kupiecTest(first(5, 5), { probability: 0.01 }).statistic, -10 * Math.log(0.01), rounding(16));
  });

  test("rejects a right model about as often as its p-value says, and a wrong one nearly always", () => {
    const random = createRandom("kupiec");
    const rejected = (rate: number): number =>
      Array.from({ length: 2000 }, () => {
        const hits = Array.from({ length: 1000 }, () => (random.uniform() < rate ? 1 : 0));
        return kupiecTest(hits, { probability: 0.05 }).pValue < 0.05 ? 1 : 0;
      }).reduce((a: number, b) => a + b, 0) / 2000;
    // The count is whole, so the level is met to about half a point.
    expectClose(rejected(0.05), 0.05, statistical(Math.sqrt((0.05 * 0.95) / 2000) + 0.0015));
    expect(rejected(0.1)).toBeGreaterThan(0.99);
  });

  test.each([
    [[], "shape: exceptions must have at least one entry, got 0"],
    [[0, 2], "data: exceptions[1] must be 0 or 1, got 2"],
    [[0, Number.NaN], "not-finite: exceptions[1] must be finite, got NaN"],
    ["01", `shape: exceptions must be a vector of numbers, got "01"`],
  ])("refuses %j", (series, message) => {
    for (const run of [kupiecTest, christoffersenTest, dynamicQuantileTest, trafficLight]) {
      expect(refusal(() => run(series as number[], { probability: 0.05 }))).toBe(message);
    }
  });

  test("refuses probabilities that are none, and names that are unknown", () => {
    expect(refusal(() => kupiecTest([0], { probability: 0 }))).toBe(
      "range: probability must be strictly between 0 and 1, got 0",
    );
    expect(refusal(() => kupiecTest([0], { confidence: 0.99 } as never))).toMatch(
      /^option: unknown option 'confidence'/,
    );
  });
});

describe("christoffersenTest", () => {
  test("clustered exceptions fail independence, scattered ones do not", () => {
    const clustered = first(500, 12);
    const scattered = days(500, ...Array.from({ length: 12 }, (_, k) => 40 * k + 7));
    const options = { probability: 0.024 };
    expect(christoffersenTest(clustered, options).independence.pValue).toBeLessThan(1e-6);
    expect(christoffersenTest(scattered, options).independence.pValue).toBeGreaterThan(0.3);
  });

  test("one day, all quiet, all exceptions: no transition of a kind is no evidence", () => {
    for (const series of [[0], [1], days(100), first(50, 50)]) {
      expect(christoffersenTest(series, { probability: 0.05 }).independence).toEqual({
        statistic: 0,
        pValue: 1,
      });
    }
  });
});

describe("trafficLight", () => {
  test("the Committee's table of 250 days at 1 %: cumulative probabilities, zones and increases", () => {
    const table = [
      [0, 8.11, "green", 0],
      [1, 28.58, "green", 0],
      [2, 54.32, "green", 0],
      [3, 75.81, "green", 0],
      [4, 89.22, "green", 0],
      [5, 95.88, "yellow", 0.4],
      [6, 98.63, "yellow", 0.5],
      [7, 99.6, "yellow", 0.65],
      [8, 99.89, "yellow", 0.75],
      [9, 99.97, "yellow", 0.85],
      [10, 99.99, "red", 1],
    ] as const;
    for (const [count, percent, zone, increase] of table) {
      const got = trafficLight(first(250, count));
      expectClose(100 * got.cumulative, percent, printed(2));
      expect([got.zone, got.increase, got.yellowFrom, got.redFrom]).toEqual([zone, increase, 5, 10]);
    }
  });

  test("twice the exceptions ask for the same increase in any window, by the rule behind the table", () => {
    // 3 (Φ⁻¹(0.01) ÷ Φ⁻¹(0.02) − 1) = 0.398, which the table has as 0.40 for 5 of 250.
    expectClose(trafficLight(first(500, 10)).increase, 0.398, printed(3));
  });

  test("other windows have zones and increases of their own", () => {
    const got = trafficLight(first(500, 9), { probability: 0.01 });
    expect([got.zone, got.yellowFrom]).toEqual(["yellow", 9]);
    expect(trafficLight(first(500, 8), { probability: 0.01 }).zone).toBe("green"); // 93.3 %
    expect(got.increase).toBeGreaterThan(0);
    expect(got.increase).toBeLessThan(1);
    expect(trafficLight(first(500, 400), { probability: 0.01 })).toMatchObject({ zone: "red", increase: 1 });
  });

  test("the two tails of the count overlap by its own probability", () => {
    const { cumulative, typeOneError } = trafficLight(first(250, 4));
    const four = (249 * 250 * 248 * 247) / 24 / 1e8;
    expectClose(cumulative + typeOneError - 1, four * 0.99 ** 246, rounding(1e3), 1);
  });
});

describe("dynamicQuantileTest", () => {
  test("exceptions that follow one another, or the forecast, are found", () => {
    const random = createRandom("dynamic");
    const forecast = Array.from({ length: 1000 }, () => 0.01 + 0.01 * random.uniform());
    const byLevel = forecast.map((v) => (random.uniform() < 20 * (v - 0.01) * 0.5 ? 1 : 0));
    expect(dynamicQuantileTest(byLevel, { probability: 0.05, valueAtRisk: forecast }).pValue).toBeLessThan(
      0.01,
    );
    expect(dynamicQuantileTest(first(1000, 50), { probability: 0.05 }).pValue).toBeLessThan(1e-6);
  });

  test("a forecast that never moves adds no degree of freedom", () => {
    const series = days(200, 3, 50, 51, 120);
    const plain = dynamicQuantileTest(series, { probability: 0.02 });
    const flat = dynamicQuantileTest(series, {
      probability: 0.02,
      valueAtRisk: new Float64Array(200).fill(0.02),
    });
    expect(flat.degreesOfFreedom).toBe(plain.degreesOfFreedom);
    expectClose(flat.statistic, plain.statistic, rounding(1e4));
  });

  test("refuses fewer days than regressors", () => {
    expect(refusal(() => dynamicQuantileTest(days(9), { probability: 0.05 }))).toBe(
      "range: exceptions must have at least 10 entries for 4 lags, got 9",
    );
  });
});

describe("acerbiSzekelyTest", () => {
  const alpha = 0.025;
  const scale = 0.01;
  const forecast = {
    valueAtRisk: -normalQuantile(alpha) * scale,
    expectedShortfall: (normalPdf(normalQuantile(alpha)) / alpha) * scale,
    probability: alpha,
    seed: 7,
  };
  const history = (factor: number, seed: string): Float64Array =>
    createRandom(seed)
      .fillNormal(new Float64Array(250))
      .map((z) => factor * scale * z);

  test("Z₁ and Z₂ by hand: three exceptions of twice the shortfall among a hundred days", () => {
    const returns = days(100, 5, 50, 77).map((hit) => hit * -2 * forecast.expectedShortfall);
    const { conditional, unconditional, exceptions } = acerbiSzekelyTest(returns, forecast);
    expectClose(conditional.statistic, -1, rounding(8));
    expectClose(unconditional.statistic, 1 - 6 / 2.5, rounding(8));
    expect(exceptions).toBe(3);
  });

  test("the observed history is one of the histories: no p-value is 0", () => {
    const ruinous = acerbiSzekelyTest(history(50, "ruinous"), { ...forecast, scenarios: 199 });
    for (const { pValue } of [ruinous.conditional, ruinous.unconditional, ruinous.ranks]) {
      expectClose(pValue, 1 / 200, rounding(4));
    }
  });

  test("without an exception Z₁ says nothing; with too few days Z₃ neither", () => {
    const quiet = acerbiSzekelyTest(days(100), forecast);
    expect([quiet.conditional.statistic, quiet.conditional.pValue]).toEqual([Number.NaN, Number.NaN]);
    expect(quiet.unconditional.statistic).toBe(1);
    expect(acerbiSzekelyTest(days(39), forecast).ranks.pValue).toBeNaN();
  });

  test("a right forecast's p-values are uniform, a forecast 30 % too low is found out", () => {
    const p = Array.from({ length: 60 }, (_, i) =>
      acerbiSzekelyTest(history(1, `right ${i}`), { ...forecast, scenarios: 400 }),
    );
    for (const name of ["unconditional", "ranks"] as const) {
      const mean = p.reduce((sum, one) => sum + one[name].pValue, 0) / 60;
      expectClose(mean, 0.5, statistical(1 / Math.sqrt(12 * 60)));
    }
    const low = acerbiSzekelyTest(history(1.6, "low"), forecast);
    expect(low.unconditional.pValue).toBeLessThan(0.01);
    expect(low.ranks.pValue).toBeLessThan(0.01);
  });

  test("a quantile function of the normal law is the normal law", () => {
    const returns = history(1.1, "shape");
    const normal = acerbiSzekelyTest(returns, forecast);
    const same = acerbiSzekelyTest(returns, { ...forecast, distribution: normalQuantile });
    expect(same.unconditional.statistic).toBe(normal.unconditional.statistic);
    const error = Math.SQRT2 * normal.unconditional.standardError;
    expectClose(same.unconditional.pValue, normal.unconditional.pValue, statistical(error));
    const fat = acerbiSzekelyTest(returns, { ...forecast, distribution: { studentT: 3 } });
    expect(fat.unconditional.pValue).not.toBe(normal.unconditional.pValue);
  });

  test.each([
    [{ valueAtRisk: 0 }, "range: valueAtRisk[0] must be positive, got 0"],
    [
      { expectedShortfall: 0.001 },
      `range: expectedShortfall[0] must be at least the value at risk ${forecast.valueAtRisk}, got 0.001`,
    ],
    [{ valueAtRisk: [0.1] }, "shape: valueAtRisk must have 100 entries, got 1"],
    [{ scenarios: 0 }, "range: scenarios must be an integer ≥ 1 and ≤ 1000000, got 0"],
    [{ probability: 0.5 }, /^range: distribution must lose at probability 0.5 /],
    [{ seed: undefined }, /^option: seed must be a string or a finite number/],
    [
      { distribution: "t" },
      `option: distribution must be 'normal', { studentT } or a quantile function, got "t"`,
    ],
  ])("refuses %j", (change, message) => {
    const said = refusal(() => acerbiSzekelyTest(days(100), { ...forecast, ...change } as never));
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});
