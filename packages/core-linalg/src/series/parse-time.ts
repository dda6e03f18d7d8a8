const PATTERN =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

/**
 * Epoch milliseconds of an ISO 8601 month, date or date-time, or NaN for any other text. A time without a zone is a
 * label and read as UTC, whatever the machine's own zone; a day that the calendar has not (30 February) is NaN.
 */
export function parseTime(text: string): number {
  const match = PATTERN.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, year, month, day = "01", hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
  const parts = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const epoch = Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]);
  const read = new Date(epoch);
  const legal =
    read.getUTCMonth() === parts[1] - 1 &&
    read.getUTCDate() === parts[2] &&
    read.getUTCHours() === parts[3] &&
    read.getUTCMinutes() === parts[4] &&
    read.getUTCSeconds() === parts[5];
  if (!legal) return Number.NaN;
  return epoch + Math.floor(Number(`0.${fraction || "0"}`) * 1000) - offsetMinutes(zone) * 60000;
}
