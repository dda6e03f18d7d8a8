import {
  isQuantError,
  QuantError,
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
} from "@astra-quant/core-linalg/guards";
import { DAY } from "../calendar/day.ts";
import {
  type MissingFixing,
  type RateSeries,
  requireFixings,
  requireMissingFixing,
} from "../rates/rate-series.ts";
import { requireSpread, type SpreadBps } from "./balance-tiers.ts";
import { type BorrowFeeBps, requireBorrowFee } from "./borrow-fee.ts";
import { type CollateralMarks, requireCollateral } from "./collateral.ts";
import { type DayCount, requireDayCount } from "./day-count.ts";
import { type Netting, requireNetting } from "./netting.ts";
import { type RateFloors, requireFloors } from "./rate-floors.ts";
import { requireRecord } from "./record.ts";

/** What a prime broker is asked for when a schedule is written down. */
export interface FundingScheduleOptions {
  /**
   * The floating rate under everything (SOFR, a T-bill), an annual fraction: 0.03595 is 3.595 %. May be negative. A
   * series of fixings holds from each of its days on.
   */
  readonly baseRate: number | RateSeries;
  /** Longs pay `baseRate` plus this on the debit balance, basis points a year; tiers are blended. */
  readonly longSpreadBps: SpreadBps;
  /** Shorts receive `baseRate` less this on their proceeds, basis points a year; tiers are blended. */
  readonly shortSpreadBps: SpreadBps;
  /**
   * What the lender of a shorted stock charges, basis points a year, ≥ 0: one number, or by asset one number or
   * numbers with the days from which they hold.
   */
  readonly borrowFeeBps: BorrowFeeBps;
  /** @defaultValue "ACT/360" */
  readonly dayCount?: DayCount;
  /** The fee of general collateral: of every asset that `borrowFeeBps` does not name. @defaultValue none: name them all */
  readonly generalCollateralBps?: number;
  /**
   * The least that lending one stock costs a day, in its currency, ≥ 0; lines of one asset share it by their collateral.
   * @defaultValue 0
   */
  readonly borrowMinimum?: number;
  /** Cash of one's own beyond what the longs need receives `baseRate` less this. @defaultValue it receives nothing */
  readonly cashSpreadBps?: SpreadBps;
  /** Annual rates below which a rate does not fall. @defaultValue none: rates may be negative */
  readonly floors?: RateFloors;
  /** How much of the proceeds of shorts pays for longs, instead of being lent back and forth. @defaultValue "none" */
  readonly netting?: Netting;
  /** How stock lent is marked; borrow fee and rebate are then on that value. @defaultValue at market value */
  readonly collateral?: CollateralMarks;
  /** What a business day without a fixing means, where `baseRate` is a series. @defaultValue "error" */
  readonly missingFixing?: MissingFixing;
  /** The terms of positions in other currencies, by the currency's name. @defaultValue none */
  readonly currencies?: Readonly<Record<string, FundingScheduleOptions>>;
}

/** A validated schedule: its day count present, frozen. */
export interface FundingSchedule extends FundingScheduleOptions {
  readonly dayCount: DayCount;
  readonly collateral?: Required<CollateralMarks>;
  readonly currencies?: Readonly<Record<string, FundingSchedule>>;
}

const NAMES: readonly (keyof FundingScheduleOptions)[] = [
  "baseRate",
  "longSpreadBps",
  "shortSpreadBps",
  "borrowFeeBps",
  "dayCount",
  "generalCollateralBps",
  "borrowMinimum",
  "cashSpreadBps",
  "floors",
  "netting",
  "collateral",
  "missingFixing",
  "currencies",
];

function requireBaseRate(baseRate: number | RateSeries): number | RateSeries {
  if (typeof baseRate !== "object" || baseRate === null) return requireFinite("baseRate", baseRate) + 0; // no −0
  const { days, rates } = requireFixings("baseRate", baseRate);
  return Object.freeze({ dates: days.map((day) => day * DAY), rates });
}

/** Reads a currency's terms; what is wrong with them is said with the currency's name. */
function requireTerms(currency: string, terms: FundingScheduleOptions): FundingSchedule {
  if (currency === "") {
    throw new QuantError("option", 'currencies must be named, got ""', { argument: "currencies" });
  }
  if (terms?.currencies !== undefined) {
    throw new QuantError("option", `currencies.${currency} must not have currencies of its own`, {
      argument: "currencies",
    });
  }
  try {
    return fundingSchedule(terms);
  } catch (error) {
    if (!isQuantError(error)) throw error;
    const { code, message, details } = error;
    throw new QuantError(code, `currencies.${currency}: ${message}`, { ...details, currency });
  }
}

function requireCurrencies(currencies: unknown): Readonly<Record<string, FundingSchedule>> {
  const entries = requireRecord("currencies", "an object of schedules by currency", currencies);
  const checked = entries.map(
    ([name, terms]) => [name, requireTerms(name, terms as FundingScheduleOptions)] as const,
  );
  return Object.freeze(Object.fromEntries(checked));
}

/** Keeps what was given: a schedule says nothing of the features that it does not use. */
function whenGiven<T, K extends string, R>(
  name: K,
  value: T | undefined,
  check: (value: T) => R,
): Partial<Record<K, R>> {
  return value === undefined ? {} : ({ [name]: check(value) } as Record<K, R>);
}

/** Schedules that this function has made, and need not be read again. */
const validated = new WeakSet<object>();

/**
 * The terms on which a prime broker finances a long/short book: longs pay `baseRate + longSpread` on their
 * notional; shorts receive `baseRate − shortSpread − borrowFee` on theirs (and pay, when that is negative).
 *
 * A `borrowFeeBps` by asset may name assets that a book does not hold; an asset held short must be named, unless there is
 * a `generalCollateralBps` for the others. Everything else is a feature that is absent unless it is named: tiers of
 * balances, floors, netting, marks of collateral, other currencies.
 *
 * @throws QuantError "option" for an unknown option or day count, "range" or "not-finite" for a number that
 *   cannot be a rate, "data" for a `borrowFeeBps` of another kind, tiers that overlap or leave gaps, or fixings that
 *   do not ascend.
 */
export function fundingSchedule(options: FundingScheduleOptions): FundingSchedule {
  if (typeof options === "object" && options !== null && validated.has(options))
    return options as FundingSchedule;
  requireKnownOptions(options, NAMES, "schedule");
  const { dayCount = "ACT/360" } = options;
  const schedule: FundingSchedule = Object.freeze({
    baseRate: requireBaseRate(options.baseRate),
    longSpreadBps: requireSpread("longSpreadBps", options.longSpreadBps),
    shortSpreadBps: requireSpread("shortSpreadBps", options.shortSpreadBps),
    borrowFeeBps: requireBorrowFee(options.borrowFeeBps),
    dayCount: requireDayCount(dayCount),
    ...whenGiven("generalCollateralBps", options.generalCollateralBps, (bps) =>
      requireNonNegative("generalCollateralBps", bps),
    ),
    ...whenGiven("borrowMinimum", options.borrowMinimum, (amount) =>
      requireNonNegative("borrowMinimum", amount),
    ),
    ...whenGiven("cashSpreadBps", options.cashSpreadBps, (spread) => requireSpread("cashSpreadBps", spread)),
    ...whenGiven("floors", options.floors, requireFloors),
    ...whenGiven("netting", options.netting, requireNetting),
    ...whenGiven("collateral", options.collateral, requireCollateral),
    ...whenGiven("missingFixing", options.missingFixing, requireMissingFixing),
    ...whenGiven("currencies", options.currencies, requireCurrencies),
  });
  validated.add(schedule);
  return schedule;
}
