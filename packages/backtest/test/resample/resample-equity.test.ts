import {
  automaticBlockLength,
  type BootstrapMethod,
  bootstrap,
  createRandom,
  quantile,
  std,
} from "@astra-quant/core-linalg";
import { maxDrawdown, performanceSummary } from "@astra-quant/risk";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equityShard, mergeEquityShards, type ResampleMethod, resampleEquity } from "../../src/index.ts";

const NAN = Number.NaN;
const returns = createRandom("equity")
  .fillNormal(new Float64Array(250))
  .map((z) => 0.0005 + 0.01 * z);
const options = { seed: "desk", periodsPerYear: 252, count: 200 };

describe("what an equity curve might have been", () => {
  test("is core-linalg's bootstrap, in bits, where that has the method", () => {
    for (const method of [
      "independent",
      "stationary",
      "circular",
    ] as const satisfies readonly BootstrapMethod[]) {
      const found = resampleEquity(returns, { ...options, method });
      const statistic = (sample: Float64Array) => maxDrawdown(sample).depth;
      const theirs = bootstrap(returns, {
        random: createRandom("desk"),
        statistic,
        method,
        replications: 200,
      });
      expectClose(found.paths.maxDrawdown, theirs.replications, bits);
      expectClose(
        [found.maxDrawdown.estimate, found.maxDrawdown.lower, found.maxDrawdown.upper],
        [theirs.estimate, theirs.interval.lower, theirs.interval.upper],
        bits,
      );
      expect(found.blockLength).toBe(theirs.blockLength);
    }
  });

  test("has the summary's figures of the returns as they were", () => {
    const {
      terminalWealth,
      cagr,
      sharpe,
      maxDrawdown: depth,
      longestUnderwater,
    } = resampleEquity(returns, options);
    const summary = performanceSummary(returns, { periodsPerYear: 252 });
    expect(terminalWealth.estimate - 1).toBe(summary.totalReturn);
    expect([cagr.estimate, depth.estimate, longestUnderwater.estimate]).toEqual([
      summary.cagr,
      summary.maxDrawdown,
      summary.longestUnderwater,
    ]);
    expectClose(sharpe.estimate, summary.sharpe, rounding(250));
  });

  test("has intervals that are quantiles of the paths, and probabilities that are shares of them", () => {
    const found = resampleEquity(returns, { ...options, confidence: 0.8, drawdown: -0.12, ruin: 0.95 });
    const { terminalWealth, maxDrawdown: depths, lowestWealth } = found.paths;
    expect(found.terminalWealth.lower).toBe(quantile(terminalWealth, (1 - 0.8) / 2));
    expect(found.terminalWealth.upper).toBe(quantile(terminalWealth, 1 - (1 - 0.8) / 2));
    expect(found.terminalWealth.median).toBe(quantile(terminalWealth, 0.5));
    expect(found.terminalWealth.standardError).toBe(std(terminalWealth));
    const share = (values: Float64Array, limit: number) =>
      values.filter((value) => value <= limit).length / 200;
    expect(found.drawdownBeyond.probability).toBe(share(depths, -0.12));
    expect(found.ruin.probability).toBe(share(lowestWealth, 0.95));
    const p = found.loss.probability;
    expect(p).toBe(terminalWealth.filter((wealth) => wealth < 1).length / 200);
    expect(found.loss.standardError).toBe(Math.sqrt((p * (1 - p)) / 200));
    expect(found.drawdownBeyond.probability).toBeGreaterThan(0);
    expect(found.ruin.probability).toBeGreaterThan(0);
  });

  test("draws path r from the seed and r alone: more paths leave the first ones as they were", () => {
    const [few, many] = [
      resampleEquity(returns, options),
      resampleEquity(returns, { ...options, count: 300 }),
    ];
    expect(many.paths.sharpe.slice(0, 200)).toEqual(few.paths.sharpe);
    expect(resampleEquity(returns, { ...options, seed: "other" }).paths.sharpe).not.toEqual(few.paths.sharpe);
  });

  test("draws moving blocks from inside the series: neighbours stay neighbours, and nothing goes around", () => {
    const rising = Float64Array.from({ length: 12 }, (_, t) => (t + 1) / 1000);
    const { paths } = resampleEquity(rising, { ...options, method: "moving", blockLength: 12 });
    expect(new Set(paths.terminalWealth).size).toBe(1);
    const around = resampleEquity(rising, { ...options, method: "circular", blockLength: 6, horizon: 6 });
    const inside = resampleEquity(rising, { ...options, method: "moving", blockLength: 6, horizon: 6 });
    expect([new Set(around.paths.sharpe).size, new Set(inside.paths.sharpe).size]).toEqual([12, 7]);
  });

  test("may look further or less far than the history", () => {
    const [short, long] = [21, 1000].map((horizon) => resampleEquity(returns, { ...options, horizon }));
    expect(long!.terminalWealth.standardError).toBeGreaterThan(short!.terminalWealth.standardError);
    expect(long!.paths.longestUnderwater.some((run) => run > 250)).toBe(true);
    expect(short!.paths.longestUnderwater.every((run) => run <= 21)).toBe(true);
  });

  test("takes the block length of Politis and White, rounded up for blocks of one length", () => {
    const { stationary, circular } = automaticBlockLength(returns);
    const lengthOf = (method: ResampleMethod) => resampleEquity(returns, { ...options, method }).blockLength;
    expect(lengthOf("stationary")).toBe(Math.max(1, stationary));
    expect([lengthOf("circular"), lengthOf("moving")]).toEqual(
      Array(2).fill(Math.ceil(Math.max(1, circular))),
    );
    expect(lengthOf("independent")).toBe(1);
  });

  test("leaves nothing after a return of −1, and the ratio of what does not vary undefined", () => {
    const ruin = resampleEquity([-1.5, -1.5, -1.5], { ...options, method: "independent" });
    expect([ruin.terminalWealth.upper, ruin.cagr.upper, ruin.maxDrawdown.upper]).toEqual([0, -1, -1]);
    expect([ruin.ruin.probability, ruin.loss.probability]).toEqual([1, 1]);
    const flat = resampleEquity(new Float64Array(20), options);
    expect([flat.sharpe.estimate, flat.sharpe.lower, flat.terminalWealth.lower]).toEqual([NAN, NAN, 1]);
  });

  test("leaves out what had not begun", () => {
    expect(resampleEquity([NAN, NAN, ...returns], options)).toEqual(resampleEquity(returns, options));
  });
});

describe("shards", () => {
  test("of any number, in any order, make the same bits as the whole", () => {
    const whole = resampleEquity(returns, options);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer(), (count, turn) => {
        const shards = Array.from({ length: count }, (_, index) =>
          equityShard(returns, options, { index, count }),
        );
        const sent = structuredClone(
          shards.sort((a, b) => ((a.first * 7 + turn) % 5) - ((b.first * 7 + turn) % 5)),
        );
        expect(mergeEquityShards(returns, options, sent)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  test("that are missing or there twice are refused", () => {
    const [a, b] = [0, 1].map((index) => equityShard(returns, options, { index, count: 2 }));
    const merge = (shards: unknown) => () => mergeEquityShards(returns, options, shards as never);
    expect(merge([a!])).toThrow("shards must cover 200 paths once each, got 100 of which 100 join on");
    expect(merge([b!])).toThrow("shards must cover 200 paths once each, got 100 of which 0 join on");
    expect(merge([a!, b!, b!])).toThrow(
      "shards must cover 200 paths once each, got 300 of which 200 join on",
    );
    expect(merge([a!, 3])).toThrow("shards[1] must be a shard, got 3");
    expect(merge([{ ...a!, sharpe: new Float64Array(3) }, b])).toThrow(
      "shards[0].sharpe must have 100 entries, got 3",
    );
    expect(merge(3)).toThrow("shards must be an array, got 3");
    expect(() => equityShard(returns, options, { index: 2, count: 2 })).toThrow(
      "place.index must be an integer ≥ 0 and ≤ 1, got 2",
    );
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string][] = [
    ["no paths", { count: 1 }, "count must be an integer ≥ 2 and ≤ 10000000, got 1"],
    [
      "an unknown method",
      { method: "block" },
      "method must be one of 'stationary', 'circular', 'moving', 'independent'",
    ],
    [
      "blocks for independent draws",
      { method: "independent", blockLength: 3 },
      "blockLength must be left out for independent draws, got 3",
    ],
    [
      "half a block",
      { method: "moving", blockLength: 2.5 },
      "blockLength must be an integer ≥ 1 and ≤ 250, got 2.5",
    ],
    ["blocks below 1", { blockLength: 0.5 }, "blockLength must be between 1 and 250, got 0.5"],
    ["a drawdown that is a gain", { drawdown: 0.2 }, "drawdown must be at most 0, got 0.2"],
    ["ruin by standing still", { ruin: 1 }, "ruin must be strictly between 0 and 1, got 1"],
    ["certainty", { confidence: 1 }, "confidence must be strictly between 0 and 1, got 1"],
    ["no horizon", { horizon: 1 }, "horizon must be an integer ≥ 2, got 1"],
    ["an unknown option", { paths: 3 }, "unknown option 'paths'; known options: seed, periodsPerYear, count"],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      expect(() => resampleEquity(returns, { ...options, ...change } as never)).toThrow(message);
    });
  }

  test("a gap, and too short a history", () => {
    expect(() => resampleEquity([0.1, NAN, 0.2], options)).toThrow(
      "returns[1] must be finite once the returns have begun, got NaN",
    );
    expect(() => resampleEquity([0.1], options)).toThrow(
      "the number of returns must be an integer ≥ 2, got 1",
    );
    expect(() => resampleEquity([0.1, 0.2], options)).toThrow(
      "the number of returns must be an integer ≥ 10, got 2",
    );
  });
});
