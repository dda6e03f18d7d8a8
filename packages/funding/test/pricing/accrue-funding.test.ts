import { BusinessCalendar, Panel } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { accrueFunding, MarketCalendar, type Position, priceFunding, type Trade } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const terms = { baseRate: 0.036, longSpreadBps: 50, shortSpreadBps: 25, borrowFeeBps: 40 };
const book: Position[] = [
  { asset: "X", shares: 1000, price: 360 },
  { asset: "Y", shares: -500, price: 720 },
];
const week = { from: "2026-02-06", to: "2026-02-13" };

describe("accrueFunding", () => {
  test("each calendar day is the day that priceFunding prices, a weekend three of them", () => {
    const { total, days, positions, components } = accrueFunding(book, terms, week);
    const day = priceFunding(book, terms);
    expect(days.map(({ date }) => date)[2]).toBe("2026-02-08");
    expect(days.every((entry) => entry.total === day.total)).toBe(true);
    expectClose(total, 7 * day.total, rounding(4));
    expectClose(positions[1]!.total, 7 * day.rows[1]!.daily, rounding(4));
    expectClose(components.borrow, -28, rounding(4));
    expect(accrueFunding(book, terms, { from: "2026-02-06", to: "2026-02-09" }).days).toHaveLength(3);
  });

  test("a rate that changes inside the period is charged from its day on", () => {
    const baseRate = { dates: ["2026-02-05", "2026-02-06", "2026-02-09"], rates: [0.01, 0.036, 0.072] };
    const { days } = accrueFunding(
      [book[0]!],
      { ...terms, baseRate, longSpreadBps: 0 },
      { from: "2026-02-06", to: "2026-02-10" },
    );
    expectClose(
      days.map(({ total }) => total),
      [-36, -36, -36, -72],
      rounding(),
    );
    expect(days.map((day) => day.baseRate)).toEqual([0.036, 0.036, 0.036, 0.072]);
  });

  test("a holiday takes the fixing of the business day before, and needs none of its own", () => {
    const calendar = new MarketCalendar("US-SIFMA");
    const baseRate = { dates: ["2026-02-13", "2026-02-17"], rates: [0.036, 0.072] };
    const period = { from: "2026-02-13", to: "2026-02-18" };
    const rates = accrueFunding(book, { ...terms, baseRate }, { ...period, calendar }).days.map(
      (day) => day.baseRate,
    );
    expect(rates).toEqual([0.036, 0.036, 0.036, 0.036, 0.072]); // Washington's Birthday is Monday the 16th
    expect(refusal(() => accrueFunding(book, { ...terms, baseRate }, period))).toContain(
      "business day 2026-02-16",
    );
  });

  const sale: Trade = { asset: "X", shares: -1000, price: 400, date: "2026-02-06" };
  const charged = (trades: Trade[], settlementLag: number, more: object = {}) =>
    accrueFunding([book[0]!], terms, { ...week, trades, settlementLag, ...more }).days.map(({ total }) =>
      Math.round(total),
    );

  test("a sale on Friday is financed until Monday at T+1, until Tuesday at T+2, and no day at T+0", () => {
    expect(charged([sale], 1)).toEqual([-41, -41, -41, 0, 0, 0, 0]);
    expect(charged([sale], 2)).toEqual([-41, -41, -41, -41, 0, 0, 0]);
    expect(charged([sale], 0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test("a holiday puts settlement off", () => {
    const calendar = new BusinessCalendar({ holidays: ["2026-02-09"] });
    expect(charged([sale], 1, { calendar })).toEqual([-41, -41, -41, -41, 0, 0, 0]);
  });

  test("a trade from before the period that settles inside counts from its settlement, one that settles after it not", () => {
    expect(charged([{ ...sale, date: "2026-02-05" }], 2)).toEqual([-41, -41, -41, 0, 0, 0, 0]);
    expect(charged([{ ...sale, date: "2026-02-12" }], 1)).toEqual([-41, -41, -41, -41, -41, -41, -41]);
  });

  test("a sale beyond what is held is a short; one asset is one position", () => {
    const { positions, days } = accrueFunding([book[0]!], terms, {
      ...week,
      settlementLag: 0,
      trades: [{ ...sale, shares: -2000, price: 360 }],
    });
    expect(positions).toHaveLength(1);
    expectClose(days[0]!.total, 29.5, rounding(4));
  });

  test("an asset that only a trade brought in is a position of its own, flat before", () => {
    const bought: Trade = { asset: "NEW", shares: 100, price: 3600, date: "2026-02-06" };
    const { positions, amounts } = accrueFunding(book, terms, { ...week, trades: [bought] });
    expect(positions.map(({ asset }) => asset)).toEqual(["X", "Y", "NEW"]);
    expect(Array.from(amounts.column(2), (amount) => Math.round(amount))).toEqual([
      0, 0, 0, -41, -41, -41, -41,
    ]);
  });

  test("closes mark the positions, gaps passed over", () => {
    const index = ["2026-02-05", "2026-02-06", "2026-02-09"].map((date) => Date.parse(date));
    const prices = new Panel({ index, columns: ["X"], values: [[360], [Number.NaN], [720]] });
    const { days } = accrueFunding([book[0]!], terms, { ...week, prices });
    expectClose(
      days.map(({ total }) => total),
      [-41, -41, -41, -82, -82, -82, -82],
      rounding(2),
    );
  });

  test("a notional is traded in notionals", () => {
    const trades: Trade[] = [{ asset: "X", notional: -360_000, date: "2026-02-06" }];
    const { days } = accrueFunding([{ asset: "X", notional: 720_000 }], terms, { ...week, trades });
    expectClose(
      days.map(({ total }) => total),
      [-82, -82, -82, -41, -41, -41, -41],
      rounding(2),
    );
  });

  test("a period without days costs nothing", () => {
    const { total, days, positions } = accrueFunding(book, terms, { from: "2026-02-06", to: "2026-02-06" });
    expect([total, days.length, positions.map((entry) => entry.total)]).toEqual([0, 0, [0, 0]]);
  });

  test("a statement's rows are cents whose parts and sums are exact", () => {
    const accrual = accrueFunding(
      [...book, { asset: "Z", notional: -123_456.78 }],
      { ...terms, baseRate: 0.03595 },
      { from: "2026-01-01", to: "2027-01-01", rounding: "statement", equity: 77_777.77 },
    );
    const cents = (amount: number) => Math.round(100 * amount);
    const parts = accrual.amountsByComponent;
    accrual.amounts.data.forEach((amount, k) => {
      const sum =
        cents(parts.base.data[k]!) +
        cents(parts.spread.data[k]!) +
        cents(parts.rebate.data[k]!) +
        cents(parts.borrow.data[k]!);
      expect([cents(amount) / 100, sum]).toEqual([amount, cents(amount)]);
    });
    const ofDays = accrual.days.reduce((sum, { total }) => sum + cents(total), 0);
    const ofPositions = [...accrual.positions, accrual.account].reduce(
      (sum, { total }) => sum + cents(total),
      0,
    );
    const ofParts = Object.values(accrual.components).reduce((sum: number, part) => sum + cents(part), 0);
    expect([ofDays, ofPositions, ofParts]).toEqual(Array(3).fill(cents(accrual.total)));
    expect(cents(accrual.total) / 100).toBe(accrual.total);
  });
});

describe("accrueFunding refuses", () => {
  test.each<[object, string]>([
    [{ to: "2026-02-05" }, "range: to must not be before from, got 2026-02-05 before 2026-02-06"],
    [
      { from: "6 February" },
      'data: from must be an ISO date, a Date or epoch milliseconds, got "6 February"',
    ],
    [{ settlementLag: -1 }, "range: settlementLag must be an integer ≥ 0, got -1"],
    [{ rounding: "cents" }, `option: rounding must be one of 'none', 'statement', got "cents"`],
    [{ rounding: "statement", decimals: 9 }, "range: decimals must be an integer ≥ 0 and ≤ 8, got 9"],
    [{ decimals: Number.NaN }, "not-finite: decimals must be an integer ≥ 0 and ≤ 8, got NaN"],
    [{ settlementlag: 1 }, "option: unknown option 'settlementlag'; did you mean 'settlementLag'?"],
    [{ trades: {} }, "data: trades must be an array, got Object"],
    [
      { trades: [{ asset: "X", shares: 1, price: 2 }] },
      "data: trades[0].date must be an ISO date, a Date or epoch milliseconds, got undefined",
    ],
    [
      { trades: [{ asset: "X", shares: 1, date: "2026-02-06" }] },
      "range: trades[0].price must be positive and finite, got undefined",
    ],
    [
      { trades: [{ asset: "X", notional: 1, date: "2026-02-06" }] },
      "data: trades[0] must have shares and a price, as X has elsewhere",
    ],
    [{ prices: [[1]] }, "shape: prices must be a panel, got Array(1)"],
    [
      { calendar: "NYSE" },
      'option: calendar must be a calendar (a BusinessCalendar or a MarketCalendar), got "NYSE"',
    ],
  ])("%j", (change, message) => {
    expect(refusal(() => accrueFunding(book, terms, { ...week, ...change } as typeof week))).toBe(message);
  });

  test("a book whose charges are not finite", () => {
    const large: Position[] = ["X", "Y"].map((asset) => ({ asset, notional: 1.7e308 }));
    expect(refusal(() => accrueFunding(large, terms, week))).toBe(
      "not-finite: book must come to a finite total, got NaN",
    );
    expect(
      refusal(() =>
        accrueFunding([{ asset: "X", notional: 1e30 }], terms, { ...week, rounding: "statement" }),
      ),
    ).toContain("range: book must be charged at most 2^53 units");
  });

  test("a calendar that answers with no day", () => {
    const calendar = { isBusinessDay: () => true, add: () => Number.NaN, between: () => 0 };
    const trades: Trade[] = [{ asset: "Y", shares: 1, price: 2, date: "2026-02-06" }];
    expect(refusal(() => accrueFunding(book, terms, { ...week, trades, calendar }))).toBe(
      "data: calendar must move on from 2026-02-06, got NaN",
    );
  });

  test("an asset on two lines where there are trades", () => {
    const trades: Trade[] = [{ asset: "Y", shares: 1, price: 2, date: "2026-02-06" }];
    expect(refusal(() => accrueFunding([book[0]!, book[0]!], terms, { ...week, trades }))).toBe(
      'data: book[1].asset must stand on one line only where there are trades, but "X" stands on two',
    );
  });

  test("prices that begin too late", () => {
    const prices = new Panel({ index: [Date.parse("2026-02-09")], columns: ["X", "Y"], values: [[1, 2]] });
    expect(refusal(() => accrueFunding(book, terms, { ...week, prices }))).toBe(
      "data: prices must have X on or before 2026-02-06",
    );
  });
});
