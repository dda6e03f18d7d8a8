import { createRandom, Matrix, multiply } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtestOverfitting, minimumBacktestLength } from "../../src/index.ts";
import { blockMoments } from "../../src/overfit/block-moments.ts";

const options = { periodsPerYear: 252, blocks: 4 };

function noise(seed: string, rows: number, strategies: number): Matrix {
  return new Matrix(
    rows,
    strategies,
    createRandom(seed)
      .fillNormal(new Float64Array(rows * strategies))
      .map((z) => 0.01 * z),
  );
}

describe("choosing the best of several strategies", () => {
  test("is no overfitting where one is the best in every block", () => {
    const returns = noise("skill", 80, 6);
    for (let t = 0; t < 80; t++) returns.data[6 * t + 2]! += 0.1;
    const found = backtestOverfitting(returns, options);
    expect(found.probability).toBe(0);
    expect(found.probabilityOfLoss).toBe(0);
    expect(new Set(found.chosen)).toEqual(new Set([2]));
    expectClose(found.logits, Array(6).fill(Math.log(6 / 1)), rounding(4));
    expect(found.selectionGain).toBeGreaterThan(0);
  });

  test("is overfitting for certain where what wins one half loses the other", () => {
    // Two strategies with opposite returns in the halves of every cut: each is good in two blocks and bad in two.
    const good = [0.02, 0.01, 0.02, 0.01];
    const bad = good.map((r) => -r);
    const rows = [0, 1, 2, 3].flatMap((block) =>
      good.map((_, t) => [0, 1, 2, 3].map((strategy) => (strategy === block ? good : bad)[t]!)),
    );
    const found = backtestOverfitting(rows, options);
    expect(found.probability).toBe(1);
    expect(found.degradation.slope).not.toBeGreaterThan(0);
  });

  test("fails in about half of the ways where nobody has any skill", () => {
    const shares = Array.from(
      { length: 60 },
      (_, k) =>
        backtestOverfitting(noise(`luck ${k}`, 120, 20), { periodsPerYear: 252, blocks: 8 }).probability,
    );
    const average = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - average) ** 2, 0) / (59 * 60));
    expect(Math.abs(average - 0.5)).toBeLessThan(4 * spread);
    expect(spread).toBeLessThan(0.05);
  });

  test("gives the same from block moments as from returns, in bits", () => {
    const returns = noise("moments", 77, 5);
    const moments = Array.from({ length: 5 }, (_, j) => blockMoments(returns.column(j), 8));
    expect(backtestOverfitting(moments, { periodsPerYear: 252 })).toEqual(
      backtestOverfitting(returns, { periodsPerYear: 252, blocks: 8 }),
    );
  });

  test("counts a strategy that earns nothing as a ratio of 0", () => {
    const returns = [0.01, -0.02, 0.005, -0.01, 0.004, -0.03, 0.01, -0.02].map((r) => [r, 0]);
    const found = backtestOverfitting(returns, options);
    expect(new Set(found.chosen)).toEqual(new Set([1]));
    expect(new Set(found.outOfSample)).toEqual(new Set([0]));
    expect(found.probabilityOfLoss).toBe(0);
  });

  test("counts returns that do not vary as a ratio of 0 whatever rounding leaves of them", () => {
    const constant = Array.from({ length: 64 }, (_, t) => [0.1, t % 2 === 0 ? 0.01 : -0.005]);
    const found = backtestOverfitting(constant, options);
    expect(new Set(found.chosen)).toEqual(new Set([1]));
  });

  test("does not mind the scale of the returns, huge or tiny", () => {
    const returns = noise("scale", 64, 4);
    const expected = backtestOverfitting(returns, options);
    for (const scale of [2 ** 300, 2 ** -300]) {
      const scaled = multiply(returns, scaled4(scale));
      expect(backtestOverfitting(scaled, options)).toEqual(expected);
    }
  });

  test("has 12 870 ways to halve 16 blocks, the default", () => {
    const { logits, blocks } = backtestOverfitting(noise("many", 64, 2), { periodsPerYear: 252 });
    expect([logits.length, blocks]).toEqual([12_870, 16]);
  });
});

function scaled4(scale: number): Matrix {
  const matrix = Matrix.identity(4);
  matrix.data.forEach((value, k) => {
    matrix.data[k] = value * scale;
  });
  return matrix;
}

describe("misuse is refused with the argument, the rule and the value", () => {
  const two = noise("two", 20, 2);
  const moments = blockMoments(two.column(0), 4);
  const refusals: [string, () => unknown, string][] = [
    [
      "odd blocks",
      () => backtestOverfitting(two, { periodsPerYear: 252, blocks: 5 }),
      "blocks must be even, got 5: halves are equally long",
    ],
    [
      "too many blocks",
      () => backtestOverfitting(two, { periodsPerYear: 252, blocks: 22 }),
      "blocks must be an integer ≥ 2 and ≤ 20, got 22",
    ],
    [
      "too few rows",
      () => backtestOverfitting(two, { periodsPerYear: 252 }),
      "records must have at least 2 rows a block, 32 for 16 blocks, got 20",
    ],
    [
      "a single strategy",
      () => backtestOverfitting(two.column(0), options),
      "the number of strategies must be an integer ≥ 2, got 1",
    ],
    [
      "a gap",
      () => backtestOverfitting([[1, 2], [Number.NaN, 1], ...two.toRows()], options),
      "records[1][0] must be finite, got NaN",
    ],
    [
      "an unknown option",
      () => backtestOverfitting(two, { ...options, block: 4 } as never),
      "unknown option 'block'; did you mean 'blocks'?",
    ],
    [
      "moments of other rows",
      () => backtestOverfitting([moments, { ...moments, counts: Float64Array.of(5, 5, 5, 4) }], options),
      "records[1].counts[3] must be 5 as in records[0], got 4: strategies are compared over the same rows",
    ],
    [
      "moments that are none",
      () => backtestOverfitting([moments, 3] as never, options),
      "records[1] must be block moments { counts, means, squares }, got 3",
    ],
    ["no trials", () => minimumBacktestLength(0), "trials must be an integer ≥ 1, got 0"],
    [
      "a ratio of nothing",
      () => minimumBacktestLength(3, { sharpe: 0 }),
      "sharpe must be positive and finite, got 0",
    ],
  ];
  for (const [what, call, message] of refusals) {
    test(what, () => {
      expect(call).toThrow(message);
    });
  }
});
