import { requireInteger } from "@astra-quant/core-linalg/guards";
import { rollingSharpe } from "@astra-quant/risk";
import type { TrackRecord } from "./track-record.ts";

/** The Sharpe ratio of the last bars, at each entry of a record. */
export interface SharpeWindow {
  /** Bars. */
  readonly window: number;
  /** Annualised; NaN until the window is full, and where its returns do not vary. */
  readonly values: Float64Array;
  /** Of each value, for independent normal returns. */
  readonly standardErrors: Float64Array;
}

const LEAST_WINDOW = 10;

/** Half a year, or a quarter of a record shorter than two years. */
function usualWindow({ periodsPerYear, returns }: TrackRecord): number {
  return Math.min(Math.round(periodsPerYear / 2), Math.floor(returns.length / 4));
}

/** null where nobody asked for a window and a record is too short for a usual one to say anything. */
export function sharpeWindowOf(record: TrackRecord, asked: number | undefined): SharpeWindow | null {
  const { returns, periodsPerYear } = record;
  const window =
    asked === undefined ? usualWindow(record) : requireInteger("rollingWindow", asked, 2, returns.length);
  if (asked === undefined && window < LEAST_WINDOW) return null;
  const values = new Float64Array(returns.length + 1);
  values[0] = Number.NaN;
  values.set(rollingSharpe(returns, window, { periodsPerYear }), 1);
  // √((1 + s² ÷ 2) ÷ n) · √periodsPerYear, with s the ratio of one bar, so s² · periodsPerYear is the value's square.
  const standardErrors = values.map((sharpe) => Math.sqrt((periodsPerYear + (sharpe * sharpe) / 2) / window));
  return { window, values, standardErrors };
}
