import { compensatedSum } from "@astra-quant/core-linalg";
import { cashRate, debitRate, shortRate } from "../schedule/balance-rates.ts";
import { baseRateOn, termsOf } from "../schedule/base-rate.ts";
import { collateralValue } from "../schedule/collateral.ts";
import { daysAYear } from "../schedule/day-count.ts";
import { nettedShare } from "../schedule/netting.ts";
import type { FundingSchedule } from "../schedule/schedule.ts";
import { type Account, OWN } from "./account.ts";
import { finance } from "./balances.ts";
import {
  chargeLong,
  chargeShort,
  FLAT,
  type LineCharge,
  type Rates,
  type SecuredLine,
} from "./charge-line.ts";
import type { FundingComponents } from "./components.ts";
import type { Line } from "./position.ts";

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

interface Group {
  readonly currency: string;
  readonly schedule: FundingSchedule;
  readonly lines: SecuredLine[];
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
