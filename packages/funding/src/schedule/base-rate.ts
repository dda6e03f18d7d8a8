import { QuantError } from "@astra-quant/core-linalg";
import type { BusinessDays } from "../calendar/business-days.ts";
import { type Fixings, fixingOn, isSeries, type RateSeries, requireFixings } from "../rates/rate-series.ts";
import { isDated } from "./borrow-fee.ts";
import { floored } from "./rate-floors.ts";
import type { FundingSchedule } from "./schedule.ts";

/** Series of schedules that have been read. */
const known = new WeakMap<RateSeries, Fixings>();

function fixingsOf(series: RateSeries): Fixings {
  let fixings = known.get(series);
  if (fixings === undefined) known.set(series, (fixings = requireFixings("baseRate", series)));
  return fixings;
}

/** True when the schedule says different things on different days. */
export function dependsOnDay({ baseRate, borrowFeeBps, currencies = {} }: FundingSchedule): boolean {
  return isSeries(baseRate) || isDated(borrowFeeBps) || Object.values(currencies).some(dependsOnDay);
}

/** The base rate of a day, no lower than its floor. */
export function baseRateOn(schedule: FundingSchedule, day: number, calendar: BusinessDays): number {
  const { baseRate, floors, missingFixing = "error" } = schedule;
  if (!isSeries(baseRate)) return floored(baseRate, floors?.baseRate);
  return floored(fixingOn(fixingsOf(baseRate), day, calendar, missingFixing), floors?.baseRate);
}

/** The terms of a currency; those of the schedule itself where none is named. `name` is what names it in a message. */
export function termsOf(
  name: string,
  schedule: FundingSchedule,
  currency: string | undefined,
): FundingSchedule {
  if (currency === undefined) return schedule;
  const { currencies = {} } = schedule;
  if (Object.hasOwn(currencies, currency)) return currencies[currency]!;
  throw new QuantError(
    "data",
    `${name} must be one whose terms the schedule has (${Object.keys(currencies).join(", ") || "none"}), got ${JSON.stringify(currency)}`,
    { argument: name, currency },
  );
}
