const PATTERN =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?)?$/;

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

/**
 * Epoch milliseconds of an ISO 8601 month, date or date-time, or NaN for anything else. A time without a zone is a
 * label and read as UTC, whatever the machine's own zone; a day that the calendar has not (30 February) is NaN.
 */
export function parseTime(text: string): number {
  const match = typeof text === "string" ? PATTERN.exec(text.trim()) : null;
  if (match === null) return Number.NaN;
  const [, year, month, day = "01", hour = "0", minute = "0", second = "0", fraction = "0", zone] = match;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day)); // Date.UTC takes the year 50 for 1950
  moment.setUTCHours(Number(hour), Number(minute), Number(second));
  const legal =
    moment.getUTCMonth() === Number(month) - 1 &&
    moment.getUTCDate() === Number(day) &&
    moment.getUTCHours() === Number(hour) &&
    moment.getUTCMinutes() === Number(minute) &&
    moment.getUTCSeconds() === Number(second);
  if (!legal) return Number.NaN;
  return moment.getTime() + Math.floor(Number(`0.${fraction}`) * 1000) - offsetMinutes(zone) * 60000;
}
