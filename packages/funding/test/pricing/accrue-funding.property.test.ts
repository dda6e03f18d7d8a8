import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AccrueFundingOptions,
  accrueFunding,
  type FundingAccrual,
  type FundingScheduleOptions,
  fundingSchedule,
  type Position,
  priceFunding,
  type Trade,
} from "../../src/index.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const dateOf = (day: number) => START + day * DAY;

const bps = fc.integer({ min: 0, max: 5000 }).map((tenths) => tenths / 10);
const tiers = fc.tuple(fc.integer({ min: 1, max: 10 }), bps, bps).map(([edge, low, high]) => [
  { upTo: edge * 100_000, bps: low },
  { above: edge * 100_000, bps: high },
]);
const fixings = fc
  .array(fc.integer({ min: -20_000, max: 100_000 }), { minLength: 70, maxLength: 70 })
  .map((rates) => ({ dates: rates.map((_, i) => dateOf(i - 3)), rates: rates.map((rate) => rate / 1e6) }));
const schedules: fc.Arbitrary<FundingScheduleOptions> = fc.record(
  {
    baseRate: fc.oneof(
      fc.integer({ min: -20_000, max: 100_000 }).map((rate) => rate / 1e6),
      fixings,
    ),
    longSpreadBps: fc.oneof(bps, tiers),
    shortSpreadBps: fc.oneof(bps, tiers),
    borrowFeeBps: bps,
    cashSpreadBps: bps,
    netting: fc.constantFrom("none" as const, "full" as const, 0.3),
    collateral: fc.constantFrom({}, { ratio: 1.05, roundUpTo: 0 }),
    floors: fc.constantFrom({ shortRate: 0 }, { baseRate: 0, debitRate: 0.01 }),
    borrowMinimum: fc.constantFrom(0, 5),
  },
  { requiredKeys: ["baseRate", "longSpreadBps", "shortSpreadBps", "borrowFeeBps"] },
);
const shares = fc.integer({ min: -5000, max: 5000 });
const price = fc.integer({ min: 10, max: 50_000 }).map((cents) => cents / 100);
const books: fc.Arbitrary<Position[]> = fc
  .array(fc.record({ shares, price }), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.map((line, i) => ({ asset: `A${i}`, ...line })));
const trades: fc.Arbitrary<Trade[]> = fc.array(
  fc.record({
    asset: fc.constantFrom("A0", "A1", "NEW"),
    shares,
    price,
    date: fc.integer({ min: -2, max: 60 }).map(dateOf),
  }),
  { maxLength: 6 },
);
const equity = fc.option(fc.integer({ min: -1_000_000, max: 3_000_000 }), { nil: undefined });
const split = fc.tuple(fc.nat(30), fc.nat(15), fc.nat(15));

/** The size that cancels out: what the parts add up to without their signs. */
function sizeOf({ amountsByComponent, account }: FundingAccrual): number {
  const parts = Object.values(amountsByComponent).flatMap(({ data }) => Array.from(data));
  return (
    [...parts, ...Object.values(account.components)].reduce((sum: number, part) => sum + Math.abs(part), 0) ||
    1
  );
}

describe("accrueFunding", () => {
  test("two periods that meet are the whole, day by day to the bit and on a statement to the cent", () => {
    fc.assert(
      fc.property(books, schedules, trades, equity, split, (book, schedule, traded, own, [a, b, c]) => {
        const account: Partial<AccrueFundingOptions> = {
          trades: traded,
          ...(own === undefined ? {} : { equity: own }),
        };
        const accrue = (from: number, to: number, more: object = {}) =>
          accrueFunding(book, schedule, { ...account, from: dateOf(from), to: dateOf(to), ...more });
        const whole = accrue(a, a + b + c);
        const [first, second] = [accrue(a, a + b), accrue(a + b, a + b + c)];
        expect(whole.days).toEqual([...first.days, ...second.days]);
        expectClose(first.total + second.total, whole.total, rounding(4), sizeOf(whole));
        const cents = ([from, to]: [number, number]) =>
          Math.round(100 * accrue(from, to, { rounding: "statement" }).total);
        expect(cents([a, a + b]) + cents([a + b, a + b + c])).toBe(cents([a, a + b + c]));
      }),
    );
  });

  test("sums over days, positions and components are one total, to rounding as computed and exactly in cents", () => {
    fc.assert(
      fc.property(books, schedules, trades, equity, (book, schedule, traded, own) => {
        const period = {
          from: START,
          to: dateOf(20),
          trades: traded,
          ...(own === undefined ? {} : { equity: own }),
        };
        for (const rule of ["none", "statement"] as const) {
          const accrual = accrueFunding(book, schedule, { ...period, rounding: rule });
          const { total, days, positions, account, components } = accrual;
          const sums = [
            days.map((day) => day.total),
            [...positions, account].map((entry) => entry.total),
            Object.values(components) as number[],
          ].map((entries) =>
            entries.reduce((sum, entry) => sum + (rule === "none" ? entry : Math.round(100 * entry)), 0),
          );
          if (rule === "statement") {
            expect(sums).toEqual(Array(3).fill(Math.round(100 * total)));
            // every sum is the very double that its cents read as
            for (const entry of [...days, ...positions, account]) {
              const amounts = [entry.total, ...Object.values(entry.components)];
              expect(amounts.map((amount) => Math.round(100 * amount) / 100)).toEqual(amounts);
            }
          }
          if (rule === "none") expectClose(sums, [total, total, total], rounding(32), sizeOf(accrual));
        }
      }),
    );
  });

  test("a statement is never further from the computed amounts than half a cent a row", () => {
    fc.assert(
      fc.property(books, schedules, (book, schedule) => {
        const period = { from: START, to: dateOf(12) };
        const [exact, printed] = (["none", "statement"] as const).map((rule) =>
          accrueFunding(book, schedule, { ...period, rounding: rule }),
        );
        const slack = rounding().relative * sizeOf(exact!);
        printed!.amounts.data.forEach((amount, k) => {
          expect(Math.abs(amount - exact!.amounts.data[k]!)).toBeLessThanOrEqual(0.005 + slack);
        });
        for (const part of ["base", "spread", "rebate", "borrow"] as const) {
          printed!.amountsByComponent[part].data.forEach((amount, k) => {
            expect(Math.abs(amount - exact!.amountsByComponent[part].data[k]!)).toBeLessThanOrEqual(
              0.01 + slack,
            );
          });
        }
      }),
    );
  });

  test("is linear in a book whose prices scale, where nothing is tiered, rounded or a least charge", () => {
    const linear = fc.record({
      baseRate: fixings,
      longSpreadBps: bps,
      shortSpreadBps: bps,
      borrowFeeBps: bps,
      netting: fc.constantFrom("none" as const, "full" as const, 0.3),
    });
    fc.assert(
      fc.property(books, linear, equity, fc.integer({ min: 2, max: 100 }), (book, schedule, own, k) => {
        const total = (scale: number) =>
          accrueFunding(
            book.map((line) => ({ ...line, price: (line as { price: number }).price * scale }) as Position),
            schedule,
            { from: START, to: dateOf(10), ...(own === undefined ? {} : { equity: own * scale }) },
          );
        expectClose(total(k).total, k * total(1).total, rounding(32), k * sizeOf(total(1)));
      }),
    );
  });

  test("a row's components add up to it, and have the signs of what they are", () => {
    fc.assert(
      fc.property(books, schedules, equity, (book, schedule, own) => {
        const options = { date: START, ...(own === undefined ? {} : { equity: own }) };
        const { rows, balances } = priceFunding(book, schedule, options);
        for (const { daily, components, side } of [
          ...rows,
          ...balances.map((entry) => ({ ...entry, side: "cash" })),
        ]) {
          const { base, spread, rebate, borrow } = components;
          const size = Math.abs(base) + Math.abs(spread) + Math.abs(rebate) + Math.abs(borrow) || 1;
          expectClose(base + spread + rebate + borrow, daily, rounding(4), size);
          expect(borrow).toBeLessThanOrEqual(0);
          if (side !== "short") expect([rebate, borrow]).toEqual([0, 0]);
          if (side === "short") expect(spread).toBe(0);
        }
      }),
    );
  });

  test("own money and netting never cost anything while debits cost more than credits earn", () => {
    const sane = fc.record({
      baseRate: fc.integer({ min: 0, max: 100_000 }).map((rate) => rate / 1e6),
      longSpreadBps: bps,
      shortSpreadBps: bps,
      borrowFeeBps: bps,
    });
    fc.assert(
      fc.property(
        books,
        sane,
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (book, schedule, own, netting) => {
          const { total } = priceFunding(book, schedule);
          const size = sizeOf(accrueFunding(book, schedule, { from: START, to: dateOf(1) }));
          const slack = rounding(16).relative * size;
          expect(priceFunding(book, schedule, { equity: own }).total).toBeGreaterThanOrEqual(total - slack);
          expect(priceFunding(book, { ...schedule, netting }).total).toBeGreaterThanOrEqual(total - slack);
        },
      ),
    );
  });

  test("a schedule read twice is the same schedule", () => {
    fc.assert(
      fc.property(schedules, (options) => {
        const schedule = fundingSchedule(options);
        expect(fundingSchedule({ ...schedule })).toEqual(schedule);
      }),
    );
  });
});
