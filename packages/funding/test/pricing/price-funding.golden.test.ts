import { describeGolden, expectClose, fixture, rounding, type Tolerance } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type FundingSchedule,
  fundingSchedule,
  type Position,
  priceFunding,
  roundHalfAway,
} from "../../src/index.ts";

interface GoldenRow {
  ticker: string;
  shares: number;
  price: number;
  notional: number;
  type: "Long" | "Short";
  annual_rate: number;
  daily_funding: number;
  daily_funding_cents: number;
}

interface GoldenTable {
  rfr: number;
  rows: GoldenRow[];
  total_daily: number;
  total_daily_cents: number;
  gross: number;
  net: number;
  net_over_gross: number;
}

describeGolden("funding.json", (truth, tolerance) => {
  const { long_bps, short_rebate_bps, borrow_fee_bps } = truth.spreads;
  const scheduleAt = (baseRate: number) =>
    fundingSchedule({
      baseRate,
      longSpreadBps: long_bps,
      shortSpreadBps: short_rebate_bps,
      borrowFeeBps: borrow_fee_bps,
    });

  function expectTable(table: GoldenTable, book: Position[], within: Tolerance) {
    const { rows, total, gross, net } = priceFunding(book, scheduleAt(table.rfr));
    const cents = rows.map(({ daily }) => roundHalfAway(daily, 2));
    expect(rows.map(({ asset, side }) => [asset, side])).toEqual(
      table.rows.map(({ ticker, type }) => [ticker, type.toLowerCase()]),
    );
    expect(cents).toEqual(table.rows.map((row) => row.daily_funding_cents));
    expect(roundHalfAway(total, 2)).toBe(table.total_daily_cents);
    for (const [i, row] of rows.entries()) {
      expectClose(
        [row.annualRate, row.daily],
        [table.rows[i]!.annual_rate, table.rows[i]!.daily_funding],
        within,
      );
    }
    expectClose(
      [total, gross, net, net / gross],
      [table.total_daily, table.gross, table.net, table.net_over_gross],
      within,
    );
  }

  const byNotional = (table: GoldenTable) =>
    table.rows.map(({ ticker, notional }) => ({ asset: ticker, notional }));

  test("the deck's table comes out to the cent from its notionals", () => {
    expectTable(truth.deck_table, byNotional(truth.deck_table), tolerance);
  });

  test("the table at the notebook's closes comes out to the cent from shares and prices", () => {
    const { rows } = truth.notebook_close_table as GoldenTable;
    const book = rows.map(({ ticker, shares, price }) => ({ asset: ticker, shares, price }));
    expectTable(truth.notebook_close_table, book, tolerance);
  });

  test("rates print as the deck prints them, and the whole table rounds to its total", () => {
    const { rows, total } = priceFunding(byNotional(truth.deck_table), scheduleAt(truth.deck_table.rfr));
    const printed = rows.map(({ annualRate }) => roundHalfAway(annualRate, 4));
    expect(printed).toEqual([-0.041, -0.041, -0.041, 0.0295, 0.0295, 0.0295]);
    const ofRounded = rows.reduce((sum, { daily }) => sum + roundHalfAway(daily, 2), 0);
    expect(roundHalfAway(ofRounded, 2)).toBe(truth.deck_table.sum_of_rounded_rows);
    expect(roundHalfAway(total, 0)).toBe(-41);
  });

  test("the longs alone need 4.095 % a year; the book, with its shorts' income, 0.71 % of gross", () => {
    const { hurdle, longHurdle } = priceFunding(
      byNotional(truth.deck_table),
      scheduleAt(truth.deck_table.rfr),
    );
    expect(longHurdle).toBe(-truth.deck_table.rows[0].annual_rate);
    expectClose(hurdle, (-truth.deck_table.total_daily * 360) / truth.deck_table.gross, tolerance);
    expect(roundHalfAway(hurdle, 4)).toBe(0.0071);
  });

  test.each(
    truth.simple_cases as { notional: number; rfr: number; long_daily: number; short_daily: number }[],
  )("a notional of $notional at a base rate of $rfr", ({ notional, rfr, long_daily, short_daily }) => {
    const daily = (signed: number) => priceFunding([{ asset: "X", notional: signed }], scheduleAt(rfr)).total;
    expectClose(daily(notional), long_daily, tolerance);
    if (short_daily === 0) expect(daily(-notional)).toBe(0);
    else expectClose(daily(-notional), short_daily, tolerance);
  });
});

describe("decimal arithmetic over seeded books", () => {
  const { cases } = fixture(import.meta.url, "funding.json");

  test.each<{ book: Position[]; schedule: FundingSchedule; price: object }>(cases)(
    "$book.length positions at a base rate of $schedule.baseRate, $schedule.dayCount",
    (entry) => {
      const { book, schedule, price } = entry;
      const got = priceFunding(book, schedule);
      const wanted = price as ReturnType<typeof priceFunding> & { totalRounded: number };
      expect(got.rows.map((row) => [row.asset, row.side])).toEqual(
        wanted.rows.map((row) => [row.asset, row.side]),
      );
      for (const field of ["notional", "annualRate", "daily"] as const) {
        expectClose(
          got.rows.map((row) => row[field]),
          wanted.rows.map((row) => row[field]),
          rounding(),
        );
      }
      expect(got.rows.map((row) => roundHalfAway(row.daily, 2))).toEqual(
        (wanted.rows as unknown as { dailyRounded: number }[]).map((row) => row.dailyRounded + 0),
      );
      expect(roundHalfAway(got.total, 2)).toBe(wanted.totalRounded);
      for (const field of ["total", "gross", "net", "grossRate", "hurdle", "longHurdle"] as const) {
        expectClose(got[field], wanted[field], rounding(8));
      }
    },
  );
});
