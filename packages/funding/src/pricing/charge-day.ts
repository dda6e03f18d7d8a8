import { cashRate, debitRate, shortRate } from "../schedule/balance-rates.ts";
import { baseRateOn } from "../schedule/base-rate.ts";
import { daysAYear } from "../schedule/day-count.ts";
import { nettedShare } from "../schedule/netting.ts";
import { type Account, OWN } from "./account.ts";
import { finance } from "./balances.ts";
import { type Charges, chargeFlat, chargeLong, chargeShort, type Rates } from "./charge-line.ts";
import type { FundingComponents } from "./components.ts";
import { type CurrencyGroup, readFees } from "./currency-group.ts";

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

/** Writes the charges of a group's positions. */
function chargePositions(group: CurrencyGroup, rates: Rates, charges: Charges): void {
  const { schedule, places, notionals, collaterals, lent, feesBps } = group;
  for (let i = 0; i < places.length; i++) {
    const notional = notionals[i]!;
    if (notional > 0) chargeLong(charges, places[i]!, notional, rates);
    else if (notional < 0) {
      const short = { notional, collateral: collaterals[i]!, lent: lent[i]!, listedFeeBps: feesBps[i]! };
      chargeShort(charges, places[i]!, short, schedule, rates);
    } else chargeFlat(charges, places[i]!);
  }
}

function chargeGroup(group: CurrencyGroup, account: Account, day: number, charges: Charges): FundingBalance {
  const { currency, schedule } = group;
  const base = baseRateOn(schedule, day, account.calendar);
  const year = daysAYear(schedule.dayCount);
  const fx = account.exchangeRate(currency, day);
  const financing = finance({
    longs: group.longs,
    shorts: group.shorts,
    collateral: group.collateral,
    equity: account.equity.get(currency),
    netting: nettedShare(schedule.netting),
  });
  const debit = debitRate(schedule, base, financing.debit);
  const credit = shortRate(schedule, base, financing.shortCredit);
  const cash = cashRate(schedule, base, financing.cash);
  readFees(group, day);
  chargePositions(group, { base, debit, credit, financing, year, fx }, charges);
  const { loan } = financing;
  return {
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
      base: 0 + ((financing.cash - loan) * base * fx) / year,
      spread: 0 - ((financing.cash * cash.spread + loan * debit.spread) * fx) / year,
      rebate: 0,
      borrow: 0,
    },
  };
}

/**
 * What one calendar day of financing brings or costs a book, written into `charges`, and the balances behind it, one a
 * currency; the one place where money is computed.
 *
 * @param day - counted from 1970-01-01
 */
export function chargeDay(
  groups: readonly CurrencyGroup[],
  account: Account,
  day: number,
  charges: Charges,
): FundingBalance[] {
  return groups.map((group) => chargeGroup(group, account, day, charges));
}
