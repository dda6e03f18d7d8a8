import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accrueFunding, compoundedRate, type EquitySwapOptions, equitySwap } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const DAY = 86_400_000;
const dates = Array.from({ length: 120 }, (_, i) => Date.UTC(2026, 0, 1) + i * DAY);
const fixings = { dates, rates: dates.map((_, i) => 0.036 + 0.00001 * i) };
const swap: EquitySwapOptions = {
  shares: 1000,
  resets: ["2026-01-05", "2026-02-05", "2026-03-05"],
  prices: [100, 110, 99],
  fixings,
  spreadBps: 50,
};

describe("equitySwap", () => {
  test("a receiver pays the compounded rate and the spread on the notional of each reset", () => {
    const { periods, performance } = equitySwap(swap);
    const [first, second] = periods;
    expect([first!.notional, second!.notional, first!.performance, second!.performance, performance]).toEqual(
      [100_000, 110_000, 10_000, -11_000, -1000],
    );
    const { rate, fraction } = compoundedRate(fixings, {
      from: "2026-01-05",
      to: "2026-02-05",
      spreadBps: 50,
    });
    expect([first!.from, first!.to, first!.annualRate]).toEqual(["2026-01-05", "2026-02-05", -rate]);
    expectClose(first!.funding, -100_000 * rate * fraction, rounding(2));
  });

  test("a payer receives the rate less the spread and the borrow fee", () => {
    const { periods } = equitySwap({ ...swap, shares: -1000, borrowFeeBps: 40 });
    const { rate } = compoundedRate(fixings, { from: "2026-01-05", to: "2026-02-05" });
    expectClose(periods[0]!.annualRate, rate - 0.009, rounding());
    expect(periods[0]!.performance).toBe(-10_000);
  });

  test("without resets of the notional the start's is funded throughout", () => {
    const { periods } = equitySwap({ ...swap, resetNotional: false });
    expect(periods.map(({ notional }) => notional)).toEqual([100_000, 100_000]);
  });

  test("dividends are passed in the period of their ex-date, after tax", () => {
    const dividends = [
      { date: "2026-01-05", amount: 9 },
      { date: "2026-01-20", amount: 0.5 },
      { date: "2026-02-05", amount: 0.25 },
      { date: "2026-02-06", amount: 1 },
    ];
    const { periods, dividends: passed } = equitySwap({ ...swap, dividends, dividendShare: 0.85 });
    expectClose([periods[0]!.dividends, periods[1]!.dividends, passed], [637.5, 850, 1487.5], rounding());
    expect(equitySwap({ ...swap, shares: -1000, dividends }).periods[1]!.dividends).toBe(-1000);
  });

  test("a swap and its mirror at no spread cancel to the last bit", () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 50_000 }));
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 9999 }),
        (steps, shares) => {
          let day = 0;
          const resets = steps.map(([length]) => dates[(day += length) - 1]!);
          const spec = {
            ...swap,
            spreadBps: 0,
            resets,
            prices: steps.map(([, cents]) => cents / 100),
            dividends: [{ date: resets[1]!, amount: 1 }],
          };
          const [long, short] = [equitySwap({ ...spec, shares }), equitySwap({ ...spec, shares: -shares })];
          expect([
            long.funding + short.funding,
            long.performance + short.performance,
            long.dividends + short.dividends,
            long.net + short.net,
          ]).toEqual([0, 0, 0, 0]);
          expectClose(long.net, long.funding + long.performance + long.dividends, rounding(8), 1e9);
        },
      ),
    );
  });

  test("a price that stands still, or a swap of no shares, is 0 and no negative zero", () => {
    const still = { ...swap, prices: [100, 100, 100] };
    for (const shares of [-1000, 0, -0]) {
      expect(equitySwap({ ...still, shares }).periods[0]!.performance).toBe(0);
    }
    expect(equitySwap({ ...still, shares: 0 }).periods[0]!.funding).toBe(0);
  });

  test("takes resets as the index of a panel has them", () => {
    const resets = Float64Array.from(swap.resets, (date) => Date.parse(date as string));
    expect(equitySwap({ ...swap, resets })).toEqual(equitySwap(swap));
  });

  test("simple interest over a week is what the same long costs in cash", () => {
    const options = {
      ...swap,
      resets: ["2026-01-05", "2026-01-12"],
      prices: [100, 101],
      average: "simple" as const,
    };
    const schedule = { baseRate: fixings, longSpreadBps: 50, shortSpreadBps: 0, borrowFeeBps: 0 };
    const week = { ...fixings, dates: fixings.dates };
    const { total } = accrueFunding(
      [{ asset: "X", shares: 1000, price: 100 }],
      { ...schedule, baseRate: weekdaysOnly(week) },
      { from: "2026-01-05", to: "2026-01-12" },
    );
    expectClose(equitySwap(options).funding, total, rounding(8));
  });

  test.each<[Partial<Record<keyof EquitySwapOptions, unknown>>, string]>([
    [{ resets: ["2026-01-05"] }, "data: resets must be at least two dates, got Array(1)"],
    [
      { resets: ["2026-02-05", "2026-01-05", "2026-03-05"] },
      "data: resets[1] must be after 2026-02-05, got 2026-01-05",
    ],
    [{ prices: [1, 2] }, "shape: prices must have 3 entries, got 2"],
    [{ prices: [1, 0, 2] }, "range: prices[1] must be positive and finite, got 0"],
    [{ shares: Number.NaN }, "not-finite: shares must be a finite number, got NaN"],
    [{ borrowFeeBps: -1 }, "range: borrowFeeBps must be non-negative and finite, got -1"],
    [{ resetNotional: "no" }, 'option: resetNotional must be true or false, got "no"'],
    [
      { dividends: [{ date: "2026-01-20", amount: -1 }] },
      "range: dividends[0].amount must be non-negative and finite, got -1",
    ],
    [
      { resets: ["2025-12-20", "2026-02-05", "2026-03-05"] },
      "data: fixings must be known on or before 2025-12-19, but begins on 2026-01-01",
    ],
    [{ dividendShare: 85 }, "range: dividendShare must be between 0 and 1, got 85"],
    [{ shares: 1e308 }, "not-finite: shares × price must be a finite number, got Infinity"],
    [{ spreadBp: 3 } as object, "option: unknown option 'spreadBp'; did you mean 'spreadBps'?"],
  ])("refuses %j", (change, message) => {
    expect(refusal(() => equitySwap({ ...swap, ...change } as EquitySwapOptions))).toBe(message);
  });
});

/** Fixings of business days, so that a weekend takes Friday's in both. */
function weekdaysOnly(series: { dates: number[]; rates: number[] }) {
  const kept = series.dates.flatMap((date, i) => ([0, 6].includes(new Date(date).getUTCDay()) ? [] : [i]));
  return { dates: kept.map((i) => series.dates[i]!), rates: kept.map((i) => series.rates[i]!) };
}
