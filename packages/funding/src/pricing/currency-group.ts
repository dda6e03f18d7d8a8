import { compensatedSum } from "@astra-quant/core-linalg";
import { termsOf } from "../schedule/base-rate.ts";
import { borrowFeeEntry, type DatedFee, feeOn } from "../schedule/borrow-fee.ts";
import { collateralValue } from "../schedule/collateral.ts";
import type { FundingSchedule } from "../schedule/schedule.ts";
import { type Account, OWN } from "./account.ts";
import type { Line } from "./position.ts";

/**
 * The positions of one currency, and what stays as it is while the book does: a book that does not trade is read once,
 * however many days it is charged for.
 */
export interface CurrencyGroup {
  /** The currency's name; "" is the schedule's own. */
  readonly currency: string;
  readonly schedule: FundingSchedule;
  /** Where each position stands in the book. */
  readonly places: readonly number[];
  /** Signed, in the group's currency. */
  readonly notionals: Float64Array;
  /** The cash that secures each short; 0 for longs. */
  readonly collaterals: Float64Array;
  /** The collateral of all shorts in the same asset, which is lent as one stock. */
  readonly lent: Float64Array;
  /** Each short's fee in basis points, on the day that {@link readFees} was last asked for. */
  readonly feesBps: Float64Array;
  /** The shorts whose fee depends on the day. */
  readonly dated: readonly {
    readonly at: number;
    readonly asset: string;
    readonly fees: readonly DatedFee[];
  }[];
  /** Σ notional of longs. */
  readonly longs: number;
  /** Σ |notional| of shorts. */
  readonly shorts: number;
  /** Σ collateral. */
  readonly collateral: number;
}

function groupOf(
  currency: string,
  schedule: FundingSchedule,
  book: readonly Line[],
  places: readonly number[],
): CurrencyGroup {
  const lines = places.map((place) => book[place]!);
  const notionals = Float64Array.from(lines, ({ notional }) => notional);
  const collaterals = Float64Array.from(lines, (line) =>
    line.notional < 0 ? collateralValue(line.name, line, schedule.collateral) : 0,
  );
  const ofAsset = new Map<string, number>();
  lines.forEach(({ asset }, at) => {
    ofAsset.set(asset, (ofAsset.get(asset) ?? 0) + collaterals[at]!);
  });
  const lent = Float64Array.from(lines, ({ asset }) => ofAsset.get(asset)!);
  const feesBps = new Float64Array(lines.length);
  const dated: CurrencyGroup["dated"][number][] = [];
  for (const [at, { asset, notional }] of lines.entries()) {
    if (!(notional < 0)) continue;
    const fees = borrowFeeEntry(schedule, asset);
    if (typeof fees === "number") feesBps[at] = fees;
    else dated.push({ at, asset, fees });
  }
  return {
    currency,
    schedule,
    places,
    notionals,
    collaterals,
    lent,
    feesBps,
    dated,
    longs: compensatedSum(notionals.map((notional) => Math.max(0, notional))),
    shorts: compensatedSum(notionals.map((notional) => Math.max(0, 0 - notional))),
    collateral: compensatedSum(collaterals),
  };
}

/** The book by currency, in the order of first lines; own money in a currency without a line is a group all the same. */
export function groupBook(
  book: readonly Line[],
  schedule: FundingSchedule,
  account: Account,
): readonly CurrencyGroup[] {
  const terms = new Map<string, { schedule: FundingSchedule; places: number[] }>();
  const entryOf = (name: string, currency: string | undefined): { places: number[] } => {
    const key = currency ?? OWN;
    const found = terms.get(key) ?? { schedule: termsOf(name, schedule, currency), places: [] };
    terms.set(key, found);
    return found;
  };
  book.forEach((line, place) => {
    entryOf(`${line.name}.currency`, line.currency).places.push(place);
  });
  for (const currency of account.equity.keys()) {
    entryOf("each currency of equity", currency === OWN ? undefined : currency);
  }
  return Array.from(terms, ([currency, entry]) => groupOf(currency, entry.schedule, book, entry.places));
}

/** Brings the fees that depend on the day to a day, counted from 1970-01-01. */
export function readFees({ dated, feesBps }: CurrencyGroup, day: number): void {
  for (const { at, asset, fees } of dated) feesBps[at] = feeOn(fees, asset, day);
}
