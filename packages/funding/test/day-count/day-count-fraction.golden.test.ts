import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type CouponPeriod, type DayCountBasis, dayCountFraction, MarketCalendar } from "../../src/index.ts";

interface StrataCase {
  basis: DayCountBasis;
  from: string;
  to: string;
  terms: number[][];
  maturity?: string;
  couponPeriod?: CouponPeriod;
}

describe("Strata's cases", () => {
  const { cases } = fixture(import.meta.url, "strata.json") as { cases: StrataCase[] };
  const numerator = ([above, below]: number[]) => above! / below!;

  test.each(cases)("$basis from $from to $to", ({ basis, from, to, terms, ...options }) => {
    const fraction = terms.map(numerator).reduce((sum, term) => sum + term, 0);
    expectClose(dayCountFraction(from, to, basis, options), fraction, rounding(1, 1));
    expect(dayCountFraction(to, from, basis, options)).toBe(-dayCountFraction(from, to, basis, options));
  });
});

describe("QuantLib's day counters", () => {
  const { bases, cases, icma } = fixture(import.meta.url, "day-counts.json") as {
    bases: DayCountBasis[];
    cases: [string, string, number[]][];
    icma: [string, string, string, string, number, number][];
  };
  const calendar = new MarketCalendar("TARGET");

  test.each(bases)("%s between dates that often stand at ends of months", (basis) => {
    const k = bases.indexOf(basis);
    expectClose(
      cases.map(([from, to]) => dayCountFraction(from, to, basis, { calendar, maturity: to })),
      cases.map(([, , fractions]) => fractions[k]!),
      rounding(),
    );
  });

  test("ACT/ACT ICMA within regular coupon periods", () => {
    expectClose(
      icma.map(([from, to, opens, closes, frequency]) =>
        dayCountFraction(from, to, "ACT/ACT ICMA", {
          couponPeriod: { from: opens, to: closes, frequency },
        }),
      ),
      icma.map((entry) => entry[5]),
      rounding(),
    );
  });
});
