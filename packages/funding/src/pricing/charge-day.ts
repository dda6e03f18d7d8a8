import { compensatedSum } from "@astra-quant/core-linalg";
import { cashRate, debitRate, fraction, shortRate, shortRateAfterFee } from "../schedule/balance-rates.ts";
import { baseRateOn, termsOf } from "../schedule/base-rate.ts";
import { borrowFeeOf } from "../schedule/borrow-fee.ts";
import { collateralValue } from "../schedule/collateral.ts";
import { daysAYear } from "../schedule/day-count.ts";
import { nettedShare } from "../schedule/netting.ts";
import type { FundingSchedule } from "../schedule/schedule.ts";
import { type Account, OWN } from "./account.ts";
import { type Financing, finance } from "./balances.ts";
import type { FundingComponents } from "./components.ts";
import type { Line } from "./position.ts";

/** One day's charge of a line; amounts in the book's currency. */
export interface LineCharge {
  readonly notional: number;
  /** A year of such days over |notional|; negative when it costs, 0 when flat. */
  readonly annualRate: number;
  readonly daily: number;
  readonly components: FundingComponents;
}

/** What the positions of one currency borrow and lend on a day. */
export interface FundingBalance {
  /** The currency's name; absent for the schedule's own. */
  readonly currency?: string;
  /** What one unit of it is worth in the book's currency. */
  readonly fx: number;
  /** Borrowed, after netting; in that currency, as the balances below, ≥ 0. */
  readonly debit: number;
  /** What it pays a year, a fraction. */
  readonly debitRate: number;
  /** Collateral of shorts that earns the rebate rate, after netting. */
  readonly shortCredit: number;
  /** What it receives a year, before borrow fees. */
  readonly shortRate: number;
  /** Proceeds of shorts that pay for longs. */
  readonly netted: number;
  /** The account's own money that is left over. */
  readonly cash: number;
  /** What it receives a year. */
  readonly cashRate: number;
  /** What cash brings, less what a loan besides the longs costs, that day; in the book's currency. */
  readonly daily: number;
  readonly components: FundingComponents;
}

/** One day's charge of a book. */
export interface DayCharge {
  /** In the lines' order. */
  readonly lines: readonly LineCharge[];
  /** One a currency, in the order of their first lines. */
  readonly balances: readonly FundingBalance[];
}

interface Secured extends Line {
  readonly collateral: number;
}

interface Group {
  readonly currency: string;
  readonly schedule: FundingSchedule;
  readonly lines: Secured[];
}

/** Lines by currency; one with own money but no line has an account all the same. */
function groupsOf(lines: readonly Line[], schedule: FundingSchedule, account: Account): Group[] {
  const groups = new Map<string, Group>();
  const groupOf = (name: string, currency: string | undefined): Group => {
    const key = currency ?? OWN;
    const terms = termsOf(name, schedule, currency);
    if (!groups.has(key)) groups.set(key, { currency: key, schedule: terms, lines: [] });
    return groups.get(key)!;
  };
  for (const line of lines) {
    const group = groupOf(line.name, line.currency);
    const collateral = line.notional < 0 ? collateralValue(line.name, line, group.schedule.collateral) : 0;
    group.lines.push({ ...line, collateral });
  }
  for (const currency of account.equity.keys()) groupOf("equity", currency === OWN ? undefined : currency);
  return [...groups.values()];
}

const FLAT: FundingComponents = { base: 0, spread: 0, rebate: 0, borrow: 0 };

/** What a day's rates make of one line. */
interface Rates {
  readonly base: number;
  readonly debit: { readonly rate: number; readonly spread: number };
  readonly credit: { readonly rate: number; readonly spread: number };
  readonly financing: Financing;
  readonly year: number;
  readonly fx: number;
}

function chargeLong(notional: number, { base, debit, financing, year, fx }: Rates): LineCharge {
  const worth = notional * fx;
  const share = financing.longShare;
  const annualRate = 0 - debit.rate * share;
  const amount = (rate: number): number => 0 - (worth * share * rate) / year;
  return {
    notional: worth,
    annualRate,
    daily: (worth * annualRate) / year,
    components: { ...FLAT, base: amount(base), spread: amount(debit.spread) },
  };
}

function chargeShort(line: Secured, schedule: FundingSchedule, day: number, rates: Rates): LineCharge {
  const { base, credit, financing, year, fx } = rates;
  const { borrowFeeBps, generalCollateralBps, borrowMinimum = 0 } = schedule;
  const listed = borrowFeeOf(borrowFeeBps, generalCollateralBps, line.asset, day);
  const least = (borrowMinimum * year * 10_000) / line.collateral;
  const feeBps = Math.max(listed, least);
  const share = financing.shortShare;
  const worth = Math.abs(line.notional) * fx;
  const secured = line.collateral * fx;
  const rate =
    share === 1 ? shortRateAfterFee(schedule, base, credit, feeBps) : credit.rate * share - fraction(feeBps);
  const annualRate = secured === worth ? rate : rate * (secured / worth);
  const amount = (annual: number): number => (secured * annual) / year;
  return {
    notional: 0 - worth,
    annualRate,
    daily: (worth * annualRate) / year,
    components: {
      base: amount(share * base),
      spread: 0,
      rebate: 0 - amount(share * credit.spread),
      borrow: 0 - amount(fraction(feeBps)),
    },
  };
}

function chargeGroup(
  group: Group,
  account: Account,
  day: number,
): { charges: LineCharge[]; balance: FundingBalance } {
  const { currency, schedule, lines } = group;
  const base = baseRateOn(schedule, day, account.calendar);
  const year = daysAYear(schedule.dayCount);
  const fx = account.exchangeRate(currency, day);
  const shorts = lines.filter(({ notional }) => notional < 0);
  const financing = finance({
    longs: compensatedSum(lines.map(({ notional }) => Math.max(0, notional))),
    shorts: compensatedSum(shorts.map(({ notional }) => -notional)),
    collateral: compensatedSum(shorts.map(({ collateral }) => collateral)),
    equity: account.equity.get(currency),
    netting: nettedShare(schedule.netting),
  });
  const debit = debitRate(schedule, base, financing.debit);
  const credit = shortRate(schedule, base, financing.shortCredit);
  const cash = cashRate(schedule, base, financing.cash);
  const rates: Rates = { base, debit, credit, financing, year, fx };
  const charges = lines.map((line) => {
    if (line.notional > 0) return chargeLong(line.notional, rates);
    if (line.notional < 0) return chargeShort(line, schedule, day, rates);
    return { notional: 0, annualRate: 0, daily: 0, components: FLAT };
  });
  const { loan } = financing;
  const balance = {
    ...(currency === OWN ? {} : { currency }),
    fx,
    debit: financing.debit,
    debitRate: debit.rate,
    shortCredit: financing.shortCredit,
    shortRate: credit.rate,
    netted: financing.netted,
    cash: financing.cash,
    cashRate: cash.rate,
    daily: 0 + ((financing.cash * cash.rate - loan * debit.rate) * fx) / year,
    components: {
      ...FLAT,
      base: 0 + ((financing.cash - loan) * base * fx) / year,
      spread: 0 - ((financing.cash * cash.spread + loan * debit.spread) * fx) / year,
    },
  };
  return { charges, balance };
}

/** What one calendar day of financing brings or costs a book; the one place where money is computed. */
export function chargeDay(
  lines: readonly Line[],
  schedule: FundingSchedule,
  account: Account,
  day: number,
): DayCharge {
  const charged = new Map<string, LineCharge>();
  const balances = groupsOf(lines, schedule, account).map((group) => {
    const { charges, balance } = chargeGroup(group, account, day);
    for (const [i, { name }] of group.lines.entries()) charged.set(name, charges[i]!);
    return balance;
  });
  return { lines: lines.map(({ name }) => charged.get(name)!), balances };
}
