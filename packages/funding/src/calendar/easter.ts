import { dayOf } from "./day.ts";

/** Easter Sunday of the Gregorian calendar, by the rule of Butcher's Ecclesiastical Calendar of 1876 [Butcher1876]. */
export function easterSunday(year: number): number {
  const floorOf = Math.floor;
  const golden = year % 19;
  const century = floorOf(year / 100);
  const ofCentury = year % 100;
  const moonCorrection = floorOf((century - floorOf((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - floorOf(century / 4) - moonCorrection + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * floorOf(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = floorOf((golden + 11 * epact + 22 * weekday) / 451);
  const fromMarch = epact + weekday - 7 * late + 114;
  return dayOf(year, floorOf(fromMarch / 31), (fromMarch % 31) + 1);
}
