import {
  CompensatedSum,
  type DateLike,
  Matrix,
  type MatrixLike,
  QuantError,
  toMatrix,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { type BusinessDays, requireBusinessDays, WEEKDAYS } from "../calendar/business-days.ts";
import { isoDay, requireDay, requireSpan } from "../calendar/day.ts";
import { debitRate, shortRate, shortRateAfterFee } from "../schedule/balance-rates.ts";
import { baseRateOn, termsOf } from "../schedule/base-rate.ts";
import { borrowFeeOf } from "../schedule/borrow-fee.ts";
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

export interface FundingCostTermsOptions extends CostTermsOptions {
  /** The first day that is held. */
  readonly from: DateLike;
  /** The day after the last one that is held. */
  readonly to: DateLike;
  /** One price an asset; needed where collateral is marked at rounded prices. */
  readonly prices?: VectorLike;
}

export interface FundingCostSeriesOptions extends CostTermsOptions {
  /** The moments of a backtest's rows, ascending. */
  readonly dates: readonly DateLike[] | Float64Array;
  /** Times × assets; the row before a span marks its collateral. Needed where that is marked at rounded prices. */
  readonly prices?: MatrixLike;
}

/** The cost of holding one unit of weight over a span; negative when it is income. */
export interface FundingCostTerms {
  /** Of a long weight. */
  readonly long: Float64Array;
  /** Of a short weight, a unit of |weight|. */
  readonly short: Float64Array;
}

/** {@link FundingCostTerms} of every row of a backtest: times × assets. */
export interface FundingCostSeries {
  readonly long: Matrix;
  readonly short: Matrix;
}

const COMMON = ["assets", "currencies", "calendar", "balances"];

interface Terms {
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

function requireTerms(schedule: FundingScheduleOptions, options: CostTermsOptions): Terms {
  const own = fundingSchedule(schedule);
  const { assets, calendar = WEEKDAYS, balances = { debit: 0, shortCredit: 0 } } = options;
  if (!Array.isArray(assets) || assets.length === 0 || assets.some((asset) => typeof asset !== "string")) {
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

function costOf(
  { assets, schedules, calendar, balances }: Terms,
  first: number,
  end: number,
  prices: Float64Array | undefined,
): FundingCostTerms {
  const long = new Float64Array(assets.length);
  const short = new Float64Array(assets.length);
  assets.forEach((asset, i) => {
    const schedule = schedules[i]!;
    const { borrowFeeBps, generalCollateralBps } = schedule;
    const year = daysAYear(schedule.dayCount);
    const ratio = collateralRatio(schedule, asset, prices?.[i]);
    const [paid, received] = [new CompensatedSum(), new CompensatedSum()];
    for (let day = first; day < end; day++) {
      const base = baseRateOn(schedule, day, calendar);
      const fee = borrowFeeOf(borrowFeeBps, generalCollateralBps, asset, day);
      const credit = shortRate(schedule, base, balances.shortCredit);
      paid.add(debitRate(schedule, base, balances.debit).rate / year);
      received.add((ratio * shortRateAfterFee(schedule, base, credit, fee)) / year);
    }
    long[i] = paid.value;
    short[i] = 0 - received.value;
  });
  return { long, short };
}

/**
 * What holding one unit of weight costs from one day to another, asset by asset: the kinked linear cost that an optimizer
 * takes as `costs.funding`, long where the weight is positive and short where it is negative. The money is that of
 * `accrueFunding`: |weight| × capital × the term is what the position is charged over the span. Each asset needs a borrow
 * fee.
 *
 * @throws QuantError "option" for a schedule with netting or a minimum borrow charge, whose cost is not in proportion to
 *   a weight; "data" as `accrueFunding`; "shape" for prices or currencies that are not one an asset.
 */
export function fundingCostTerms(
  schedule: FundingScheduleOptions,
  options: FundingCostTermsOptions,
): FundingCostTerms {
  requireKnownOptions(options, [...COMMON, "from", "to", "prices"]);
  const terms = requireTerms(schedule, options);
  const { first, end } = requireSpan(options.from, options.to);
  const { prices } = options;
  return costOf(terms, first, end, prices && requireVector("prices", prices, terms.assets.length));
}

/**
 * {@link fundingCostTerms} of every row of a backtest: row t is what a unit of weight held from the row before to row t
 * costs, all the days between, so that a weekend costs three. Row 0 costs nothing.
 *
 * @throws QuantError as {@link fundingCostTerms}, and "data" for dates that do not ascend.
 */
export function fundingCostSeries(
  schedule: FundingScheduleOptions,
  options: FundingCostSeriesOptions,
): FundingCostSeries {
  requireKnownOptions(options, [...COMMON, "dates", "prices"]);
  const terms = requireTerms(schedule, options);
  const { dates } = options;
  if (!(Array.isArray(dates) || dates instanceof Float64Array)) {
    throw new QuantError("data", `dates must be an array of dates, got ${show(dates)}`, {
      argument: "dates",
    });
  }
  const days = Array.from(dates as readonly DateLike[], (date, t) => requireDay(`dates[${t}]`, date));
  const prices = options.prices === undefined ? undefined : toMatrix(options.prices, "prices");
  const n = terms.assets.length;
  if (prices !== undefined && (prices.rows !== days.length || prices.columns !== n)) {
    throw new QuantError(
      "shape",
      `prices must be ${days.length}×${n}, got ${prices.rows}×${prices.columns}`,
      {
        argument: "prices",
      },
    );
  }
  const [long, short] = [Matrix.zeros(days.length, n), Matrix.zeros(days.length, n)];
  for (let t = 1; t < days.length; t++) {
    const [first, end] = [days[t - 1]!, days[t]!];
    if (end < first) {
      throw new QuantError("data", `dates[${t}] must not be before ${isoDay(first)}, got ${isoDay(end)}`, {
        argument: "dates",
        index: t,
      });
    }
    const cost = costOf(terms, first, end, prices?.row(t - 1));
    long.data.set(cost.long, t * n);
    short.data.set(cost.short, t * n);
  }
  return { long, short };
}
