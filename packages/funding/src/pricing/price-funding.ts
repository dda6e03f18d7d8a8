import { compensatedSum, type DateLike, QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireDay } from "../calendar/day.ts";
import { debitRate } from "../schedule/balance-rates.ts";
import { baseRateOn, dependsOnDay } from "../schedule/base-rate.ts";
import { daysAYear } from "../schedule/day-count.ts";
import { type FundingSchedule, type FundingScheduleOptions, fundingSchedule } from "../schedule/schedule.ts";
import { type Account, type AccountOptions, OWN, requireAccount } from "./account.ts";
import { chargeDay, type FundingBalance } from "./charge-day.ts";
import { emptyCharges } from "./charge-line.ts";
import { eachComponent, type FundingComponents, sumComponents } from "./components.ts";
import { groupBook } from "./currency-group.ts";
import { requireMoney } from "./money.ts";
import { type Position, requireBook } from "./position.ts";
import { type Side, sideOf } from "./side.ts";

/** One day's funding of one position. Amounts are in the book's currency, unrounded. */
export interface FundingRow {
  readonly asset: string;
  readonly side: Side;
  /** Signed: negative when short. */
  readonly notional: number;
  /** What the side earns a year on |notional|, a fraction; negative when it costs. */
  readonly annualRate: number;
  /** What one day brings; negative when it costs. */
  readonly daily: number;
  /** What `daily` is made of; they add up to it but for the last bit. */
  readonly components: FundingComponents;
}

/** One day's funding of a book. Amounts are in the book's currency, unrounded; negative when they cost. */
export interface FundingPrice {
  /** One row a position, in the book's order. */
  readonly rows: readonly FundingRow[];
  /** Σ daily of the rows, and of cash and loans besides. */
  readonly total: number;
  /** What `total` is made of. */
  readonly components: FundingComponents;
  /** What is borrowed and lent, one entry a currency. */
  readonly balances: readonly FundingBalance[];
  /** Σ |notional|. */
  readonly gross: number;
  /** Σ notional. */
  readonly net: number;
  /** A year of such days over gross, a fraction; negative when it costs. NaN when every position is flat. */
  readonly grossRate: number;
  /** The annual return on gross that pays for the funding: −grossRate, 0 for a book that is paid, NaN as grossRate. */
  readonly hurdle: number;
  /** The account's own money in the book's currency; NaN where none was given. */
  readonly equity: number;
  /** The annual return on equity that pays for the funding; 0 for a book that is paid, NaN without equity above 0. */
  readonly equityHurdle: number;
  /**
   * The annual return that the longs need on their own notional to pay for their own financing, as if the
   * shorts brought nothing: the rate of debit balances, and 0 when that is negative.
   */
  readonly longHurdle: number;
}

export interface PriceFundingOptions extends AccountOptions {
  /** The day that is priced; needed where the base rate, a borrow fee or a rate of exchange depends on it. */
  readonly date?: DateLike;
}

function requireDate(schedule: FundingSchedule, { date, fx = {} }: PriceFundingOptions): number {
  if (date !== undefined) return requireDay("date", date);
  const dated = dependsOnDay(schedule) || Object.values(fx).some((rate) => typeof rate === "object");
  if (!dated) return 0;
  throw new QuantError("option", "date must be given where rates or fees depend on the day, got undefined", {
    argument: "date",
  });
}

function totalEquity(account: Account, day: number): number {
  if (account.equity.size === 0) return Number.NaN;
  return compensatedSum(
    Array.from(account.equity, ([currency, amount]) => amount * account.exchangeRate(currency, day)),
  );
}

/**
 * What one calendar day of financing brings or costs a book, position by position: |notional| × annual rate ÷ days a
 * year. Unless the schedule or the options say otherwise, longs are charged on their full notional and the shorts'
 * proceeds are not netted against them; with `equity`, only what it does not pay for is borrowed. The same asset may
 * stand on several lines. A weekend is three such days: see `accrueFunding`.
 *
 * @throws QuantError "data" for an empty book, a line without shares and price or notional, a notional that
 *   contradicts shares × price, a short without a borrow fee, or a currency without terms or rate of exchange; "range" and
 *   "not-finite" for impossible numbers; "option" where a day is needed; and whatever `fundingSchedule` throws for the
 *   schedule.
 */
export function priceFunding(
  book: readonly Position[],
  schedule: FundingScheduleOptions,
  options: PriceFundingOptions = {},
): FundingPrice {
  requireKnownOptions(options, ["date", "equity", "fx", "calendar"]);
  const lines = requireBook(book);
  const terms = fundingSchedule(schedule);
  const account = requireAccount(options);
  const day = requireDate(terms, options);
  const charges = emptyCharges(lines.length);
  const balances = chargeDay(groupBook(lines, terms, account), account, day, charges);

  const rows = lines.map(({ asset }, i): FundingRow => {
    const notional = charges.notional[i]!;
    return {
      asset,
      side: sideOf(notional),
      notional,
      annualRate: charges.annualRate[i]!,
      daily: charges.daily[i]!,
      components: eachComponent((name) => charges.components[name][i]!),
    };
  });
  const total = compensatedSum([...rows, ...balances].map(({ daily }) => daily));
  const components = sumComponents([...rows, ...balances].map((part) => part.components));
  const gross = compensatedSum(rows.map(({ notional }) => Math.abs(notional)));
  const net = compensatedSum(rows.map(({ notional }) => notional));
  const year = daysAYear(terms.dayCount);
  requireMoney("gross", gross);
  requireMoney("total", total);
  const grossRate = gross > 0 ? (total * year) / gross : Number.NaN;
  const equity = totalEquity(account, day);
  const borrowed = balances.find(({ currency = OWN }) => currency === OWN)?.debit ?? 0;
  return {
    rows,
    total,
    components,
    balances,
    gross,
    net,
    grossRate,
    hurdle: Math.max(0, 0 - grossRate),
    equity,
    equityHurdle: equity > 0 ? Math.max(0, (0 - total * year) / equity) : Number.NaN,
    longHurdle: Math.max(0, debitRate(terms, baseRateOn(terms, day, account.calendar), borrowed).rate),
  };
}
