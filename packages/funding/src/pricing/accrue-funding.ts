import { type DateLike, type Matrix, type Panel, QuantError } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireOneOf, show } from "@astra-quant/core-linalg/guards";
import { isoDay, requireSpan } from "../calendar/day.ts";
import { baseRateOn } from "../schedule/base-rate.ts";
import { type FundingScheduleOptions, fundingSchedule } from "../schedule/schedule.ts";
import { type AccountOptions, requireAccount } from "./account.ts";
import { chargeDay } from "./charge-day.ts";
import { groupBook } from "./currency-group.ts";
import { type ComponentMatrices, type FundingAmount, Ledger } from "./ledger.ts";
import { requireMoney } from "./money.ts";
import { type Position, requireBook } from "./position.ts";
import { type BookOnDay, settledBook, type Trade } from "./settled-book.ts";
import { unitsOf } from "./statement.ts";

export interface AccrueFundingOptions extends AccountOptions {
  /** The first day that is charged. */
  readonly from: DateLike;
  /** The day after the last one that is charged. */
  readonly to: DateLike;
  /** Purchases and sales, financed from their settlement on. @defaultValue none */
  readonly trades?: readonly Trade[];
  /** Business days from trade to settlement: 1 is T+1, 2 is T+2, 0 finances from the trade date. @defaultValue 1 */
  readonly settlementLag?: number;
  /** Closes that mark positions given in shares, the last one on or before each day. @defaultValue the positions' own */
  readonly prices?: Panel;
  /**
   * "none" keeps what is computed; "statement" rounds each position's day half away from zero to `decimals`, and its
   * components so that they add up: every total is then an exact sum of what a statement prints. @defaultValue "none"
   */
  readonly rounding?: "none" | "statement";
  /** Decimals of the book's currency on a statement. @defaultValue 2 */
  readonly decimals?: number;
}

/** What one day was charged. */
export interface AccruedDay extends FundingAmount {
  /** ISO date. */
  readonly date: string;
  /** The base rate of the schedule's own currency that day. */
  readonly baseRate: number;
}

/** What one position was charged over the period. */
export interface AccruedPosition extends FundingAmount {
  readonly asset: string;
  /** Absent for the schedule's own. */
  readonly currency?: string;
}

/**
 * What a period of financing brought or cost; negative when it costs. Sums over days and over positions (with the
 * account) are the same total.
 */
export interface FundingAccrual extends FundingAmount {
  /** One entry a calendar day, weekends and holidays included. */
  readonly days: readonly AccruedDay[];
  /** One entry a line of the book, and one for each asset that only trades brought in. */
  readonly positions: readonly AccruedPosition[];
  /** Cash and loans besides the positions. */
  readonly account: FundingAmount;
  /** Days × positions. */
  readonly amounts: Matrix;
  /** What `amounts` are made of. */
  readonly amountsByComponent: ComponentMatrices;
}

const NAMES: readonly (keyof AccrueFundingOptions)[] = [
  "from",
  "to",
  "trades",
  "settlementLag",
  "prices",
  "rounding",
  "decimals",
  "equity",
  "fx",
  "calendar",
];

function requirePanel(prices: unknown): Panel | undefined {
  if (prices === undefined) return undefined;
  if (typeof prices === "object" && prices !== null && "index" in prices && "column" in prices) {
    return prices as Panel;
  }
  throw new QuantError("shape", `prices must be a panel, got ${show(prices)}`, { argument: "prices" });
}

/**
 * The financing of a book over a period, day by day: each calendar day from `from` up to, not including, `to` is charged
 * on the positions settled that day, at that day's base rate and fees; a weekend or holiday takes the fixing of the
 * business day before. Interest is simple: what has accrued earns none. Two periods that meet are the same as the whole.
 *
 * @throws QuantError "data" for fixings, prices or fees that do not reach back to `from`, a missing fixing, or trades that
 *   do not fit the book; "range" for a period that ends before it begins; and as `priceFunding`.
 */
export function accrueFunding(
  book: readonly Position[],
  schedule: FundingScheduleOptions,
  options: AccrueFundingOptions,
): FundingAccrual {
  requireKnownOptions(options, NAMES);
  const { trades = [], settlementLag = 1, rounding = "none", decimals = 2 } = options;
  const lines = requireBook(book);
  const terms = fundingSchedule(schedule);
  const account = requireAccount(options);
  const { first, end } = requireSpan(options.from, options.to);
  requireInteger("settlementLag", settlementLag, 0);
  requireOneOf("rounding", rounding, ["none", "statement"]);
  unitsOf(decimals);
  const onDay: BookOnDay = settledBook(lines, {
    trades,
    settlementLag,
    calendar: account.calendar,
    prices: requirePanel(options.prices),
  });

  const held = onDay(first);
  const ledger = new Ledger(end - first, held.length, rounding === "statement" ? decimals : undefined);
  let standing = held;
  let groups = groupBook(held, terms, account);
  for (let day = first; day < end; day++) {
    const today = onDay(day);
    if (today !== standing) groups = groupBook(today, terms, account);
    standing = today;
    ledger.enter(day - first, (charges) => chargeDay(groups, account, day, charges));
  }

  const { whole, days, positions, account: besides } = ledger.close();
  requireMoney("total", whole.total);
  return {
    ...whole,
    days: days.map((charged, t) => ({
      date: isoDay(first + t),
      baseRate: baseRateOn(terms, first + t, account.calendar),
      ...charged,
    })),
    positions: positions.map((charged, j) => {
      const { asset, currency } = held[j]!;
      return { asset, ...(currency === undefined ? {} : { currency }), ...charged };
    }),
    account: besides,
    amounts: ledger.amounts,
    amountsByComponent: ledger.components,
  };
}
