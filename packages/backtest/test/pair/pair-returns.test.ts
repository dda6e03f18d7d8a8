import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  linearCost,
  type PairBarsSpec,
  pairBacktest,
  pairBars,
  pairReturns,
  sweepRecord,
} from "../../src/index.ts";

const NAN = Number.NaN;
const truth = fixture(import.meta.url, "pair.json");

function market(seed: string, rows: number): Required<Pick<PairBarsSpec, "x" | "y" | "slope">> {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: rows }, () => 40 + 20 * random.uniform());
  const slope = x.map(() => 1 + random.uniform());
  return { x, y: x.map((price, t) => 10 + slope[t]! * price + random.uniform()), slope };
}

describe("returns of positions in a pair, and nothing else", () => {
  test("are pandas' own, for every hedge and capital", () => {
    const { x, y, slope, position, bps } = truth;
    const given = { x, y, slope: slope.map((s: number | null) => s ?? NAN), bps };
    const ways = { dollar_gross: {}, dollar_y: { capital: "y" }, seed: { hedge: "seed" } } as const;
    for (const [name, way] of Object.entries(ways)) {
      const found = pairReturns(pairBars({ ...given, ...way }), position);
      expectClose(found.returns.slice(1), truth[name].returns, rounding(50), 1);
      expectClose(
        found.turnover,
        truth[name].turnover.reduce((sum: number, t: number) => sum + t, 0),
        rounding(500),
      );
      expect([found.trades, found.barsInPosition]).toEqual([truth.trades, truth.barsInPosition]);
    }
  });

  test("are pairBacktest's but for rounding, with its trades, turnover and bars in position", () => {
    const sides = fc.array(fc.constantFrom(-1, 0, 0, 1, 0.5, -2), { minLength: 4, maxLength: 60 });
    const ways = fc.constantFrom({}, { capital: "y" as const }, { hedge: "seed" as const });
    fc.assert(
      fc.property(sides, ways, fc.constantFrom(0, 1.5, 30), fc.string(), (position, way, bps, seed) => {
        const given = { ...market(seed, position.length), ...way };
        const full = pairBacktest({ ...given, position, costs: [linearCost({ bps })], periodsPerYear: 252 });
        fc.pre(full.ruinRow === null);
        const lean = pairReturns(pairBars({ ...given, bps }), position);
        expectClose(lean.returns, full.returns, rounding(8), 10);
        expect([lean.trades, lean.barsInPosition]).toEqual([full.trades.length, full.barsInPosition]);
        expectClose(
          lean.turnover,
          full.turnover.reduce((sum, t) => sum + t, 0),
          rounding(60),
          100,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("make the record of the full backtest, but for rounding", () => {
    const given = market("record", 400);
    const position = Int8Array.from(
      { length: 400 },
      (_, t) => Math.sign(Math.sin(t / 9)) * (t % 20 < 15 ? 1 : 0),
    );
    const full = pairBacktest({ ...given, position, costs: [linearCost({ bps: 2 })], periodsPerYear: 252 });
    const options = { periodsPerYear: 252 };
    const [lean, slow] = [
      sweepRecord(pairReturns(pairBars({ ...given, bps: 2 }), position), options),
      sweepRecord(full, options),
    ];
    for (const name of ["sharpe", "totalReturn", "maxDrawdown", "turnover", "skewness"] as const) {
      expectClose(lean[name]!, slow[name]!, rounding(1000), Math.max(1, Math.abs(slow[name]!)));
    }
    expect([lean.trades, lean.longestUnderwater]).toEqual([slow.trades, slow.longestUnderwater]);
  });

  test("take positions as bytes or as numbers, in bits, and write where they are told to", () => {
    const bars = pairBars({ ...market("bytes", 50), bps: 3 });
    const position = Int8Array.from({ length: 50 }, (_, t) => ((t % 7) - 3 > 0 ? 1 : -1));
    const out = new Float64Array(50);
    const found = pairReturns(bars, position, { out });
    expect(found.returns).toBe(out);
    expect(pairReturns(bars, Float64Array.from(position))).toEqual(found);
  });

  test("are 0 while nothing is held, whatever is missing then, and before anything is decided", () => {
    const given = { x: [50, NAN, 50, 51, 52], y: [100, 101, 102, NAN, 104], slope: [NAN, 2, 2, 2, 2] };
    const { returns, trades } = pairReturns(pairBars(given), [NAN, NAN, 0, 0, 1]);
    expect([...returns, trades]).toEqual([NAN, 0, 0, 0, 0, 0]);
  });

  test("end with a ruin", () => {
    const given = { x: [1, 1, 1, 1], y: [1, 1, 5, 1], slope: [1, 1, 1, 1], capital: "y" as const };
    const { returns, barsInPosition } = pairReturns(pairBars(given), [-1, -1, -1, -1]);
    expect([...returns, barsInPosition]).toEqual([NAN, 0, -4, 0, 2]);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const given = { x: [50, 51, 52], y: [100, 101, 102], slope: [2, NAN, 2] };
  const bars = pairBars(given);
  const refusals: [string, () => unknown, string][] = [
    ["another length", () => pairBars({ ...given, y: [1] }), "y must have 3 entries, got 1"],
    [
      "a price below 0",
      () => pairBars({ ...given, x: [1, -1, 1] }),
      "x[1] must be positive and finite, got -1",
    ],
    [
      "capital that the seed does not know",
      () => pairBars({ ...given, hedge: "seed", capital: "gross" }),
      "hedge 'seed' counts returns on y's money: capital must be 'y', got 'gross'",
    ],
    ["costs that pay", () => pairBars({ ...given, bps: -1 }), "bps must be non-negative and finite, got -1"],
    [
      "an unknown option",
      () => pairBars({ ...given, costs: 1 } as never),
      "unknown option 'costs'; known options: x, y, slope",
    ],
    [
      "a position without a slope",
      () => pairReturns(bars, [0, 1, 1]),
      "x, y and slope must be there wherever a position is held: row 2 has no return for position 1",
    ],
    [
      "positions of another length",
      () => pairReturns(bars, Int8Array.of(1)),
      "position must have 3 entries, got 1",
    ],
    [
      "a gap",
      () => pairReturns(bars, [1, NAN, 1]),
      "position[1] must be finite (NaN only before the first number), got NaN",
    ],
    [
      "bars that are none",
      () => pairReturns({} as never, [1]),
      "bars must be what pairBars gives, got Object",
    ],
    [
      "an out of another length",
      () => pairReturns(bars, [1, 0, 0], { out: new Float64Array(2) }),
      "out must be a Float64Array of 3 entries, got Float64Array(2)",
    ],
  ];
  for (const [what, call, message] of refusals) {
    test(what, () => {
      expect(call).toThrow(message);
    });
  }
});
