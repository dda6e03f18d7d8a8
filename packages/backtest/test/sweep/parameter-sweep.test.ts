import { createRandom, variance } from "@astra-quant/core-linalg";
import { deflatedSharpeRatio } from "@astra-quant/risk";
import { describe, expect, test } from "vitest";
import workerpool from "workerpool";
import {
  backtestOverfitting,
  minimumBacktestLength,
  type PoolLibrary,
  parameterGrid,
  parameterSweep,
  randomParameters,
  type SweptPoint,
  sweepPoints,
} from "../../src/index.ts";

const NAN = Number.NaN;
const random = createRandom("sweep");
const close = new Float64Array(400);
close[0] = 100;
for (let t = 1; t < close.length; t++) close[t] = close[t - 1]! * (1 + 0.01 * random.normal());

const moduleAt = (name: string): URL => new URL(`modules/${name}.mjs`, import.meta.url);
const crossover = {
  parameters: parameterGrid({ side: [1, -1], window: [2, 3, 5, 8, 13, 21, 34] }),
  module: moduleAt("crossover"),
  data: { close },
  periodsPerYear: 252,
};
/** Returns whose mean grows with the skill. */
const skilled = {
  parameters: parameterGrid({ skill: [0, 1, 2, 3, 4] }),
  module: {
    evaluate: ({ skill }: { skill: number }) =>
      createRandom(`luck ${skill}`)
        .fillNormal(new Float64Array(252))
        .map((z) => 0.01 * z + 0.002 * skill),
  },
  periodsPerYear: 252,
};

describe("a sweep on workers", () => {
  test("gives the same bits, in the same order, for any number of workers", async () => {
    const seen: number[][] = [];
    const run = async (workers: number) => {
      const order: number[] = [];
      const result = await parameterSweep(
        { ...crossover, workers },
        { onPoint: ({ index }) => order.push(index) },
      );
      seen.push(order);
      return result;
    };
    const here = await run(0);
    expect(await run(1)).toEqual(here);
    expect(await run(2)).toEqual(here);
    expect(await run(8)).toEqual(here);
    expect(seen).toEqual(Array(4).fill(Array.from({ length: 14 }, (_, i) => i)));
    expect([here.failed, here.best.length]).toEqual([2, 12]);
  });

  test("takes the pool that it is handed, as a bundle must", async () => {
    const asked: unknown[] = [];
    const pool = {
      pool: (options: Parameters<PoolLibrary["pool"]>[0]) => {
        asked.push(options);
        return workerpool.pool(options);
      },
    };
    expect(await parameterSweep({ ...crossover, workers: 2, pool })).toEqual(await parameterSweep(crossover));
    expect(asked).toEqual([{ minWorkers: 2, maxWorkers: 2, workerType: "auto" }]);
  });

  test("reports what failed with its parameters, and goes on", async () => {
    const { failures, sharpes, warnings } = await parameterSweep({ ...crossover, workers: 2 });
    expect(failures).toEqual([
      {
        status: "failed",
        index: 4,
        parameters: { side: 1, window: 13 },
        error: { name: "RangeError", message: "thirteen is not my number" },
      },
      expect.objectContaining({ index: 11, parameters: { side: -1, window: 13 } }),
    ]);
    expect([sharpes[4], sharpes[11], Number.isFinite(sharpes[5])]).toEqual([NAN, NAN, true]);
    expect(warnings[0]).toBe("2 of 14 points failed, and are in no figure");
  });

  test("loses only the point that kills its worker, and the one whose answer cannot be sent", async () => {
    const fates = ["lives", "dies", "lives", "unsendable", "lives"];
    const { failures, sharpes } = await parameterSweep({
      parameters: parameterGrid({ fate: fates }),
      module: moduleAt("mortal"),
      workers: 2,
      blocks: 2,
      periodsPerYear: 252,
    });
    expect(failures.map(({ index }) => index)).toEqual([1, 3]);
    expect(failures[0]!.error.message).toContain("terminated");
    expect([0, 2, 4].map((index) => Number.isFinite(sharpes[index]))).toEqual([true, true, true]);
  });

  test("says what is wrong with a module that cannot be loaded or prepared", async () => {
    for (const workers of [0, 2]) {
      const sweep = (name: string) => parameterSweep({ ...crossover, module: moduleAt(name), workers });
      await expect(sweep("unprepared")).rejects.toThrow("no filter converged");
      await expect(sweep("empty")).rejects.toThrow(/export(s no)? (a )?function evaluate/);
      await expect(sweep("nowhere")).rejects.toThrow("nowhere.mjs");
    }
  });

  test("ends at once when its signal is aborted, whatever its workers wait for", async () => {
    const control = new AbortController();
    const sweep = parameterSweep(
      {
        parameters: parameterGrid({ fate: ["waits", "waits", "waits", "waits"] }),
        module: moduleAt("mortal"),
        workers: 2,
        blocks: 2,
        periodsPerYear: 252,
      },
      { signal: control.signal },
    );
    setTimeout(() => control.abort(new Error("enough")), 200);
    await expect(sweep).rejects.toThrow("enough");
  });

  test("ends its workers when the loop over its points is left", async () => {
    const points: number[] = [];
    for await (const point of sweepPoints({ ...crossover, workers: 2 })) {
      points.push(point.index);
      if (point.index === 2) break;
    }
    expect(points).toEqual([0, 1, 2]);
  });
});

describe("a sweep in this thread", () => {
  test("prepares once, and tells the function what a record needs", async () => {
    let prepared = 0;
    const { best } = await parameterSweep({
      parameters: [{ shift: 0.01 }, { shift: 0.02 }, { shift: 0.03 }],
      module: {
        prepare: (data: { noise: number[] }) => {
          prepared++;
          return data.noise;
        },
        evaluate: ({ shift }: { shift: number }, noise: number[], context: object) => {
          expect(context).toEqual({ periodsPerYear: 12, blocks: 2, keepReturns: true });
          return noise.map((r) => r + shift);
        },
      },
      data: { noise: [0.01, -0.02, 0.01, 0.03] },
      periodsPerYear: 12,
      blocks: 2,
      keep: 2,
      keepReturns: true,
    });
    expect(prepared).toBe(1);
    expect(best.map(({ parameters }) => parameters.shift)).toEqual([0.03, 0.02]);
    expect([...best[0]!.record.returns!]).toEqual([0.01, -0.02, 0.01, 0.03].map((r) => r + 0.03));
  });

  test("begins no point before it is asked for, but for the next handful", async () => {
    let begun = 0;
    const points = sweepPoints({
      parameters: randomParameters({ a: { from: 0, to: 1 } }, { count: 1e6, seed: 1 }),
      module: {
        evaluate: ({ a }: { a: number }) => {
          begun++;
          return [a, -a, a, 0];
        },
      },
      periodsPerYear: 252,
      blocks: 2,
    });
    expect(begun).toBe(0);
    const first = (await points.next()).value as SweptPoint<{ a: number }>;
    expect(first.index).toBe(0);
    expect(begun).toBeLessThanOrEqual(64);
    await points.return();
  });

  test("can be aborted from outside while it runs", async () => {
    const control = new AbortController();
    setTimeout(() => control.abort(new Error("no more")), 1);
    const forever = {
      parameters: randomParameters({ a: [1, 2] }, { count: 1e6, seed: 1 }),
      module: { evaluate: () => [0.1, 0.2, 0, 0.1] },
      periodsPerYear: 252,
      blocks: 2,
    };
    await expect(parameterSweep(forever, { signal: control.signal })).rejects.toThrow("no more");
    const before = AbortSignal.abort(new Error("never"));
    await expect(parameterSweep(forever, { signal: before })).rejects.toThrow("never");
  });

  test("ends with the first failure where asked, naming the point", async () => {
    const spec = { ...crossover, stopOnError: true };
    await expect(parameterSweep(spec)).rejects.toThrow(
      'point 4 {"side":1,"window":13} failed: thirteen is not my number',
    );
  });

  test("keeps the best, and of equals those that came first", async () => {
    const returns = [0.01, -0.02, 0.03, 0];
    const { best, sharpes } = await parameterSweep({
      parameters: parameterGrid({ scale: [0.25, -1, 1, 0.5, 0.125] }), // a ratio does not see the scale, but the sign
      module: { evaluate: ({ scale }: { scale: number }) => returns.map((r) => r * scale) },
      periodsPerYear: 252,
      blocks: 2,
      keep: 3,
    });
    expect(new Set([0, 2, 3, 4].map((index) => sharpes[index])).size).toBe(1);
    expect(best.map(({ index }) => index)).toEqual([0, 2, 3]);
  });

  test("tells its progress", async () => {
    const told: string[] = [];
    await parameterSweep(skilled, { onProgress: ({ done, points }) => told.push(`${done}/${points}`) });
    expect(told).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
  });
});

describe("what stands beside the best point", () => {
  test("is what risk and the overfitting statistics say of all trials", async () => {
    const { best, sharpes, deflatedSharpe, overfitting, minimumYears, years } = await parameterSweep(skilled);
    const panel = Array.from({ length: 5 }, (_, skill) => skilled.module.evaluate({ skill }));
    const rows = Array.from({ length: 252 }, (_, t) => panel.map((returns) => returns[t]!));
    expect(overfitting).toEqual(backtestOverfitting(rows, { periodsPerYear: 252 }));
    const { sharpe, observations, skewness, kurtosis } = best[0]!.record;
    expect(best[0]!.parameters).toEqual({ skill: 4 });
    expect(deflatedSharpe).toEqual(
      deflatedSharpeRatio(
        { sharpe, observations, skewness, kurtosis },
        { periodsPerYear: 252, trials: { count: 5, variance: variance(sharpes) } },
      ),
    );
    expect(minimumYears).toBe(minimumBacktestLength(5, { sharpe }));
    expect(years).toBe(1);
  });

  test("is a warning in words where the best is not told from luck, or rests on few trades", async () => {
    const { warnings, overfitting } = await parameterSweep({
      ...skilled,
      parameters: parameterGrid({ seed: Array.from({ length: 40 }, (_, i) => i) }),
      module: {
        evaluate: ({ seed }: { seed: number }) => ({
          returns: createRandom(seed)
            .fillNormal(new Float64Array(252))
            .map((z) => 0.01 * z),
          trades: 7,
        }),
      },
      blocks: 8,
    } as never);
    expect(warnings[0]).toBe("The best point rests on 7 trades: fewer than 30 say little of the next");
    expect(warnings[1]).toMatch(
      /^The best of 40 points has a Sharpe ratio of .*; the best of as many without any skill is expected to show .*: it is not told from luck$/,
    );
    expect(overfitting!.blocks).toBe(8);
  });

  test("says so where choosing was overfitting", async () => {
    // Each point is good in two of four blocks and bad in the others: what wins one half loses the other.
    const { warnings, overfitting } = await parameterSweep({
      parameters: parameterGrid({ block: [0, 1, 2, 3] }),
      module: {
        evaluate: ({ block }: { block: number }) =>
          Array.from(
            { length: 16 },
            (_, t) => (Math.floor(t / 4) === block ? 1 : -1) * (t % 2 === 0 ? 0.02 : 0.01),
          ),
      },
      periodsPerYear: 252,
      blocks: 4,
    });
    expect(overfitting!.probability).toBe(1);
    expect(warnings.at(-1)).toBe(
      "In 100 % of the ways to cut the history in two, the best point of one half was no better than the median in the other: the choice is overfitted",
    );
  });

  test("is silence for a skill beyond doubt", async () => {
    const { warnings } = await parameterSweep({
      ...skilled,
      module: {
        evaluate: ({ skill }: { skill: number }) =>
          skilled.module.evaluate({ skill }).map((r) => r + 0.004 * skill),
      },
    });
    expect(warnings).toEqual([]);
  });

  test("is nothing where nothing has a ratio, and no overfitting where rows differ or none is asked for", async () => {
    const flat = await parameterSweep({ ...skilled, module: { evaluate: () => new Float64Array(64) } });
    expect([flat.best.length, flat.deflatedSharpe, flat.overfitting]).toEqual([0, null, null]);
    expect(flat.warnings).toEqual([
      "5 of 5 points have no Sharpe ratio (nothing varied, or ruin), and are not counted as trials",
      "No point has a Sharpe ratio: there is no best one",
    ]);
    const ragged = await parameterSweep({
      ...skilled,
      module: { evaluate: ({ skill }: { skill: number }) => skilled.module.evaluate({ skill }).slice(skill) },
    });
    expect(ragged.overfitting).toBeNull();
    expect(ragged.warnings.at(-1)).toBe(
      "The probability of overfitting is not told: points were observed over different rows",
    );
    expect((await parameterSweep({ ...skilled, blocks: 0 })).overfitting).toBeNull();
  });

  test("takes fewer blocks where points are many", async () => {
    const blocksOf = async (count: number) => {
      const sweep = {
        parameters: randomParameters({ a: { from: 0, to: 1 } }, { count, seed: 3 }),
        module: {
          evaluate: ({ a }: { a: number }) =>
            Float64Array.from({ length: 32 }, (_, t) => a * (t % 3) - a / 2),
        },
        periodsPerYear: 252,
      };
      for await (const point of sweepPoints(sweep)) return (point as SweptPoint).record.blocks.counts.length;
      return 0;
    };
    expect([await blocksOf(10), await blocksOf(5000), await blocksOf(20_000)]).toEqual([16, 14, 12]);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string][] = [
    [
      "no parameters",
      { parameters: [] },
      "parameters must be a list of points, a parameterGrid or randomParameters, at least one, got Array(0)",
    ],
    ["points that are none", { parameters: [3] }, "parameters.at(0) must be an object of parameters, got 3"],
    ["no module", { module: 3 }, "module must be a module's address, or { evaluate }, got 3"],
    [
      "a function for workers",
      { module: { evaluate: () => [] }, workers: 2 },
      "module must be the address of a module where workers are asked for, got Object",
    ],
    ["a pool that is none", { pool: 3 }, "pool must be the library workerpool, got 3"],
    ["half a worker", { workers: 0.5 }, "workers must be an integer ≥ 0 and ≤ 1024, got 0.5"],
    ["odd blocks", { blocks: 7 }, "blocks must be even, got 7: halves are equally long"],
    [
      "data that cannot be sent",
      { data: { close: () => 1 } },
      "data.close must be what can be sent to a worker, got function",
    ],
    ["no year", { periodsPerYear: undefined }, "periodsPerYear must be positive and finite, got undefined"],
    ["an unknown option", { worker: 2 }, "unknown option 'worker'; did you mean 'workers'?"],
  ];
  for (const [what, change, message] of refusals) {
    test(what, async () => {
      await expect(parameterSweep({ ...crossover, ...change } as never)).rejects.toThrow(message);
    });
  }

  test("a listener that is none", async () => {
    await expect(parameterSweep(skilled, { onPoint: 3 } as never)).rejects.toThrow(
      "onPoint must be a function, got 3",
    );
    await expect(parameterSweep(skilled, { onProgress: 3 } as never)).rejects.toThrow(
      "onProgress must be a function",
    );
    await expect(parameterSweep(skilled, { signal: {} } as never)).rejects.toThrow(
      "signal must be an AbortSignal",
    );
  });

  test("an answer that is no returns fails its point", async () => {
    const { failures } = await parameterSweep({ ...skilled, module: { evaluate: () => "profit" as never } });
    expect(failures[0]!.error.message).toBe(
      'the swept function must answer with returns, an object with returns, or a sweepRecord, got "profit"',
    );
  });
});
