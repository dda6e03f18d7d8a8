import { createRandom, Matrix, mean, Panel, rollingMean } from "@astra-quant/core-linalg";
import { describe, expect, test } from "vitest";
import { lookAheadCanary } from "../../src/index.ts";

const prices = createRandom("canary")
  .fillUniform(new Float64Array(120))
  .map((u) => 90 + 20 * u);

/** Long above the mean of the last ten. */
const trend = (x: Float64Array) => {
  const level = rollingMean(x, 10);
  return x.map((price, t) => (price > level[t]! ? 1 : 0));
};

describe("the canary", () => {
  test("sings for a strategy that sees the past alone", () => {
    const canary = lookAheadCanary(trend, prices, { cuts: "all" });
    expect(canary).toMatchObject({ clean: true, firstOffendingBar: null, probe: null, probes: 3 * 119 });
    expect(canary.reason).toBe("no decision changed with its future in 357 histories");
  });

  test("names the first bar of a strategy that sees a bar ahead, from a few cuts", () => {
    const tomorrow = (x: Float64Array) =>
      x.map((price, t) => (t + 1 < x.length && x[t + 1]! > price ? 1 : 0));
    const canary = lookAheadCanary(tomorrow, prices, { shortest: 1 });
    expect(canary.clean).toBe(false);
    expect(canary.firstOffendingBar).toBe(
      lookAheadCanary(tomorrow, prices, { cuts: "all" }).firstOffendingBar,
    );
    expect(canary.firstOffendingBar).toBe(0);
    expect(canary.reason).toMatch(/^bar \d+, column 0 was decided [01], and [01] when the bars from \d+ on /);
  });

  test("falls silent for one bar in the middle of history that saw its future", () => {
    const once = (x: Float64Array) =>
      trend(x).map((side, t) => (t === 61 && x.length > 62 ? side + x[62]! / 1e9 : side));
    const canary = lookAheadCanary(once, prices, { cuts: "all" });
    expect([canary.firstOffendingBar, canary.cut]).toEqual([61, 62]);
  });

  test("catches what a truncation alone would not, and what a shuffle alone would not", () => {
    // Knows the order of the future but not its length; knows its mean but not its order.
    const ordered = (x: Float64Array) => x.map(() => (x.length < 120 ? 0 : Math.sign(x[119]! - x[118]!)));
    expect(lookAheadCanary(ordered, prices).clean).toBe(false);
    const centred = (x: Float64Array) => x.map((price) => Math.sign(price - mean(x)));
    expect(lookAheadCanary(centred, prices).clean).toBe(false);
  });

  test("hands data on in the form they were given, times and parts of another length as they are", () => {
    const index = prices.map((_, t) => t * 60_000);
    const panel = new Panel({ index, columns: ["A"], values: new Matrix(120, 1, prices) });
    const seen = new Set<string>();
    const strategy = (data: {
      panel: Panel;
      closes: number[];
      days: string[];
      settings: { fast: number };
    }) => {
      seen.add([data.panel instanceof Panel, Array.isArray(data.closes), data.settings.fast].join());
      expect(data.panel.index).toEqual(index.slice(0, data.panel.rows));
      expect(data.closes.length).toBe(data.panel.rows);
      return trend(data.panel.values.data);
    };
    const days = Array.from(index, (t) => new Date(t).toISOString());
    const data = { panel, closes: Array.from(prices), days, settings: { fast: 3 } };
    expect(lookAheadCanary(strategy, data, { cuts: 4 }).clean).toBe(true);
    expect(seen).toEqual(new Set(["true,true,3"]));
  });

  test("gives the same finding for the same seed", () => {
    const peek = (x: Float64Array) => x.map((_, t) => x[Math.min(t + 5, x.length - 1)]! / 1e3);
    expect(lookAheadCanary(peek, prices, { seed: 7 })).toEqual(lookAheadCanary(peek, prices, { seed: 7 }));
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string][] = [
    [
      "no strategy",
      () => lookAheadCanary(5 as never, prices),
      "strategy must be a function from data to decisions, got 5",
    ],
    ["no cuts", () => lookAheadCanary(trend, prices, { cuts: 0 }), "cuts must be an integer ≥ 1, got 0"],
    [
      "a misspelt option",
      () => lookAheadCanary(trend, prices, { cut: 3 } as never),
      "unknown option 'cut'; did you mean 'cuts'?",
    ],
    [
      "an answer of another length",
      () => lookAheadCanary((x: Float64Array) => (x.length < 120 ? x.slice(1) : x), prices),
      "the strategy must answer 1 rows of data with 1×1, got 0×1",
    ],
  ];
  for (const [what, attempt, message] of refusals) test(what, () => expect(attempt).toThrow(message));
});
