import { expectClose, price, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fundingSchedule, type Position, priceFunding } from "../../src/index.ts";

const bps = fc.integer({ min: 0, max: 5000 }).map((tenths) => tenths / 10);
const schedules = fc
  .record({
    baseRate: fc.integer({ min: -20_000, max: 200_000 }).map((millionths) => millionths / 1e6),
    longSpreadBps: bps,
    shortSpreadBps: bps,
    borrowFeeBps: bps,
    dayCount: fc.constantFrom("ACT/360" as const, "ACT/365F" as const),
  })
  .map(fundingSchedule);
const positions: fc.Arbitrary<Position> = fc.record({
  asset: fc.constantFrom("A", "B", "C"),
  shares: fc.integer({ min: -10_000, max: 10_000 }),
  price,
});
const books = fc.array(positions, { minLength: 1, maxLength: 20 });
const negated = (book: readonly Position[]) =>
  priceFunding(
    book.map((line) => ({ ...line, shares: -(line as { shares: number }).shares })),
    { baseRate: 0, longSpreadBps: 0, shortSpreadBps: 0, borrowFeeBps: 0 },
  );

describe("priceFunding", () => {
  test("is additive: two books together cost what they cost apart", () => {
    fc.assert(
      fc.property(books, books, schedules, (a, b, schedule) => {
        const whole = priceFunding([...a, ...b], schedule);
        const [first, second] = [priceFunding(a, schedule), priceFunding(b, schedule)];
        expect(whole.rows).toEqual([...first.rows, ...second.rows]);
        const size = Math.abs(first.total) + Math.abs(second.total);
        expectClose(whole.total, first.total + second.total, rounding(2), size || 1);
        expectClose(whole.gross, first.gross + second.gross, rounding(2));
      }),
    );
  });

  test("is linear in the notional; the rate and the hurdle do not depend on size", () => {
    fc.assert(
      fc.property(books, schedules, fc.integer({ min: 1, max: 1000 }), (book, schedule, k) => {
        const notionals = priceFunding(book, schedule).rows.map(({ asset, notional }) => ({
          asset,
          notional,
        }));
        const one = priceFunding(notionals, schedule);
        const many = priceFunding(
          notionals.map(({ asset, notional }) => ({ asset, notional: k * notional })),
          schedule,
        );
        const scale = one.rows.reduce((sum, { daily }) => sum + Math.abs(daily), 0) || 1;
        expectClose(many.total, k * one.total, rounding(4), k * scale);
        if (one.gross > 0) {
          expectClose(many.grossRate, one.grossRate, rounding(8), (scale * 366) / one.gross);
        }
      }),
    );
  });

  test("a row has the sign of its annual rate; a long pays whenever its rate is positive", () => {
    fc.assert(
      fc.property(books, schedules, (book, schedule) => {
        for (const row of priceFunding(book, schedule).rows) {
          expect(Math.sign(row.daily)).toBe(row.side === "flat" ? 0 : Math.sign(row.annualRate));
          const payable = (schedule.baseRate as number) + (schedule.longSpreadBps as number) / 10_000;
          if (row.side === "long") expect(Math.sign(row.daily)).toBe(-Math.sign(payable) + 0);
        }
      }),
    );
  });

  test("gross bounds net, and turning the book over keeps gross and mirrors net", () => {
    fc.assert(
      fc.property(books, schedules, (book, schedule) => {
        const { gross, net } = priceFunding(book, schedule);
        expect(Math.abs(net)).toBeLessThanOrEqual(gross);
        expect([negated(book).gross, negated(book).net + net]).toEqual([gross, 0]);
      }),
    );
  });

  test("the hurdle is never negative, and no higher than the dearest row's rate", () => {
    fc.assert(
      fc.property(books, schedules, (book, schedule) => {
        const { rows, gross, hurdle } = priceFunding(book, schedule);
        if (gross === 0) return;
        expect(hurdle).toBeGreaterThanOrEqual(0);
        const dearest = Math.max(0, ...rows.map(({ annualRate }) => -annualRate));
        expect(hurdle).toBeLessThanOrEqual(dearest * (1 + rounding(8).relative));
      }),
    );
  });

  test("a dearer borrow never helps a book", () => {
    fc.assert(
      fc.property(books, schedules, bps, (book, schedule, more) => {
        const dearer = { ...schedule, borrowFeeBps: (schedule.borrowFeeBps as number) + more };
        const [cheap, dear] = [priceFunding(book, schedule), priceFunding(book, dearer)];
        for (const [i, row] of dear.rows.entries()) {
          expect(row.daily).toBeLessThanOrEqual(cheap.rows[i]!.daily);
        }
      }),
    );
  });
});
