import { LAST_MOMENT } from "./date-like.ts";

/**
 * The moment as ISO 8601 in UTC, the time of day left out at midnight; a number that is no moment of the calendar
 * (NaN, or beyond ±8.64e15 ms) as it stands.
 */
export function isoTime(epoch: number): string {
  if (!(Math.abs(epoch) <= LAST_MOMENT)) return String(epoch);
  const text = new Date(epoch).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}
