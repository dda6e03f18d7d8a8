import { BusinessCalendar } from "@astra-quant/core-linalg";
import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type AccrueFundingOptions,
  accrueFunding,
  type FundingScheduleOptions,
  type Position,
  type Trade,
} from "../../src/index.ts";

interface AccrualCase {
  name: string;
  book: Position[];
  schedule: FundingScheduleOptions;
  options: {
    trades: Trade[];
    settlementLag: number;
    equity: Record<string, number> | null;
    fx: Record<string, number>;
  };
  accrual: { positions: number[]; account: number; days: number[]; total: number; positionCents: number };
}

const { holidays, from, to, cases } = fixture(import.meta.url, "accruals.json") as {
  holidays: string[];
  from: string;
  to: string;
  cases: AccrualCase[];
};

describe("decimal arithmetic over a month of trades", () => {
  const calendar = new BusinessCalendar({ holidays });

  test.each(cases)("$name", ({ book, schedule, options, accrual }) => {
    const { equity, ...rest } = options;
    const period: AccrueFundingOptions = {
      ...rest,
      from,
      to,
      calendar,
      ...(equity === null ? {} : { equity }),
    };
    const got = accrueFunding(book, schedule, period);
    const scale = [...got.positions, got.account].reduce((sum, { components }) => {
      return sum + Object.values(components).reduce((size: number, part) => size + Math.abs(part), 0);
    }, 0);
    expectClose(got.total, accrual.total, rounding(), scale);
    expectClose(
      got.positions.map(({ total }) => total),
      accrual.positions,
      rounding(),
      scale,
    );
    expectClose(
      got.days.map(({ total }) => total),
      accrual.days,
      rounding(),
      scale,
    );
    expectClose(got.account.total, accrual.account, rounding(), scale);

    const statement = accrueFunding(book, schedule, { ...period, rounding: "statement" });
    const ofPositions = statement.positions.reduce((sum, { total }) => sum + Math.round(100 * total), 0);
    expect(ofPositions).toBe(Math.round(100 * accrual.positionCents));
  });
});
