import { compensatedSum, type DateLike, QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireNonNegative, show } from "@astra-quant/core-linalg/guards";
import { requireDay } from "../calendar/day.ts";

/** A dividend of the stock: who holds the share before this day is owed the amount. */
export interface Dividend {
  /** The ex-date. */
  readonly date: DateLike;
  /** A share, ≥ 0. */
  readonly amount: number;
}

/** A dividend that has been read. */
export interface DatedAmount {
  readonly day: number;
  readonly amount: number;
}

/** The dividends, if they can be read. */
export function requireDividends(dividends: readonly Dividend[]): DatedAmount[] {
  if (!Array.isArray(dividends)) {
    throw new QuantError("data", `dividends must be an array, got ${show(dividends)}`, {
      argument: "dividends",
    });
  }
  return Array.from(dividends as readonly Dividend[], (dividend, i) => {
    requireKnownOptions(dividend, ["date", "amount"], `dividends[${i}]`);
    return {
      day: requireDay(`dividends[${i}].date`, dividend.date),
      amount: requireNonNegative(`dividends[${i}].amount`, dividend.amount),
    };
  });
}

/** Σ of the amounts whose ex-dates lie after `first`, up to and including `end`. */
export function dividendsBetween(dividends: readonly DatedAmount[], first: number, end: number): number {
  return compensatedSum(dividends.filter(({ day }) => day > first && day <= end).map(({ amount }) => amount));
}
