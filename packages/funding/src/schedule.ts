import {
  QuantError,
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  show,
} from "@astra-quant/core-linalg/guards";
import { type DayCount, requireDayCount } from "./day-count.ts";

/** One fee for every stock lent, or a fee by asset name; basis points a year. */
export type BorrowFeeBps = number | Readonly<Record<string, number>>;

/** What a prime broker is asked for when a schedule is written down. */
export interface FundingScheduleOptions {
  /** The floating rate under everything (SOFR, a T-bill), an annual fraction: 0.03595 is 3.595 %. May be negative. */
  readonly baseRate: number;
  /** Longs pay `baseRate` plus this, basis points a year. */
  readonly longSpreadBps: number;
  /** Shorts receive `baseRate` less this on their proceeds, basis points a year. */
  readonly shortSpreadBps: number;
  /** What the lender of a shorted stock charges, basis points a year, ≥ 0: one number, or one by asset. */
  readonly borrowFeeBps: BorrowFeeBps;
  /** @defaultValue "ACT/360" */
  readonly dayCount?: DayCount;
}

/** A validated schedule: every field present, frozen. */
export interface FundingSchedule extends Required<FundingScheduleOptions> {}

function requireBorrowFee(fee: unknown): BorrowFeeBps {
  if (typeof fee === "number") return requireNonNegative("borrowFeeBps", fee);
  if (typeof fee !== "object" || fee === null || Array.isArray(fee) || ArrayBuffer.isView(fee)) {
    throw new QuantError(
      "data",
      `borrowFeeBps must be a number, or an object of numbers by asset name, got ${show(fee)}`,
      { argument: "borrowFeeBps" },
    );
  }
  const checked = Object.entries(fee).map(
    ([asset, bps]) => [asset, requireNonNegative(`borrowFeeBps.${asset}`, bps)] as const,
  );
  return Object.freeze(Object.fromEntries(checked));
}

/**
 * The terms on which a prime broker finances a long/short book: longs pay `baseRate + longSpread` on their
 * notional; shorts receive `baseRate − shortSpread − borrowFee` on theirs (and pay, when that is negative).
 *
 * A `borrowFeeBps` by asset may name assets that a book does not hold; an asset held short must be named.
 *
 * @throws QuantError "option" for an unknown option or day count, "range" or "not-finite" for a number that
 *   cannot be a rate, "data" for a `borrowFeeBps` of another kind.
 */
export function fundingSchedule(options: FundingScheduleOptions): FundingSchedule {
  requireKnownOptions(options, ["baseRate", "longSpreadBps", "shortSpreadBps", "borrowFeeBps", "dayCount"]);
  const { baseRate, longSpreadBps, shortSpreadBps, borrowFeeBps, dayCount = "ACT/360" } = options;
  return Object.freeze({
    baseRate: requireFinite("baseRate", baseRate),
    longSpreadBps: requireFinite("longSpreadBps", longSpreadBps),
    shortSpreadBps: requireFinite("shortSpreadBps", shortSpreadBps),
    borrowFeeBps: requireBorrowFee(borrowFeeBps),
    dayCount: requireDayCount(dayCount),
  });
}
