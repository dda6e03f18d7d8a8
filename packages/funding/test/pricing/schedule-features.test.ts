import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type FundingScheduleOptions,
  fundingSchedule,
  type Position,
  priceFunding,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const plain: FundingScheduleOptions = {
  baseRate: 0.036,
  longSpreadBps: 50,
  shortSpreadBps: 25,
  borrowFeeBps: 40,
};
const book: Position[] = [
  { asset: "X", notional: 720_000 },
  { asset: "Y", notional: -360_000 },
];

describe("equity", () => {
  test("pays for longs first: only the rest is borrowed", () => {
    const { rows, balances, total, equityHurdle } = priceFunding(book, plain, { equity: 360_000 });
    expectClose(rows[0]!.daily, -41, rounding(4));
    expect(balances[0]).toMatchObject({ debit: 360_000, cash: 0, netted: 0, fx: 1 });
    expectClose(equityHurdle, (-total * 360) / 360_000, rounding(2));
  });

  test("beyond the longs it is cash, which earns what the schedule says, or nothing", () => {
    const idle = priceFunding(book, plain, { equity: 1_080_000 });
    expect([idle.rows[0]!.daily, idle.balances[0]!.cash, idle.balances[0]!.daily]).toEqual([0, 360_000, 0]);
    const paid = priceFunding(book, { ...plain, cashSpreadBps: 10 }, { equity: 1_080_000 });
    expectClose(paid.balances[0]!.daily, 35, rounding(4));
    expectClose(paid.total, paid.rows[1]!.daily + 35, rounding(4));
  });

  test("below nothing it is a loan at the debit rate", () => {
    const { balances, total } = priceFunding([{ asset: "X", notional: 0 }], plain, { equity: -360_000 });
    expectClose([balances[0]!.daily, total, balances[0]!.debit], [-41, -41, 360_000], rounding(4));
  });

  test("is topped up to the collateral of shorts before it pays for longs", () => {
    const schedule = { ...plain, collateral: { ratio: 1.1, roundUpTo: 0 } };
    const { balances } = priceFunding(book, schedule, { equity: 100_000 });
    expectClose(balances[0]!.debit, 720_000 - (100_000 - 36_000), rounding());
  });
});

describe("netting", () => {
  test("in full, proceeds repay the debit: what is matched pays no spread on either side", () => {
    const apart = priceFunding(book, plain);
    const netted = priceFunding(book, { ...plain, netting: "full" });
    expect(netted.balances[0]).toMatchObject({ netted: 360_000, debit: 360_000, shortCredit: 0 });
    // the matched 360,000 saves 50 + 25 bp
    expectClose(netted.total - apart.total, (360_000 * 0.0075) / 360, rounding(64));
  });

  test("in part, it saves that part", () => {
    const [none, half, full] = ([0, 0.5, 1] as const).map(
      (netting) => priceFunding(book, { ...plain, netting }).total,
    );
    expectClose(half!, (none! + full!) / 2, rounding(8));
    expect(priceFunding(book, { ...plain, netting: "none" }).total).toBe(none);
  });

  test("a loan is repaid in the same part as what longs borrow", () => {
    const { balances, rows } = priceFunding(book, { ...plain, netting: 0.5 }, { equity: -360_000 });
    // 1,080,000 borrowed, 180,000 of it repaid by proceeds: five sixths stay of each
    expectClose([balances[0]!.debit, balances[0]!.netted], [900_000, 180_000], rounding());
    expectClose([balances[0]!.daily, rows[0]!.daily], [(-41 * 5) / 6, (-82 * 5) / 6], rounding(4));
  });

  test("borrow fees are owed in full", () => {
    const { rows } = priceFunding(book, { ...plain, netting: "full" });
    expectClose(rows[1]!.components.borrow, (-360_000 * 0.004) / 360, rounding());
    expect(rows[1]!.components.base + rows[1]!.components.rebate).toBe(0);
  });

  test("in full, nothing is left that a negative rate could be taken of", () => {
    const free = { ...plain, baseRate: -0.005, borrowFeeBps: 0, netting: "full" as const };
    expect(priceFunding([book[0]!, { asset: "Y", notional: -720_000 }], free).rows[1]).toMatchObject({
      annualRate: 0,
      daily: 0,
      components: { base: 0, spread: 0, rebate: 0, borrow: 0 },
    });
  });
});

describe("tiers", () => {
  const longSpreadBps = [
    { upTo: 100_000, bps: 150 },
    { above: 100_000, bps: 100 },
  ];

  test("a balance is blended slice by slice, and every long pays the same blend", () => {
    const { rows, balances } = priceFunding(
      [
        { asset: "A", notional: 100_000 },
        { asset: "B", notional: 300_000 },
      ],
      { ...plain, longSpreadBps },
    );
    expectClose(balances[0]!.debitRate, 0.036 + (0.015 + 3 * 0.01) / 4, rounding(4));
    expectClose(
      [rows[0]!.annualRate, rows[1]!.annualRate],
      [-balances[0]!.debitRate, -balances[0]!.debitRate],
      rounding(),
    );
  });

  test("a balance at the edge belongs to the tier below it", () => {
    const rate = (notional: number) =>
      priceFunding([{ asset: "A", notional }], { ...plain, longSpreadBps }).balances[0]!.debitRate;
    expect([rate(50_000), rate(100_000)]).toEqual([0.036 + 0.015, 0.036 + 0.015]);
    const one = rate(100_001); // 100,000 at 150 bp and a dollar at 100 bp
    expectClose(one, 0.036 + (100_000 * 0.015 + 0.01) / 100_001, rounding(2));
  });

  test.each<[unknown, string]>([
    [[], "data: longSpreadBps must have at least one tier, got Array(0)"],
    [
      [
        { upTo: 100, bps: 1 },
        { above: 50, bps: 2 },
      ],
      "data: longSpreadBps[1].above must not overlap the tier before it, which ends at 100, got 50",
    ],
    [
      [
        { upTo: 100, bps: 1 },
        { above: 150, bps: 2 },
      ],
      "data: longSpreadBps[1].above must not leave a gap after 100, got 150",
    ],
    [[{ above: 10, bps: 1 }], "data: longSpreadBps[0].above must not leave a gap after 0, got 10"],
    [
      [{ bps: 1 }, { above: 100, bps: 2 }],
      "data: longSpreadBps[0].upTo must be given on every tier but the last, got undefined",
    ],
    [[{ upTo: 100, bps: 1 }], "data: longSpreadBps[0].upTo must be absent on the last tier, got 100"],
    [[{ upTo: 0, bps: 1 }, { bps: 1 }], "data: longSpreadBps[0].upTo must be above 0, got 0"],
    [[{ bps: 1, rate: 0 }], "option: longSpreadBps[0] must have either bps or rate, got both"],
    [[{ above: 0 }], "option: longSpreadBps[0] must have either bps or rate, got neither"],
    [[{ bps: Number.NaN }], "not-finite: longSpreadBps[0].bps must be a finite number, got NaN"],
    [[{ bps: 1, upto: 3 }], "option: unknown option 'upto'; did you mean 'upTo'?"],
    [[{ upTo: "100", bps: 1 }, { bps: 1 }], 'data: longSpreadBps[0].upTo must be a number, got "100"'],
    [{ upTo: 100, bps: 1 }, "data: longSpreadBps must be a number or an array of tiers, got Object"],
    ["50", 'range: longSpreadBps must be a finite number, got "50"'],
  ])("refuses %j", (tiers, message) => {
    expect(refusal(() => fundingSchedule({ ...plain, longSpreadBps: tiers as number }))).toBe(message);
  });
});

describe("floors", () => {
  test("a credit is not taken from where its rate may not fall below nothing", () => {
    const negative = { ...plain, baseRate: -0.01, borrowFeeBps: 0 };
    const short = [{ asset: "Y", notional: -360_000 }];
    expect(priceFunding(short, negative).total).toBeLessThan(0);
    expect(priceFunding(short, { ...negative, floors: { shortRate: 0 } }).total).toBe(0);
    expectClose(priceFunding(short, { ...negative, floors: { baseRate: 0 } }).total, -2.5, rounding(2));
  });

  test("a floor below the rate changes no bit", () => {
    const floors = { baseRate: -1, debitRate: -1, shortRate: -1, cashRate: -1 };
    expect(priceFunding(book, { ...plain, floors })).toEqual(priceFunding(book, plain));
  });

  test("refuses a floor of another name", () => {
    expect(refusal(() => fundingSchedule({ ...plain, floors: { base: 0 } as object }))).toBe(
      "option: unknown option 'base'; known options: baseRate, debitRate, shortRate, cashRate",
    );
  });
});

describe("borrow fees", () => {
  const borrowFeeBps = {
    HARD: [
      { from: "2026-01-05", bps: 900 },
      { from: "2026-02-10", bps: 400 },
    ],
    EASY: 30,
  };
  const fee = (asset: string, date?: string, more: object = {}) =>
    priceFunding(
      [{ asset, notional: -3_600_000 }],
      { ...plain, borrowFeeBps, ...more },
      date === undefined ? {} : { date },
    ).rows[0]!.components.borrow;

  test("hold from their days on; names that are not listed are general collateral", () => {
    expectClose(fee("HARD", "2026-02-09"), -900, rounding());
    expectClose(fee("HARD", "2026-02-10"), -400, rounding());
    expectClose(fee("EASY", "2026-02-10"), -30, rounding());
    expectClose(fee("OTHER", "2026-02-10", { generalCollateralBps: 25 }), -25, rounding());
  });

  test("have a least charge a day for each stock borrowed", () => {
    const terms = { ...plain, borrowMinimum: 5 };
    const rows = priceFunding(
      [
        { asset: "A", notional: -900 },
        { asset: "B", notional: -900_000 },
      ],
      terms,
    ).rows;
    expectClose([rows[0]!.components.borrow, rows[1]!.components.borrow], [-5, -10], rounding());
    const twoLines = [
      { asset: "A", notional: -300 },
      { asset: "A", notional: -600 },
    ];
    expectClose(
      priceFunding(twoLines, terms).rows.map(({ components }) => components.borrow),
      [-5 / 3, -10 / 3],
      rounding(2),
    );
    const sterling = priceFunding([{ asset: "A", notional: -900 }], { ...terms, dayCount: "ACT/365F" });
    expectClose(sterling.rows[0]!.components.borrow, -5, rounding());
  });

  test("are refused before their first day, without a day, and when they do not ascend", () => {
    expect(refusal(() => fee("HARD", "2026-01-04"))).toBe(
      "data: borrowFeeBps.HARD must hold on 2026-01-04, but begins on 2026-01-05",
    );
    expect(refusal(() => fee("EASY"))).toBe(
      "option: date must be given where rates or fees depend on the day, got undefined",
    );
    const twice = {
      X: [
        { from: "2026-01-05", bps: 1 },
        { from: "2026-01-05", bps: 2 },
      ],
    };
    expect(refusal(() => fundingSchedule({ ...plain, borrowFeeBps: twice }))).toBe(
      "data: borrowFeeBps.X[1].from must be after 2026-01-05, got 2026-01-05",
    );
    expect(refusal(() => fundingSchedule({ ...plain, borrowFeeBps: { X: [] } }))).toBe(
      "data: borrowFeeBps.X must have at least one fee, got Array(0)",
    );
    expect(
      refusal(() => fundingSchedule({ ...plain, borrowFeeBps: { X: [{ from: "2026-01-05", bps: -1 }] } })),
    ).toBe("range: borrowFeeBps.X[0].bps must be non-negative and finite, got -1");
  });
});

describe("collateral marks", () => {
  const secured = (price: number, collateral: object) =>
    priceFunding([{ asset: "X", shares: -1, price }], { ...plain, collateral }).balances[0]!.shortCredit;

  test("102 % is rounded up to the next dollar, and a whole number of dollars is not", () => {
    expect([0.25, 42.8, 50, 550, 650].map((price) => secured(price, {}))).toEqual([1, 44, 51, 561, 663]);
    expectClose(secured(10.001, { ratio: 1.05, roundUpTo: 0.01 }), 10.51, rounding());
    expectClose(secured(10, { ratio: 1.03, roundUpTo: 0 }), 10.3, rounding());
    // 2.20 × 105 % is 2.31, though its doubles give 231.00000000000006 cents
    expectClose(secured(2.2, { ratio: 1.05, roundUpTo: 0.01 }), 2.31, rounding());
  });

  test("both rebate and fee are on the mark", () => {
    const { rows } = priceFunding([{ asset: "X", shares: -1000, price: 50 }], { ...plain, collateral: {} });
    expectClose(rows[0]!.daily, (51_000 * (0.036 - 0.0065)) / 360, rounding(4));
    expectClose(rows[0]!.annualRate, 1.02 * 0.0295, rounding(4));
  });

  test("a notional has no price to round", () => {
    expect(refusal(() => priceFunding(book, { ...plain, collateral: {} }))).toBe(
      "data: book[1] must have shares and a price where collateral is marked at rounded prices",
    );
    const dearest = [{ asset: "X", shares: -1, price: Number.MAX_VALUE }];
    expect(refusal(() => priceFunding(dearest, { ...plain, collateral: {} }))).toBe(
      "not-finite: book[0].price × collateral.ratio must be a finite number, got Infinity",
    );
    expect(refusal(() => fundingSchedule({ ...plain, collateral: { ratio: 0 } }))).toBe(
      "range: collateral.ratio must be positive and finite, got 0",
    );
  });
});

describe("currencies", () => {
  const currencies = { GBP: { ...plain, baseRate: 0.045, dayCount: "ACT/365F" as const } };
  const abroad: Position[] = [...book, { asset: "Z", notional: 365_000, currency: "GBP" }];

  test("a line is priced on the terms of its currency, and counted in the book's", () => {
    const { rows, balances, gross } = priceFunding(abroad, { ...plain, currencies }, { fx: { GBP: 1.25 } });
    expectClose([rows[2]!.notional, rows[2]!.daily, gross], [456_250, -62.5, 1_536_250], rounding(4));
    expect(balances.map(({ currency, debit }) => [currency, debit])).toEqual([
      [undefined, 720_000],
      ["GBP", 365_000],
    ]);
  });

  test("own money is kept by currency", () => {
    const { balances, equityHurdle, total } = priceFunding(
      abroad,
      { ...plain, currencies },
      {
        fx: { GBP: 1.25 },
        equity: { "": 100_000, GBP: 65_000 },
      },
    );
    expect(balances.map(({ debit }) => debit)).toEqual([620_000, 300_000]);
    expectClose(equityHurdle, (-total * 360) / (100_000 + 1.25 * 65_000), rounding(2));
  });

  test("a rate of exchange may be a series", () => {
    const fx = { GBP: { dates: ["2026-02-02", "2026-02-09"], rates: [1.25, 1.5] } };
    const worth = (date: string) =>
      priceFunding(abroad, { ...plain, currencies }, { fx, date }).rows[2]!.notional;
    expect([worth("2026-02-08"), worth("2026-02-09")]).toEqual([456_250, 547_500]);
  });

  test("refuses a currency without terms, or without a rate", () => {
    expect(refusal(() => priceFunding(abroad, plain, { fx: { GBP: 1.25 } }))).toBe(
      'data: book[2].currency must be one whose terms the schedule has (none), got "GBP"',
    );
    expect(refusal(() => priceFunding(abroad, { ...plain, currencies }))).toBe(
      "data: fx must have a rate for GBP, but has none",
    );
    expect(refusal(() => priceFunding(abroad, { ...plain, currencies }, { fx: { GBP: -1 } }))).toBe(
      "range: fx.GBP must be positive and finite, got -1",
    );
    expect(refusal(() => priceFunding(book, plain, { equity: { EUR: 1 } }))).toBe(
      'data: each currency of equity must be one whose terms the schedule has (none), got "EUR"',
    );
    expect(refusal(() => fundingSchedule({ ...plain, currencies: { GBP: { ...plain, currencies } } }))).toBe(
      "option: currencies.GBP must not have currencies of its own",
    );
    expect(refusal(() => fundingSchedule({ ...plain, currencies: { "": plain } }))).toBe(
      'option: currencies must be named, got ""',
    );
  });

  test("what is wrong with a currency's terms is said with its name", () => {
    const wrong = { ...plain, baseRate: Number.NaN };
    expect(refusal(() => fundingSchedule({ ...plain, currencies: { GBP: wrong } }))).toBe(
      "not-finite: currencies.GBP: baseRate must be a finite number, got NaN",
    );
    const none = null as unknown as typeof plain;
    expect(refusal(() => fundingSchedule({ ...plain, currencies: { GBP: none } }))).toBe(
      "option: currencies.GBP: schedule must be an object, got null",
    );
  });
});

describe("a base rate of fixings", () => {
  const baseRate = { dates: ["2026-02-05", "2026-02-06", "2026-02-10"], rates: [0.036, 0.037, 0.038] };
  const at = (date: string, more: object = {}) =>
    priceFunding([{ asset: "X", notional: 360 }], { ...plain, longSpreadBps: 0, baseRate, ...more }, { date })
      .total;

  test("a weekend takes Friday's", () => {
    expect([at("2026-02-06"), at("2026-02-08")]).toEqual([-0.037, -0.037]);
  });

  test("a business day without one is refused, or takes the one before", () => {
    expect(refusal(() => at("2026-02-09"))).toContain(
      "data: baseRate must have a fixing for the business day 2026-02-09",
    );
    expect(at("2026-02-09", { missingFixing: "carry-forward" })).toBe(-0.037);
    expect(refusal(() => at("2026-02-04"))).toBe(
      "data: baseRate must be known on or before 2026-02-04, but begins on 2026-02-05",
    );
  });

  test("does not follow its input", () => {
    const rates = [0.036, 0.037, 0.038];
    const schedule = fundingSchedule({ ...plain, baseRate: { ...baseRate, rates } });
    rates[0] = 9;
    expect((schedule.baseRate as { rates: Float64Array }).rates[0]).toBe(0.036);
    expect(fundingSchedule(schedule)).toBe(schedule);
    expect(fundingSchedule({ ...schedule })).toEqual(schedule);
  });
});

describe("netting, refused", () => {
  test.each<[unknown, string]>([
    ["half", 'option: netting must be "none", "full" or a fraction, got "half"'],
    [1.5, "range: netting must be between 0 and 1, got 1.5"],
    [Number.NaN, "not-finite: netting must be a finite number, got NaN"],
    [true, 'option: netting must be "none", "full" or a fraction, got boolean'],
  ])("%j", (netting, message) => {
    expect(refusal(() => fundingSchedule({ ...plain, netting: netting as number }))).toBe(message);
  });
});
