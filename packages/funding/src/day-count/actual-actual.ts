import { type DateLike, QuantError } from "@astra-quant/core-linalg";
import { requireBoolean, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { addMonths, civilOf, dayOf, daysInYear, isMonthEnd, isoDay, requireDay } from "../calendar/day.ts";

/** A regular coupon period of a bond and how many of them make a year: what ACT/ACT ICMA counts against. */
export interface CouponPeriod {
  /** First day of a regular period, a coupon date. */
  readonly from: DateLike;
  /** Last day of it, the next coupon date. */
  readonly to: DateLike;
  /** Coupons a year: 1, 2, 3, 4, 6 or 12. */
  readonly frequency: number;
  /** Whether coupons fall on ends of months, as both days then must. @defaultValue false */
  readonly endOfMonth?: boolean;
}

/** Days in each calendar year over that year's length: ACT/ACT as ISDA defines it. */
export function actualActualIsda(first: number, end: number): number {
  const firstYear = civilOf(first).year;
  const lastYear = civilOf(end).year;
  if (firstYear === lastYear) return (end - first) / daysInYear(firstYear);
  const head = (dayOf(firstYear + 1, 1, 1) - first) / daysInYear(firstYear);
  const tail = (end - dayOf(lastYear, 1, 1)) / daysInYear(lastYear);
  return head + tail + (lastYear - firstYear - 1);
}

interface Anchor {
  readonly from: number;
  readonly to: number;
  readonly frequency: number;
  readonly endOfMonth: boolean;
}

const FREQUENCIES = [1, 2, 3, 4, 6, 12];

function requireAnchor(period: CouponPeriod | undefined): Anchor {
  if (period === undefined) {
    throw new QuantError("option", "couponPeriod must be given for ACT/ACT ICMA, got undefined", {
      argument: "couponPeriod",
    });
  }
  requireKnownOptions(period, ["from", "to", "frequency", "endOfMonth"], "couponPeriod");
  const { frequency, endOfMonth = false } = period;
  const from = requireDay("couponPeriod.from", period.from);
  const to = requireDay("couponPeriod.to", period.to);
  if (!FREQUENCIES.includes(frequency)) {
    throw new QuantError(
      "option",
      `couponPeriod.frequency must be 1, 2, 3, 4, 6 or 12, got ${show(frequency)}`,
      {
        argument: "couponPeriod.frequency",
      },
    );
  }
  requireBoolean("couponPeriod.endOfMonth", endOfMonth);
  if (endOfMonth && !(isMonthEnd(from) && isMonthEnd(to))) {
    throw new QuantError(
      "data",
      `couponPeriod must begin and end with a month where endOfMonth is true, got ${isoDay(from)} to ${isoDay(to)}`,
      { argument: "couponPeriod" },
    );
  }
  if (from >= to) {
    throw new QuantError(
      "range",
      `couponPeriod.to must be after couponPeriod.from, got ${isoDay(to)} and ${isoDay(from)}`,
      { argument: "couponPeriod.to" },
    );
  }
  const months = 12 / frequency;
  if (addMonths(from, months, endOfMonth) !== to && addMonths(to, -months, endOfMonth) !== from) {
    throw new QuantError(
      "data",
      `couponPeriod must be a regular one, of ${months} months for frequency ${frequency}, got ${isoDay(from)} to ${isoDay(to)}`,
      { argument: "couponPeriod" },
    );
  }
  return { from, to, frequency, endOfMonth };
}

/** The k-th coupon date: 0 ends the anchor period, −1 begins it. */
function couponDate({ from, to, frequency, endOfMonth }: Anchor, k: number): number {
  const months = 12 / frequency;
  return k >= 0 ? addMonths(to, k * months, endOfMonth) : addMonths(from, (k + 1) * months, endOfMonth);
}

/**
 * Days in each regular coupon period over frequency × that period's length: ACT/ACT as ICMA defines it. Periods before
 * and after the given one are rolled from its ends, so that long and short stubs are counted in notional periods.
 */
export function actualActualIcma(first: number, end: number, period: CouponPeriod | undefined): number {
  const anchor = requireAnchor(period);
  let k = 0;
  while (couponDate(anchor, k - 1) > first) k--;
  while (couponDate(anchor, k) <= first && first < end) k++;
  let fraction = 0;
  for (let from = first; from < end; k++) {
    const [opens, closes] = [couponDate(anchor, k - 1), couponDate(anchor, k)];
    const until = Math.min(end, closes);
    fraction += (until - from) / ((closes - opens) * anchor.frequency);
    from = until;
  }
  return fraction;
}
