import { describe, expect, test } from "vitest";
import { atPeak, duel, ladder, markdownReport, medianRatio, runLadders, within } from "../src/index.ts";

const quick = { pairs: 5, slice: 0.0005, warmUp: 0.001 };

describe("parity", () => {
  test("is judged on the scale of the largest entry, and a NaN never agrees", () => {
    expect(within(1e-9)([1, 1e-12], [1, 0])).toBeUndefined();
    expect(within(1e-15)([1, 1e-12], [1, 0])).toMatch(/differs by 1e-12/);
    expect(within(1)([1, 2], [1, Number.NaN])).toMatch(/differs by NaN/);
    expect(within(1)([1], [1, 2])).toBe("2 numbers instead of 1");
  });

  test("a peer that disagrees stops the run before any clock starts", async () => {
    let clocked = 0;
    const wrong = ladder({
      name: "wrong",
      sizes: [1],
      describe: String,
      prepare: () => ({
        ours: () => 1,
        peers: {
          peer: {
            run: () => {
              clocked++;
              return 2;
            },
          },
        },
        disagreement: within(1e-9),
      }),
    });
    await expect(runLadders([wrong], undefined, quick, () => {})).rejects.toThrow(
      "no parity with peer at the start",
    );
    expect(clocked).toBe(1);
  });

  test("a peer that spoils its own input is found after the clock", async () => {
    const spoiling = ladder({
      name: "spoiling",
      sizes: [1],
      describe: String,
      prepare: () => {
        let calls = 0;
        return {
          ours: () => 1,
          peers: { peer: { run: () => (calls++ === 0 ? 1 : 0) } },
          disagreement: within(1e-9),
        };
      },
    });
    await expect(runLadders([spoiling], undefined, quick, () => {})).rejects.toThrow("after the clock");
  });
});

test("a limit is timed but never compared, and its ratio is the share of it that we reach", async () => {
  const share = ladder({
    name: "share",
    sizes: [1],
    describe: String,
    prepare: () => ({
      ours: () => 1,
      peers: { "f64x2 peak": { limit: atPeak(48_000) } },
      disagreement: within(1e-9),
    }),
  });
  const [entry] = await runLadders([share], undefined, quick, () => {});
  expect(entry!.duel!.theirs).toBeGreaterThan(0);
  expect(atPeak(48)()).toBe(12 * 1.5);
});

describe("ratios", () => {
  test("the median and its interval are order statistics", () => {
    const ratios = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(medianRatio(ratios)).toEqual({ median: 50.5, lower: 41, upper: 61, pairs: 100 });
  });

  test("a contestant that takes twice the simulated time has ratio 2", async () => {
    const clock = (cost: number) => (repetitions: number) => Promise.resolve(cost * repetitions);
    const { ratio } = await duel(clock(0.001), clock(0.002), quick);
    expect(ratio.median).toBeCloseTo(2, 12);
  });
});

test("a Python peer is reported as not run where there is no Python", async () => {
  const needsPython = ladder({
    name: "needs Python",
    sizes: [3],
    describe: (n) => `n = ${n}`,
    prepare: () => ({
      ours: () => 1,
      peers: { numpy: { python: "x", inputs: {} } },
      disagreement: within(1),
    }),
  });
  const entries = await runLadders([needsPython], undefined, quick, () => {});
  expect(entries).toEqual([
    { ladder: "needs Python", size: "n = 3", peer: "numpy", reason: "no Python here" },
  ]);
  const report = markdownReport({ node: "v20", processor: "test", versions: {}, entries });
  expect(report).toContain("| needs Python | n = 3 | numpy | – | – | not run: no Python here |");
});
