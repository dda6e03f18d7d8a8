import { isoTime } from "@astra-quant/core-linalg";
import { countText } from "../number-text.ts";
import type { ReportedResult } from "../reported-result.ts";

/** The largest double below 1: the most that a record can lose and still be compounded. */
const EVERYTHING = 1 - 2 ** -53;
/** More bars a year than days: a moment needs its time of day. */
const DAYS_A_YEAR = 366;

/** The part of a result that its summary is about. Entry k of a series is row `firstRow` + k; entry 0 is the start. */
export interface TrackRecord {
  readonly firstRow: number;
  /** One a bar, so one fewer than there are entries in a series; a ruin is a loss of everything. */
  readonly returns: Float64Array;
  /** Epoch milliseconds, one an entry; null where the result has no dates. */
  readonly dates: Float64Array | null;
  readonly years: number;
  readonly intraday: boolean;
  readonly periodsPerYear: number;
}

/** What a result earned from its first decision on. */
export function trackRecordOf({
  equity,
  returns: all,
  dates,
  firstBar,
  periodsPerYear,
}: ReportedResult): TrackRecord {
  const returns = all.slice(firstBar);
  for (let t = 0; t < returns.length; t++) returns[t] = Math.max(returns[t]!, -EVERYTHING);
  return {
    firstRow: firstBar - 1,
    returns,
    dates: dates?.subarray(firstBar - 1) ?? null,
    years: (equity.length - firstBar) / periodsPerYear,
    intraday: periodsPerYear > DAYS_A_YEAR,
    periodsPerYear,
  };
}

/** What a row is called: its date (and time, where bars are shorter than a day), or its number. */
export function rowName({ dates, firstRow, intraday }: TrackRecord, row: number): string {
  const epoch = dates?.[row - firstRow];
  if (epoch === undefined) return `row ${countText(row)}`;
  const [day, time = "00:00"] = isoTime(epoch).split("T");
  return intraday ? `${day} ${time.slice(0, 5)}` : day!;
}
