import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { fundingSchedule, type Position, priceFunding } from "../../src/index.ts";
import { refusal as refused } from "../refusal.ts";

const schedule = fundingSchedule({
  baseRate: 0.036,
  longSpreadBps: 50,
  shortSpreadBps: 25,
  borrowFeeBps: 40,
});
const rowOf = (position: Position) => priceFunding([position], schedule).rows[0]!;

describe("priceFunding", () => {
  test("a long pays the base rate plus the spread on its notional", () => {
    const row = rowOf({ asset: "X", shares: 1000, price: 360 });
    expect(row).toMatchObject({ asset: "X", side: "long", notional: 360_000 });
    expectClose([row.annualRate, row.daily], [-0.041, -41], rounding(3));
  });

  test("a short receives the base rate less the spread and the borrow fee", () => {
    const row = rowOf({ asset: "X", shares: -1000, price: 360 });
    expect(row).toMatchObject({ side: "short", notional: -360_000 });
    expectClose([row.annualRate, row.daily], [0.0295, 29.5], rounding(3));
  });

  test("a flat position earns nothing and pays nothing, and is no negative zero", () => {
    const row = rowOf({ asset: "X", shares: 0, price: 360 });
    const components = { base: 0, spread: 0, rebate: 0, borrow: 0 };
    expect(row).toEqual({ asset: "X", side: "flat", notional: 0, annualRate: 0, daily: 0, components });
  });

  test("a short whose fee and spread eat the base rate earns exactly nothing", () => {
    const terms = { baseRate: 0.0045, longSpreadBps: 50, shortSpreadBps: 15, borrowFeeBps: 30 };
    expect(priceFunding([{ asset: "X", notional: -1e6 }], terms).total).toBe(0);
  });

  test("a long at a rate of zero pays zero, and no negative zero", () => {
    const free = { baseRate: 0.005, longSpreadBps: -50, shortSpreadBps: 0, borrowFeeBps: 0 };
    expect(priceFunding([{ asset: "X", notional: 1e6 }], free).rows[0]).toMatchObject({
      annualRate: 0,
      daily: 0,
    });
  });

  test("totals, exposures and the hurdle are those of the whole book", () => {
    const book = [
      { asset: "X", notional: 720_000 },
      { asset: "Y", notional: -360_000 },
    ];
    const { total, gross, net, grossRate, hurdle, longHurdle } = priceFunding(book, schedule);
    expect([gross, net]).toEqual([1_080_000, 360_000]);
    expectClose(
      [total, grossRate, hurdle, longHurdle],
      [-52.5, (-52.5 * 360) / 1_080_000, 0.0175, 0.041],
      rounding(8),
    );
  });

  test("a book that is paid has no hurdle", () => {
    const { grossRate, hurdle } = priceFunding([{ asset: "X", notional: -1e6 }], schedule);
    expectClose(grossRate, 0.0295, rounding(4));
    expect(hurdle).toBe(0);
  });

  test("a book of flat positions has no rate on gross", () => {
    const { total, gross, grossRate, hurdle } = priceFunding([{ asset: "X", shares: 0, price: 1 }], schedule);
    expect({ total, gross, grossRate, hurdle }).toEqual({
      total: 0,
      gross: 0,
      grossRate: Number.NaN,
      hurdle: Number.NaN,
    });
  });

  test("ACT/365F spreads a year over 365 days", () => {
    const terms = { ...schedule, dayCount: "ACT/365F" as const };
    expectClose(priceFunding([{ asset: "X", notional: 365_000 }], terms).total, -41, rounding(3));
  });

  test("a borrow fee by asset is charged to that asset, and only when it is short", () => {
    const terms = fundingSchedule({ ...schedule, borrowFeeBps: { HARD: 900, EASY: 30 } });
    const { rows } = priceFunding(
      [
        { asset: "HARD", notional: -1 },
        { asset: "EASY", notional: -1 },
        { asset: "OTHER", notional: 1 },
      ],
      terms,
    );
    expectClose(
      rows.map((row) => row.annualRate),
      [0.036 - 0.0925, 0.036 - 0.0055, -0.041],
      rounding(4),
    );
  });

  test("small rows survive beside large ones in the total", () => {
    const book = [
      { asset: "BIG", notional: 3.6e19 },
      { asset: "SMALL", notional: 360 },
      { asset: "GIB", notional: -3.6e19 },
    ];
    const free = { baseRate: 0.01, longSpreadBps: 0, shortSpreadBps: 0, borrowFeeBps: 0 };
    const { total, net } = priceFunding(book, free);
    expect(net).toBe(360);
    expectClose(total, -0.01, rounding(2));
  });

  test("shares, price and an agreeing notional may stand together, and one asset on several lines", () => {
    const line = { asset: "X", shares: 3, price: 0.1, notional: 0.3 };
    expect(priceFunding([line, line], schedule).rows.map((row) => row.notional)).toEqual([0.3, 0.3]);
  });

  test("the book is left as it was", () => {
    const book = Object.freeze([Object.freeze({ asset: "X", shares: 3, price: 10 })]);
    priceFunding(book, schedule);
    expect(book).toEqual([{ asset: "X", shares: 3, price: 10 }]);
  });
});

describe("priceFunding refuses", () => {
  const refusal = (book: unknown, terms: unknown = schedule) =>
    refused(() => priceFunding(book as Position[], terms as typeof schedule));

  test.each([
    [[], "data: book must be an array of at least one position, got Array(0)"],
    [undefined, "data: book must be an array of at least one position, got undefined"],
    [[null], "data: book[0] must be a position, got null"],
    [new Array(1), "data: book[0] must be a position, got undefined"],
    [[{ notional: 5 }], "data: book[0].asset must be a name, got undefined"],
    [[{ asset: "X" }], "data: book[0] must have shares and a price, or a notional"],
    [
      [
        { asset: "Y", notional: 1 },
        { asset: "X", shares: 5 },
      ],
      "range: book[1].price must be positive and finite, got undefined",
    ],
    [[{ asset: "X", price: 5 }], "range: book[0].shares must be a finite number, got undefined"],
    [
      [{ asset: "X", shares: 5, price: Number.NaN }],
      "not-finite: book[0].price must be positive and finite, got NaN",
    ],
    [[{ asset: "X", shares: 5, price: 0 }], "range: book[0].price must be positive and finite, got 0"],
    [[{ asset: "X", shares: 5, price: -2 }], "range: book[0].price must be positive and finite, got -2"],
    [
      [{ asset: "X", shares: Number.NaN, price: 2 }],
      "not-finite: book[0].shares must be a finite number, got NaN",
    ],
    [
      [{ asset: "X", shares: 1e200, price: 1e200 }],
      "not-finite: book[0].shares × price must be a finite number, got Infinity",
    ],
    [[{ asset: "X", notional: Number.NaN }], "not-finite: book[0].notional must be a finite number, got NaN"],
    [
      [
        { asset: "X", notional: 1.7e308 },
        { asset: "Y", notional: 1.7e308 },
      ],
      "not-finite: book must come to a finite gross, got NaN",
    ],
    [[{ asset: "X", notional: "9" }], 'range: book[0].notional must be a finite number, got "9"'],
    [
      [{ asset: "X", shares: 5, price: 2, notional: 11 }],
      "data: book[0].notional must equal shares × price where all are given, got 11 against 10",
    ],
  ])("%j", (book, message) => {
    expect(refusal(book)).toBe(message);
  });

  test("a short without a borrow fee, pointing at the nearest name", () => {
    const terms = { ...schedule, borrowFeeBps: { GOOGL: 30, MSFT: 30 } };
    expect(refusal([{ asset: "GOOG", notional: -1 }], terms)).toBe(
      "data: borrowFeeBps must name every asset held short, but has no 'GOOG'; did you mean 'GOOGL'?",
    );
    expect(refusal([{ asset: "toString", notional: -1 }], terms)).toBe(
      "data: borrowFeeBps must name every asset held short, but has no 'toString'; it names GOOGL, MSFT",
    );
  });

  test("an account that it cannot read", () => {
    const account = (options: object) => () => priceFunding([{ asset: "X", notional: 1 }], schedule, options);
    expect(refused(account({ equity: "5" }))).toBe(
      'data: equity must be an amount, or an object of amounts by currency, got "5"',
    );
    expect(refused(account({ fx: new Map() }))).toBe(
      "data: fx must be an object of rates by currency, got Map",
    );
  });

  test("rates so large that a day is not finite", () => {
    expect(refusal([{ asset: "X", notional: 1e300 }], { ...schedule, baseRate: 1e300 })).toBe(
      "not-finite: book must come to a finite total, got NaN",
    );
  });

  test("a schedule that fundingSchedule refuses", () => {
    expect(refusal([{ asset: "X", notional: 1 }], null)).toBe("option: schedule must be an object, got null");
    expect(refusal([{ asset: "X", notional: 1 }], { ...schedule, baseRate: Number.NaN })).toBe(
      "not-finite: baseRate must be a finite number, got NaN",
    );
  });
});
