import { dayOf } from "./day.ts";
import { easterSunday } from "./easter.ts";
import { lastMonday, type NamedDay, nearestWorkday, nthWeekday, sundayToMonday } from "./holiday-rules.ts";

const [MONDAY, THURSDAY] = [1, 4];
/** Juneteenth became a federal holiday in June 2021; markets close for it from the next year on [NyseJuneteenth2021]. */
const FIRST_JUNETEENTH = 2022;

/**
 * The holidays on which both stocks and government bonds rest. A New Year's Day on a Saturday is not kept: the Friday
 * before it ends an accounting period [NyseRule72].
 */
export function commonUsHolidays(year: number): NamedDay[] {
  const days = [
    { name: "New Year's Day", day: sundayToMonday(dayOf(year, 1, 1)) },
    { name: "Martin Luther King Jr. Day", day: nthWeekday(year, 1, MONDAY, 3) },
    { name: "Washington's Birthday", day: nthWeekday(year, 2, MONDAY, 3) },
    { name: "Good Friday", day: easterSunday(year) - 2 },
    { name: "Memorial Day", day: lastMonday(year, 5) },
    { name: "Independence Day", day: nearestWorkday(dayOf(year, 7, 4)) },
    { name: "Labor Day", day: nthWeekday(year, 9, MONDAY, 1) },
    { name: "Thanksgiving Day", day: nthWeekday(year, 11, THURSDAY, 4) },
    { name: "Christmas Day", day: nearestWorkday(dayOf(year, 12, 25)) },
  ];
  if (year >= FIRST_JUNETEENTH) days.push({ name: "Juneteenth", day: nearestWorkday(dayOf(year, 6, 19)) });
  return days;
}

/** What bonds keep besides: Columbus Day, and Veterans Day unless it is a Saturday. */
export function bondHolidays(year: number): NamedDay[] {
  return [
    { name: "Columbus Day", day: nthWeekday(year, 10, MONDAY, 2) },
    { name: "Veterans Day", day: sundayToMonday(dayOf(year, 11, 11)) },
  ];
}
