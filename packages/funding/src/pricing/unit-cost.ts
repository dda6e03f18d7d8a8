import { CompensatedSum, QuantError } from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { type BusinessDays, requireBusinessDays, WEEKDAYS } from "../calendar/business-days.ts";
import { type BalanceRate, debitRate, shortRate, shortRateAfterFee } from "../schedule/balance-rates.ts";
import { baseRateOn, termsOf } from "../schedule/base-rate.ts";
import { borrowFeeEntry, feeOn } from "../schedule/borrow-fee.ts";
import { collateralValue } from "../schedule/collateral.ts";
import { daysAYear } from "../schedule/day-count.ts";
import { nettedShare } from "../schedule/netting.ts";
import { type FundingSchedule, type FundingScheduleOptions, fundingSchedule } from "../schedule/schedule.ts";

/** What cost terms have in common, whether for one span or for many. */
export interface CostTermsOptions {
  /** Names, one a weight. */
  readonly assets: readonly string[];
  /** The currency of each asset; "" is the schedule's own. @defaultValue the schedule's own for all */
  readonly currencies?: readonly string[];
  /** The business days on which base rates are fixed. @defaultValue every weekday */
  readonly calendar?: BusinessDays;
  /** Balances at which tiers are read, as `priceFunding` reports them. @defaultValue { debit: 0, shortCredit: 0 } */
  readonly balances?: { readonly debit: number; readonly shortCredit: number };
}

/** The cost of holding one unit of weight over a span; negative when it is income. */
export interface FundingCostTerms {
  /** Of a long weight. */
  readonly long: Float64Array;
  /** Of a short weight, a unit of |weight|. */
  readonly short: Float64Array;
}

/** The names of {@link CostTermsOptions}. */
export const COMMON: readonly string[] = ["assets", "currencies", "calendar", "balances"];

/** {@link CostTermsOptions} that have been read. */
export interface UnitTerms {
  readonly assets: readonly string[];
  readonly schedules: readonly FundingSchedule[];
  readonly calendar: BusinessDays;
  readonly balances: { readonly debit: number; readonly shortCredit: number };
}

/** A cost a unit of weight exists only where the cost is in proportion to the weight. */
function requireProportional(name: string, { netting, borrowMinimum = 0 }: FundingSchedule): void {
  for (const [feature, used] of Object.entries({
    netting: nettedShare(netting) > 0,
    borrowMinimum: borrowMinimum > 0,
  })) {
    if (!used) continue;
    throw new QuantError(
      "option",
      `${name} must not have ${feature} for cost terms, since what it costs is not in proportion to a weight; price the book instead`,
      { argument: name, feature },
    );
  }
}

/** The schedule and options, if a unit of weight has a cost under them. */
export function requireUnitTerms(schedule: FundingScheduleOptions, options: CostTermsOptions): UnitTerms {
  const own = fundingSchedule(schedule);
  const { assets, calendar = WEEKDAYS, balances = { debit: 0, shortCredit: 0 } } = options;
  if (
    !Array.isArray(assets) ||
    assets.length === 0 ||
    Array.from(assets).some((asset) => typeof asset !== "string")
  ) {
    throw new QuantError("data", `assets must be at least one name, got ${show(assets)}`, {
      argument: "assets",
    });
  }
  const { currencies = assets.map(() => "") } = options;
  if (!Array.isArray(currencies) || currencies.length !== assets.length) {
    throw new QuantError(
      "shape",
      `currencies must be ${assets.length} names, one an asset, got ${show(currencies)}`,
      {
        argument: "currencies",
      },
    );
  }
  requireKnownOptions(balances, ["debit", "shortCredit"], "balances");
  requireNonNegative("balances.debit", balances.debit);
  requireNonNegative("balances.shortCredit", balances.shortCredit);
  const schedules = currencies.map((currency, i) => termsOf(`currencies[${i}]`, own, currency || undefined));
  for (const terms of new Set(schedules)) requireProportional("schedule", terms);
  return { assets, schedules, calendar: requireBusinessDays("calendar", calendar), balances };
}

/** Cash that secures a unit of short notional. */
function collateralRatio({ collateral }: FundingSchedule, asset: string, price: number | undefined): number {
  if (collateral === undefined) return 1;
  const name = `prices of ${asset}`;
  if (price === undefined) return collateralValue(name, { notional: 1 }, collateral);
  const unit = requirePositive(name, price);
  return collateralValue(name, { notional: unit, shares: 1, price: unit }, collateral) / unit;
}

/** A schedule's rates on each day of a span, and what a unit of debit pays over all of them. */
interface SpanRates {
  readonly days: readonly { readonly day: number; readonly base: number; readonly credit: BalanceRate }[];
  readonly paid: number;
}

function spanRates(
  schedule: FundingSchedule,
  { calendar, balances }: UnitTerms,
  first: number,
  end: number,
): SpanRates {
  const year = daysAYear(schedule.dayCount);
  const paid = new CompensatedSum();
  const days = Array.from({ length: end - first }, (_, t) => {
    const base = baseRateOn(schedule, first + t, calendar);
    paid.add(debitRate(schedule, base, balances.debit).rate / year);
    return { day: first + t, base, credit: shortRate(schedule, base, balances.shortCredit) };
  });
  return { days, paid: paid.value };
}

/** What a unit of each weight costs over the days from `first` up to, not including, `end`. */
export function unitCost(
  terms: UnitTerms,
  first: number,
  end: number,
  prices: Float64Array | undefined,
): FundingCostTerms {
  const { assets, schedules } = terms;
  const long = new Float64Array(assets.length);
  const short = new Float64Array(assets.length);
  const spans = new Map(
    Array.from(new Set(schedules), (schedule) => [schedule, spanRates(schedule, terms, first, end)]),
  );
  assets.forEach((asset, i) => {
    const schedule = schedules[i]!;
    const { days, paid } = spans.get(schedule)!;
    const fees = borrowFeeEntry(schedule, asset);
    const year = daysAYear(schedule.dayCount);
    const ratio = collateralRatio(schedule, asset, prices?.[i]);
    const received = new CompensatedSum();
    for (const { day, base, credit } of days) {
      received.add((ratio * shortRateAfterFee(schedule, base, credit, feeOn(fees, asset, day))) / year);
    }
    long[i] = paid;
    short[i] = 0 - received.value;
  });
  return { long, short };
}
