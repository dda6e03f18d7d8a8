import { type DateLike, QuantError } from "@astra-quant/core-linalg";
import { requireFinite, requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { type BusinessDays, requireBusinessDays } from "../calendar/business-days.ts";
import { DAY, requireDay } from "../calendar/day.ts";
import { actualActualIcma, actualActualIsda, type CouponPeriod } from "./actual-actual.ts";
import { THIRTY_360, type Thirty360, thirty360 } from "./thirty-360.ts";

/**
 * How the days between two dates become a fraction of a year:
 *
 * - `ACT/360`, `ACT/365F`: actual days over 360 or 365
 * - `ACT/ACT ISDA`: days in each calendar year over 365 or 366
 * - `ACT/ACT ICMA`: days in each coupon period over the period's length × frequency
 * - `30/360` (bond basis), `30U/360` (US, ends of February moved), `30E/360` (Eurobond), `30E/360 ISDA` (ends of months
 *   moved, but for a maturity in February), `30/360 German` (the same without that exception)
 * - `BUS/252`: business days over 252
 */
export type DayCountBasis = "ACT/360" | "ACT/365F" | "ACT/ACT ISDA" | "ACT/ACT ICMA" | "BUS/252" | Thirty360;

export interface DayCountOptions {
  /** The business days that `BUS/252` counts; needed by it. */
  readonly calendar?: BusinessDays;
  /** A regular coupon period; needed by `ACT/ACT ICMA`. */
  readonly couponPeriod?: CouponPeriod;
  /** The maturity of the instrument, which `30E/360 ISDA` does not move when it ends a February. @defaultValue none */
  readonly maturity?: DateLike;
}

const BASES: readonly DayCountBasis[] = [
  "ACT/360",
  "ACT/365F",
  "ACT/ACT ISDA",
  "ACT/ACT ICMA",
  ...THIRTY_360,
  "BUS/252",
];

/** The basis, if it is a known one. */
export function requireBasis(name: string, basis: unknown): DayCountBasis {
  return requireOneOf(name, basis, BASES);
}

function businessFraction(first: number, end: number, calendar: BusinessDays | undefined): number {
  if (calendar === undefined) {
    throw new QuantError("option", "calendar must be given for BUS/252, got undefined", {
      argument: "calendar",
    });
  }
  const days = requireBusinessDays("calendar", calendar).between(first * DAY, end * DAY);
  return requireFinite("calendar.between", days) / 252;
}

/** The fraction between two days in order; the basis is known. */
function fractionOf(first: number, end: number, basis: DayCountBasis, options: DayCountOptions): number {
  switch (basis) {
    case "ACT/360":
      return (end - first) / 360;
    case "ACT/365F":
      return (end - first) / 365;
    case "ACT/ACT ISDA":
      return actualActualIsda(first, end);
    case "ACT/ACT ICMA":
      return actualActualIcma(first, end, options.couponPeriod);
    case "BUS/252":
      return businessFraction(first, end, options.calendar);
    default: {
      const { maturity } = options;
      return thirty360(
        basis,
        first,
        end,
        maturity === undefined ? undefined : requireDay("maturity", maturity),
      );
    }
  }
}

/**
 * The fraction of a year from one day to another by a day count, the first day counted and the last one not: what an
 * annual rate is multiplied by. Turned round, it is the negative: the fraction from b to a is minus the one from a to b.
 * The rules are those of ISDA's definitions of 2006, section 4.16, as FIX states them [Fix], and ICMA's for bonds.
 *
 * @throws QuantError "option" for an unknown basis, or one without the calendar or coupon period that it needs; "data"
 *   for what is no date.
 */
export function dayCountFraction(
  from: DateLike,
  to: DateLike,
  basis: DayCountBasis,
  options: DayCountOptions = {},
): number {
  requireKnownOptions(options, ["calendar", "couponPeriod", "maturity"]);
  requireBasis("basis", basis);
  const [first, end] = [requireDay("from", from), requireDay("to", to)];
  return end >= first ? fractionOf(first, end, basis, options) : 0 - fractionOf(end, first, basis, options);
}
