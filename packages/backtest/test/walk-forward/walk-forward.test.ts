import { createRandom, Matrix, mean, Panel } from "@astra-quant/core-linalg";
import { performanceSummary } from "@astra-quant/risk";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  combinatorialBacktest,
  combinatorialSplits,
  type TestedRows,
  type WalkForwardRun,
  walkForward,
  walkForwardAsync,
  walkForwardSplits,
} from "../../src/index.ts";

const NAN = Number.NaN;
const noise = createRandom("walk")
  .fillNormal(new Float64Array(40))
  .map((z) => 0.01 * z);

/** Goes the way that paid on the rows learnt from. */
const follow: WalkForwardRun<Float64Array, number> = {
  data: noise,
  splits: walkForwardSplits(40, { trainRows: 10, testRows: 10 }),
  fit: ({ data }) => Math.sign(mean(data)),
  evaluate: ({ data }, side) => data.map((r) => side * r),
  periodsPerYear: 252,
};

describe("a walk forward", () => {
  test("joins what was earned out of sample, and leaves the rest NaN", () => {
    const { folds, returns, summary } = walkForward(follow);
    const sides = [10, 20, 30].map((end) => Math.sign(mean(noise.slice(0, end))));
    expect(folds.map(({ parameters }) => parameters)).toEqual(sides);
    expect([...returns]).toEqual(
      Array.from(noise, (r, t) => (t < 10 ? NAN : sides[Math.floor(t / 10) - 1]! * r)),
    );
    expect(summary).toEqual(performanceSummary(returns.slice(10), { periodsPerYear: 252 }));
  });

  test("says for each fold what the parameters earned in sample and out of sample", () => {
    const { folds, sharpe, efficiency, summary } = walkForward(follow);
    const { inSample, outOfSample } = folds[1]!;
    const side = folds[1]!.parameters;
    expect(inSample).toEqual(
      performanceSummary(
        noise.slice(0, 20).map((r) => side * r),
        { periodsPerYear: 252 },
      ),
    );
    expect(outOfSample).toEqual(
      performanceSummary(
        noise.slice(20, 30).map((r) => side * r),
        { periodsPerYear: 252 },
      ),
    );
    expectClose(sharpe.inSample, mean(folds.map((fold) => fold.inSample.sharpe)), rounding(3));
    expectClose(sharpe.outOfSample, mean(folds.map((fold) => fold.outOfSample.sharpe)), rounding(3));
    expectClose(
      efficiency,
      summary.meanReturn / mean(folds.map((fold) => fold.inSample.meanReturn)),
      rounding(8),
    );
  });

  test("warns in words where nothing carries over", () => {
    const { warnings, efficiency, summary } = walkForward(follow);
    expect(efficiency).toBeLessThan(0.5);
    expect(warnings[0]).toContain(
      `Out of sample the Sharpe ratio is ${summary.sharpe.toFixed(2)} with a standard error`,
    );
    expect(warnings[1]).toContain("what was fitted does not carry over");
    const sure = walkForward({
      ...follow,
      evaluate: ({ data }) => data.map((_, t) => 0.01 + (t % 2) * 1e-4),
    });
    expect(sure.warnings).toEqual([]);
  });

  test("gives the functions copies of the rows that they may see, and nothing behind them", () => {
    const data = {
      close: noise,
      table: new Matrix(
        40,
        2,
        new Float64Array(80).map((_, k) => k),
      ),
      panel: new Panel({ index: noise.map((_, t) => t), columns: ["a"], values: new Matrix(40, 1, noise) }),
      side: Int8Array.from(noise, (_, t) => t),
      rows: Array.from(noise, (r) => [r]),
      names: Array.from(noise, (_, t) => `day ${t}`),
    };
    let seen = 0;
    const look = (given: typeof data, first: number, count: number): void => {
      seen++;
      for (const numbers of [
        given.close,
        given.side,
        given.table.data,
        given.panel.values.data,
        given.panel.index,
      ]) {
        expect(numbers.buffer.byteLength).toBe(numbers.byteLength);
      }
      expect([...given.close]).toEqual([...noise.slice(first, first + count)]);
      expect([...given.side]).toEqual(Array.from({ length: count }, (_, t) => first + t));
      expect([...given.table.data]).toEqual(Array.from({ length: 2 * count }, (_, k) => 2 * first + k));
      expect([...given.panel.index]).toEqual(Array.from({ length: count }, (_, t) => first + t));
      expect(given.names).toEqual(Array.from({ length: count }, (_, t) => `day ${first + t}`));
      expect(given.rows.length).toBe(count);
      given.close.fill(7);
      given.rows[0]![0] = 7;
    };
    const before = JSON.stringify(data);
    walkForward({
      data,
      splits: walkForwardSplits(40, { folds: 2, testRows: 10, window: "rolling", trainRows: 15 }),
      fit: ({ data: given, ranges }) => look(given, ranges[0]!.firstRow, 15),
      evaluate: ({ data: given, range }) => {
        const count = range.lastRow - range.firstRow + 1;
        look(given, range.firstRow, count);
        return new Float64Array(count).fill(0.01);
      },
      periodsPerYear: 252,
    });
    expect(seen).toBe(6);
    expect(JSON.stringify(data)).toBe(before);
  });

  test("cannot see the future: what comes after a test changes nothing up to its end", () => {
    const changed = noise.map((r, t) => (t >= 30 ? -5 * r : r));
    const [one, other] = [walkForward(follow), walkForward({ ...follow, data: changed })];
    expect(other.returns.slice(0, 30)).toEqual(one.returns.slice(0, 30));
    expect(other.folds.slice(0, 2)).toEqual(one.folds.slice(0, 2));
    expect(other.returns[35]).not.toBe(one.returns[35]);
  });

  test("shows rows before the tested ones to warm up with, as many as asked for", () => {
    const shown: [number, number, number][] = [];
    const { returns } = walkForward({
      ...follow,
      history: 12,
      evaluate: ({ data, range, firstTested }: TestedRows<Float64Array>) => {
        shown.push([range.firstRow, firstTested, data.length]);
        return data.map((r, t) => (t < firstTested ? 99 : r));
      },
    });
    expect(shown.slice(0, 2)).toEqual([
      [0, 0, 10],
      [10, 10, 20],
    ]);
    expect(shown.at(-1)).toEqual([30, 12, 22]);
    expect([...returns.slice(10)]).toEqual([...noise.slice(10)]);
  });

  test("takes NaN at the beginning as not yet begun, and leaves it out of the summary", () => {
    const { returns, summary } = walkForward({
      ...follow,
      evaluate: ({ data }) => data.map((r, t) => (t === 0 ? NAN : r)),
    });
    expect(returns[10]).toBeNaN();
    expect(summary.observations).toBe(27);
  });

  test("leaves the figures of a ruin undefined", () => {
    const { summary, folds, warnings } = walkForward({
      ...follow,
      evaluate: ({ data }) => data.map(() => -1),
    });
    expect([summary.totalReturn, summary.sharpe, folds[0]!.inSample.cagr]).toEqual([-1, NAN, NAN]);
    expect(warnings).toEqual([
      "Out of sample the Sharpe ratio is undefined: the 30 returns do not vary or end in ruin",
    ]);
  });

  test("waits for functions that take their time, with the same bits", async () => {
    const told: number[] = [];
    const later = await walkForwardAsync(
      {
        ...follow,
        fit: async (training) => follow.fit(training),
        evaluate: async (tested, side) => follow.evaluate(tested, side),
      },
      { onProgress: ({ done, folds }) => told.push(done / folds) },
    );
    expect(later).toEqual(walkForward(follow));
    expect(told).toEqual([1 / 3, 2 / 3, 1]);
  });

  test("stops where its signal is aborted, with the signal's reason", async () => {
    const control = new AbortController();
    let fitted = 0;
    const run = walkForwardAsync(
      {
        ...follow,
        fit: async (training) => {
          if (++fitted === 2) control.abort(new Error("enough"));
          return follow.fit(training);
        },
      },
      { signal: control.signal },
    );
    await expect(run).rejects.toThrow("enough");
    expect(fitted).toBe(2);
  });
});

describe("a combinatorial backtest", () => {
  const splits = combinatorialSplits(40, { groups: 4, testGroups: 2 });
  const spec = { ...follow, splits };

  test("joins tests to paths in which every row has parameters that have not seen it", () => {
    const { folds, paths, sharpe } = combinatorialBacktest(spec);
    expect([folds.length, paths.length]).toEqual([6, 3]);
    splits.paths.forEach((path, k) => {
      const expected = Array.from(noise, (r, t) => folds[path[Math.floor(t / 10)]!]!.parameters * r);
      expect([...paths[k]!.returns]).toEqual(expected);
    });
    expectClose(sharpe.mean, mean(paths.map(({ summary }) => summary.sharpe)), rounding(8));
    expect(sharpe.shareBelowZero).toBe(paths.filter(({ summary }) => summary.sharpe < 0).length / 3);
  });

  test("refuses what is not made by combinatorialSplits", () => {
    expect(() => combinatorialBacktest({ ...spec, splits: splits.splits as never })).toThrow(
      "splits must be what combinatorialSplits gives { groups, splits, paths }, got Array(6)",
    );
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string][] = [
    ["no data", { data: 3 }, "data must be a series, a table or several by name, got 3"],
    [
      "data of different lengths",
      { data: { a: [1, 2], b: [1] } },
      "data.b must have 2 rows like the rest, got 1",
    ],
    ["data that are no rows", { data: { a: [1], b: "x" } }, 'data.b must be a series or a table, got "x"'],
    ["no splits", { splits: [] }, "splits must be a list of splits, at least one, got Array(0)"],
    [
      "a split of no rows",
      { splits: [{ train: [], test: [] }] },
      "splits[0].train must be ranges of rows, at least one, got Array(0)",
    ],
    [
      "a test beyond the data",
      { splits: [{ train: [{ firstRow: 0, lastRow: 5 }], test: [{ firstRow: 6, lastRow: 40 }] }] },
      "splits[0].test[0].lastRow must be an integer ≥ 6 and ≤ 39, got 40",
    ],
    [
      "a row that is learnt from and tested",
      { splits: [{ train: [{ firstRow: 0, lastRow: 9 }], test: [{ firstRow: 9, lastRow: 12 }] }] },
      "splits[0] must not test on a row it learns from, got row 9",
    ],
    [
      "a row that is tested twice",
      { splits: walkForwardSplits(40, { trainRows: 10, testRows: 10, step: 5 }) },
      "splits must test no row twice, got row 15 again in splits[1]; combinatorialBacktest joins such tests to paths",
    ],
    ["no fit", { fit: 3 }, "fit must be a function, got 3"],
    [
      "an answer of another length",
      { evaluate: () => [1] },
      "evaluate must answer with 10 returns, one a tested row, got 1 for rows 0 to 9",
    ],
    [
      "an answer with a gap",
      { evaluate: ({ data }: { data: Float64Array }) => data.map((r, t) => (t === 4 ? NAN : r)) },
      "evaluate must answer with finite returns once they have begun, got NaN at row 4",
    ],
    [
      "an answer that is a promise",
      { fit: async () => 1 },
      "fit and evaluate must answer at once, got a promise; walkForwardAsync waits for it",
    ],
    ["a negative history", { history: -1 }, "history must be an integer ≥ 0, got -1"],
    ["no year", { periodsPerYear: 0 }, "periodsPerYear must be positive and finite, got 0"],
    ["an unknown option", { split: 1 }, "unknown option 'split'; did you mean 'splits'?"],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      expect(() => walkForward({ ...follow, ...change } as never)).toThrow(message);
    });
  }

  test("a signal that is none", async () => {
    await expect(walkForwardAsync(follow, { signal: 3 as never })).rejects.toThrow(
      "signal must be an AbortSignal, got 3",
    );
  });

  test("what the functions throw comes through", () => {
    const fit = () => {
      throw new RangeError("singular");
    };
    expect(() => walkForward({ ...follow, fit })).toThrow(RangeError);
  });
});
