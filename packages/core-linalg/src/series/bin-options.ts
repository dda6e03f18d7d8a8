import type { DateLike } from "./date-like.ts";
import type { TimeZoneOffsets } from "./time-zone.ts";

/** How time is cut into bars, and what a bar is called. */
export interface BinOptions {
  /**
   * The length of a bar: milliseconds, or a count with s, m or h (elapsed time, counted from the beginning of each day),
   * d, w, M or y (of the calendar, counted from 1970).
   */
  readonly every: string | number;
  /**
   * Which moment names a bar. At its "end" its close is known, so that an as-of join on the answer cannot look ahead; a
   * bar named by its "start" is known one bar later only. @defaultValue "end"
   */
  readonly label?: "start" | "end";
  /**
   * To which bar a row exactly on the border belongs: "left", to the bar that begins there (rows named by their start);
   * "right", to the bar that ends there (rows named by their end). @defaultValue "left"
   */
  readonly closed?: "left" | "right";
  /** An IANA zone, read from the engine's data, or its offsets: whose midnights, weeks and months. @defaultValue "UTC" */
  readonly timeZone?: string | TimeZoneOffsets;
  /** The zone's time of day at which a day begins: "09:30" for a session, "18:00" for a future's. @defaultValue "00:00" */
  readonly dayStart?: string;
  /** The day that a week begins on, 0 being Sunday. @defaultValue 1, Monday */
  readonly weekStart?: number;
  /** Whether bars without a row are left out, or kept between the first and the last. @defaultValue "skip" */
  readonly empty?: "skip" | "keep";
  /** The moment up to which the data are known, which says whether the last bar is over. @defaultValue the last row's */
  readonly until?: DateLike;
  /** Whether a last bar that is not over by `until` is kept. @defaultValue "keep" */
  readonly incomplete?: "keep" | "drop";
}

/** The names of {@link BinOptions}. */
export const BIN_OPTIONS: readonly string[] = [
  "every",
  "label",
  "closed",
  "timeZone",
  "dayStart",
  "weekStart",
  "empty",
  "until",
  "incomplete",
];
