import { createRandom, exp, log, Matrix, Panel, permutation, std } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding, sameBits } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  adjustedPValues,
  engleGranger,
  halfLife,
  hurstExponent,
  type PairRanking,
  type RankPairsOptions,
  rankPairs,
  rankPairsAsync,
  zeroCrossings,
} from "../../src/index.ts";

const NAMES = ["ALFA", "BETA", "CARO", "DORA", "EMIL", "FRED"];

/** Six walks; BETA follows 1.5 · ALFA and DORA 0.8 · CARO, each with a spread that reverts. */
function universe(bars = 400, seed = "pairs"): Matrix {
  const random = createRandom(seed);
  const prices = new Matrix(bars, 6);
  const walk = new Float64Array(6).fill(50);
  const spread = new Float64Array(2);
  for (let t = 0; t < bars; t++) {
    for (let j = 0; j < 6; j++) walk[j]! += 0.3 * random.normal();
    spread[0] = 0.8 * spread[0]! + 0.3 * random.normal();
    spread[1] = 0.85 * spread[1]! + 0.2 * random.normal();
    const row = [
      walk[0]!,
      10 + 1.5 * walk[0]! + spread[0]!,
      walk[2]!,
      0.8 * walk[2]! + spread[1]!,
      walk[4]!,
      walk[5]!,
    ];
    prices.data.set(row, 6 * t);
  }
  return prices;
}

const prices = universe();
const named: RankPairsOptions = { names: NAMES };
const everything: RankPairsOptions = {
  ...named,
  falseDiscoveryRate: 1,
  minHalfLife: 0,
  maxHalfLife: Number.POSITIVE_INFINITY,
  maxHurst: 9,
};
const pairsOf = ({ pairs }: PairRanking): string[] => pairs.map(({ y, x }) => [y, x].sort().join("/"));

describe("a universe with two cointegrated pairs", () => {
  const ranking = rankPairs(prices, named);

  test("gives these two, and says why the others fell out", () => {
    expect(pairsOf(ranking).sort()).toEqual(["ALFA/BETA", "CARO/DORA"]);
    expect(ranking.tested).toBe(15);
    expect(ranking.excluded["not-cointegrated"]).toBe(13);
    const out = Object.values(ranking.excluded).reduce((sum, count) => sum + count, 0);
    expect(out + ranking.passed).toBe(15);
  });

  test("says of each what the functions for one pair say, to the bit", () => {
    for (const pair of ranking.pairs) {
      const y = prices.column(pair.yColumn);
      const x = prices.column(pair.xColumn);
      const test = engleGranger(y, x);
      const other = engleGranger(x, y);
      expect(test.statistic).toBeLessThan(other.statistic);
      expectClose([pair.statistic, pair.pValue], [test.statistic, 2 * test.pValue], bits);
      expectClose([pair.hedgeRatio, pair.lags], [test.hedgeRatios[0]!, test.lags], bits);
      const life = halfLife(test.spread);
      expectClose([pair.halfLife, pair.halfLifeError], [life.halfLife, life.standardError], bits);
      expect(pair.hurst).toBe(hurstExponent(test.spread, { minWindow: 4 }).exponent);
      expect(pair.crossings).toBe(zeroCrossings(test.spread));
      const deviation = std(test.spread);
      expectClose(pair.spreadStd, deviation, rounding(400));
      expectClose(pair.zScore, test.spread.at(-1)! / deviation, rounding(400));
      expectClose(
        pair.intercept,
        y[399]! - pair.hedgeRatio * x[399]! - test.spread[399]!,
        rounding(8),
        y[399]!,
      );
      const money = y[399]! + Math.abs(pair.hedgeRatio * x[399]!);
      expectClose(pair.score, (deviation * (1 - life.persistence)) / money, rounding(400));
    }
    const scores = ranking.pairs.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test("adjusts p-values for all that were tested, not for those that passed", () => {
    const all = rankPairs(prices, { ...everything, orderBy: "p-value" });
    expect(all.passed).toBe(15);
    const raw = all.pairs.map(({ pValue }) => pValue);
    expect(raw).toEqual(raw.toSorted((a, b) => a - b));
    expectClose(
      all.pairs.map(({ adjustedPValue }) => adjustedPValue),
      adjustedPValues(raw),
      bits,
    );
    const some = rankPairs(prices, {
      ...everything,
      maxHalfLife: 20,
      falseDiscoveryMethod: "benjamini-hochberg",
    });
    const wanted = adjustedPValues(raw, { method: "benjamini-hochberg" });
    for (const pair of some.pairs) {
      const k = all.pairs.findIndex(({ y, x }) => y === pair.y && x === pair.x);
      expect(pair.adjustedPValue).toBe(wanted[k]);
    }
  });

  test("ranks the same whatever the order of the columns", () => {
    const random = createRandom("columns");
    for (let round = 0; round < 5; round++) {
      const order = Array.from(permutation(random, 6));
      const shuffled = rankPairs(prices.selectColumns(order), {
        ...everything,
        names: order.map((j) => NAMES[j]!),
      });
      const straight = rankPairs(prices, everything);
      const strip = ({ pairs }: PairRanking): object[] =>
        pairs.map(({ yColumn: _y, xColumn: _x, ...pair }) => pair);
      expect(strip(shuffled)).toEqual(strip(straight));
    }
  });

  test("is of one mind about a panel and a matrix, in one go and with pauses", async () => {
    const index = Float64Array.from({ length: 400 }, (_, t) => 86_400_000 * t);
    const panel = new Panel({ index, columns: NAMES, values: prices });
    expect(rankPairs(panel)).toEqual(ranking);
    expect(await rankPairsAsync(panel)).toEqual(ranking);
  });

  test("keeps the top and counts the rest as passed", () => {
    const top = rankPairs(prices, { ...named, top: 1 });
    expect([top.pairs.length, top.passed]).toEqual([1, 2]);
    expect(top.pairs[0]).toEqual(ranking.pairs[0]);
  });

  test("is ordered by half-life where asked", () => {
    const lives = rankPairs(prices, { ...everything, orderBy: "half-life" }).pairs.map(
      (pair) => pair.halfLife,
    );
    expect(lives).toEqual(lives.toSorted((a, b) => a - b));
  });
});

describe("the limits of a ranking", () => {
  const count = (options: RankPairsOptions): Readonly<Record<string, number>> =>
    rankPairs(prices, { ...everything, ...options }).excluded;

  test("each count what they exclude", () => {
    expect(count({ minBars: 401 })["too-few-bars"]).toBe(15);
    expect(count({ lags: 200 })["too-few-bars"]).toBe(15);
    expect(count({ minCorrelation: 0.5 }).correlation).toBe(13);
    expect(count({ maxHalfLife: 1e-9 })["half-life"]).toBe(15);
    expect(count({ maxHurst: -9 }).hurst).toBe(15);
    expect(count({ minCrossings: 1e6 }).crossings).toBe(15);
  });

  test("a correlation that was not tested is not counted among the tests", () => {
    const filtered = rankPairs(prices, { ...named, minCorrelation: 0.5 });
    expect(filtered.tested).toBe(2);
    expect(pairsOf(filtered).sort()).toEqual(["ALFA/BETA", "CARO/DORA"]);
  });

  test("a price that never moves and one that is another's multiple are told apart", () => {
    const odd = new Matrix(200, 4);
    const random = createRandom("odd");
    let walk = 20;
    for (let t = 0; t < 200; t++) {
      walk += random.normal();
      odd.data.set([walk, 2 * walk + 3, 7, 30 + random.normal()], 4 * t);
    }
    const { excluded, tested } = rankPairs(odd, { falseDiscoveryRate: 1 });
    expect([excluded.collinear, excluded.degenerate, tested]).toEqual([1, 3, 2]);
  });
});

describe("the hedge ratio", () => {
  test("by total least squares leaves the least squared distance from the line", () => {
    const pairs = rankPairs(prices, { ...everything, hedge: "tls" }).pairs;
    for (const { yColumn, xColumn, hedgeRatio } of pairs) {
      const [y, x] = [prices.column(yColumn), prices.column(xColumn)];
      const center = (v: Float64Array): Float64Array =>
        v.map((value) => value - v.reduce((a, b) => a + b) / v.length);
      const [a, b] = [center(y), center(x)];
      // no other slope leaves less squared distance from the line
      const distance = (slope: number): number =>
        a.reduce((sum, value, t) => sum + (value - slope * b[t]!) ** 2, 0) / (1 + slope * slope);
      for (const factor of [0.999, 1.001]) {
        expect(distance(hedgeRatio)).toBeLessThan(distance(factor * hedgeRatio));
      }
    }
  });

  test("of logarithms is one of money, whatever the units of the prices", () => {
    const positive = prices.map((value) => exp(value / 50));
    const scaled = positive.map((value, _, j) => value * [1, 1000, 1e-3, 7, 2, 0.1][j]!);
    const options = { ...everything, logs: true, lags: 2 };
    const straight = rankPairs(positive, options).pairs;
    const again = rankPairs(scaled, options).pairs;
    expect(again.map(({ y, x }) => [y, x])).toEqual(straight.map(({ y, x }) => [y, x]));
    again.forEach((pair, k) => {
      expectClose(pair.statistic, straight[k]!.statistic, rounding(400, 1e3));
      expectClose(pair.score, straight[k]!.score, rounding(400, 1e4));
      expectClose(pair.hedgeRatio, straight[k]!.hedgeRatio, rounding(400, 1e3), 1);
    });
    const byHand = engleGranger(
      positive.column(straight[0]!.yColumn).map(log),
      positive.column(straight[0]!.xColumn).map(log),
      { lags: 2 },
    );
    expect(straight[0]!.statistic).toBe(byHand.statistic);
  });
});

describe("ragged histories", () => {
  test("are compared over the bars that both have", () => {
    const ragged = prices.clone();
    for (let t = 0; t < 120; t++) ragged.set(t, 1, Number.NaN);
    for (const t of [200, 201, 399]) ragged.set(t, 0, Number.NaN);
    const pair = rankPairs(ragged, everything).pairs.find(
      ({ y, x }) => [y, x].sort().join() === "ALFA,BETA",
    )!;
    const rows = Array.from({ length: 400 }, (_, t) => t).filter(
      (t) => t >= 120 && ![200, 201, 399].includes(t),
    );
    expect(pair.bars).toBe(277);
    const [y, x] = [pair.yColumn, pair.xColumn].map((j) => Float64Array.from(rows, (t) => prices.get(t, j)));
    const alone = engleGranger(y!, x!);
    expectClose([pair.statistic, pair.hedgeRatio], [alone.statistic, alone.hedgeRatios[0]!], bits);
    expectClose(pair.zScore, alone.spread.at(-1)! / std(alone.spread), rounding(400));
  });

  test("that share too little are counted", () => {
    const apart = prices.clone();
    for (let t = 0; t < 200; t++) apart.set(t, 0, Number.NaN);
    for (let t = 200; t < 400; t++) apart.set(t, 1, Number.NaN);
    expect(rankPairs(apart, everything).excluded["too-few-bars"]).toBe(1);
  });
});

describe("progress and aborting", () => {
  test("progress ends with all pairs tested", () => {
    const told: [number, number][] = [];
    rankPairs(prices, { ...named, onProgress: ({ tested, total }) => told.push([tested, total]) });
    expect(told.at(-1)).toEqual([15, 15]);
  });

  test("a signal stops the ranking with its reason", async () => {
    const wide = new Matrix(60, 20, createRandom("wide").fillNormal(new Float64Array(1200)));
    const stopped = (): RankPairsOptions => {
      const controller = new AbortController();
      const onProgress = (): void => controller.abort(new Error("enough"));
      return { minBars: 50, signal: controller.signal, onProgress };
    };
    expect(() => rankPairs(wide, stopped())).toThrow("enough");
    await expect(rankPairsAsync(wide, stopped())).rejects.toThrow("enough");
  });

  test("the event loop has its turn between the steps", async () => {
    const wide = new Matrix(60, 20, createRandom("wide").fillNormal(new Float64Array(1200)));
    const controller = new AbortController();
    const work = rankPairsAsync(wide, { minBars: 50, signal: controller.signal });
    setTimeout(() => controller.abort(new Error("from outside")), 0);
    await expect(work).rejects.toThrow("from outside");
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, RankPairsOptions, string][] = [
    ["a name twice", { names: ["A", "B", "A", "D", "E", "F"] }, 'names must differ, got "A" twice'],
    ["too few names", { names: ["A"] }, "names must be 6 names, one a column, got Array(1)"],
    ["too short a window", { minBars: 10 }, "minBars must be an integer ≥ 40, got 10"],
    [
      "a rate above one",
      { falseDiscoveryRate: 2 },
      "falseDiscoveryRate must be strictly between 0 and 1, got 2",
    ],
    ["a half-life below zero", { minHalfLife: -1 }, "minHalfLife must be non-negative and finite, got -1"],
    ["no pairs at all", { top: 0 }, "top must be an integer ≥ 1, got 0"],
    [
      "an unknown order",
      { orderBy: "beauty" as "score" },
      "orderBy must be one of 'score', 'p-value', 'half-life'",
    ],
    ["lags below zero", { lags: -1 }, "lags must be an integer ≥ 0, got -1"],
    [
      "two ways to say lags",
      { lags: 1, maxLags: 2 },
      "maxLags must be left out when lags is a number, got 2",
    ],
    ["no signal", { signal: 1 as unknown as AbortSignal }, "signal must be an AbortSignal, got 1"],
    ["no callback", { onProgress: 1 as unknown as () => void }, "onProgress must be a function, got 1"],
    [
      "an unknown option",
      { hegde: "ols" } as RankPairsOptions,
      "unknown option 'hegde'; did you mean 'hedge'?",
    ],
  ];
  test.each(refusals)("%s", (_, options, message) => {
    expect(() => rankPairs(prices, options)).toThrow(message);
  });

  test("prices that have no logarithm, or no end", () => {
    const zero = prices.clone();
    zero.set(3, 2, 0);
    expect(() => rankPairs(zero, { ...named, logs: true })).toThrow(
      'the price of "CARO" in row 3 must be positive and finite for logs, got 0',
    );
    expect(rankPairs(zero, named).tested).toBe(15);
    zero.set(3, 2, Number.POSITIVE_INFINITY);
    expect(() => rankPairs(zero, named)).toThrow(
      'the price of "CARO" in row 3 must be finite, or NaN where missing, got Infinity',
    );
  });

  test("a single name, and names beside a panel's own", () => {
    expect(() => rankPairs(new Matrix(100, 1))).toThrow("prices must have at least two columns, got 1");
    const panel = new Panel({ index: [0, 1], columns: ["A", "B"], values: new Matrix(2, 2) });
    expect(() => rankPairs(panel, { names: ["C", "D"] })).toThrow("names must be left out for a panel");
  });

  test("inputs stay as they were", () => {
    const before = prices.clone();
    rankPairs(prices, { ...named, logs: true });
    expect(sameBits(prices, before)).toBe(true);
  });
});

test("of 45 pairs of independent walks hardly any universe has one that passes", () => {
  let universes = 0;
  for (let round = 0; round < 40; round++) {
    const random = createRandom(`null ${round}`);
    const walks = new Matrix(150, 10);
    for (let t = 1; t < 150; t++) {
      for (let j = 0; j < 10; j++) walks.set(t, j, walks.get(t - 1, j) + random.normal());
    }
    const options = { lags: 0, falseDiscoveryRate: 0.1, maxHurst: 9, maxHalfLife: 1e9 };
    if (rankPairs(walks, options).passed > 0) universes++;
  }
  // the share of universes with a false discovery is at most 0.1: 40 of them have at most 0.1 · 40 + 4 √(40 · 0.1 · 0.9)
  expect(universes).toBeLessThanOrEqual(4 + 4 * Math.sqrt(3.6));
});
