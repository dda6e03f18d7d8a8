import { describeGolden, expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type CompoundedRateOptions,
  compoundedRate,
  MarketCalendar,
  type RateSeries,
} from "../../src/index.ts";

const calendar = new MarketCalendar("US-SIFMA");

describeGolden("oracles.json", ({ overnight }) => {
  interface OracleCase {
    start: string;
    end: string;
    rate?: number;
    lookback?: number;
    lockout?: number;
    lockoutDate?: string;
    observationShift?: boolean;
    spread?: number;
    compoundSpreadDaily?: boolean;
  }

  test.each(overnight.cases as OracleCase[])("QuantLib's and ARRC's coupon %j", (entry) => {
    const { start, end, lookback = 0, lockout = 0, observationShift = false, spread = 0 } = entry;
    const [of2019, of2021] = overnight.fixings as RateSeries[];
    const { rate, rates, fixingDates } = compoundedRate(start < "2020" ? of2019! : of2021!, {
      from: start,
      to: end,
      calendar,
      lookback,
      lockout,
      observationShift,
      spreadBps: spread * 10_000,
      compoundSpread: entry.compoundSpreadDaily ?? false,
    });
    if (entry.rate !== undefined) expect(Math.abs(rate - entry.rate)).toBeLessThan(overnight.tolerance);
    if (entry.lockoutDate !== undefined) {
      const locked = Array.from(fixingDates.slice(-lockout - 1), (time) =>
        new Date(time).toISOString().slice(0, 10),
      );
      expect(new Set(locked)).toEqual(new Set([entry.lockoutDate]));
      expect(new Set(rates.slice(-lockout - 1)).size).toBe(1);
    }
  });
});

describe("QuantLib's overnight coupons", () => {
  interface Coupon {
    options: Omit<CompoundedRateOptions, "calendar">;
    rate: number;
  }
  const { series } = fixture(import.meta.url, "rates.json") as {
    series: { fixings: RateSeries; coupons: Coupon[] }[];
  };

  test.each(series.flatMap(({ fixings, coupons }) => coupons.map((coupon) => ({ fixings, ...coupon }))))(
    "$options",
    ({ fixings, options, rate }) => {
      const got = compoundedRate(fixings, { ...options, calendar });
      // the peer takes 1 off a product of some seventy factors, which costs it the digits of a short period
      expectClose(got.rate, rate, solver(1e-12), 1);
      expectClose(got.interest, got.rate * got.fraction, rounding());
    },
  );
});
