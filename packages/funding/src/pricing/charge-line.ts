import { type BalanceRate, fraction, shortRateAfterFee } from "../schedule/balance-rates.ts";
import type { FundingSchedule } from "../schedule/schedule.ts";
import type { Financing } from "./balances.ts";
import type { FundingComponents } from "./components.ts";

/** A day's charges, one entry a line in each array; amounts in the book's currency. */
export interface Charges {
  readonly notional: Float64Array;
  /** A year of such days over |notional|; negative when it costs, 0 when flat. */
  readonly annualRate: Float64Array;
  readonly daily: Float64Array;
  readonly components: Readonly<Record<keyof FundingComponents, Float64Array>>;
}

/** Charges of so many lines, all of nothing. */
export function emptyCharges(lines: number): Charges {
  const zeros = (): Float64Array => new Float64Array(lines);
  return {
    notional: zeros(),
    annualRate: zeros(),
    daily: zeros(),
    components: { base: zeros(), spread: zeros(), rebate: zeros(), borrow: zeros() },
  };
}

/** A day's rates, and how the group of the line is financed. */
export interface Rates {
  readonly base: number;
  readonly debit: BalanceRate;
  readonly credit: BalanceRate;
  readonly financing: Financing;
  readonly year: number;
  readonly fx: number;
}

/** Writes the line of a position that is none. */
export function chargeFlat({ notional, annualRate, daily, components }: Charges, line: number): void {
  const { base, spread, rebate, borrow } = components;
  notional[line] = annualRate[line] = daily[line] = 0;
  base[line] = spread[line] = rebate[line] = borrow[line] = 0;
}

/** Writes what a long pays on the part of it that is borrowed. */
export function chargeLong(charges: Charges, line: number, notional: number, rates: Rates): void {
  const { base, debit, financing, year, fx } = rates;
  const worth = notional * fx;
  const share = financing.longShare;
  const annualRate = 0 - debit.rate * share;
  charges.notional[line] = worth;
  charges.annualRate[line] = annualRate;
  charges.daily[line] = (worth * annualRate) / year;
  charges.components.base[line] = 0 - (worth * share * base) / year;
  charges.components.spread[line] = 0 - (worth * share * debit.spread) / year;
  charges.components.rebate[line] = 0;
  charges.components.borrow[line] = 0;
}

/** A short position as it is charged. */
export interface Short {
  /** Below 0. */
  readonly notional: number;
  /** The cash that secures it. */
  readonly collateral: number;
  /** The cash that secures all shorts in the same asset: the least charge is for a stock, not for a line. */
  readonly lent: number;
  readonly listedFeeBps: number;
}

/** Writes what a short receives on its collateral, less the fee of the stock. */
export function chargeShort(
  charges: Charges,
  line: number,
  { notional, collateral, lent, listedFeeBps }: Short,
  schedule: FundingSchedule,
  rates: Rates,
): void {
  const { base, credit, financing, year, fx } = rates;
  const least = ((schedule.borrowMinimum ?? 0) * year * 10_000) / lent;
  const feeBps = Math.max(listedFeeBps, least);
  const share = financing.shortShare;
  const worth = 0 - notional * fx;
  const secured = collateral * fx;
  const rate =
    share === 1 ? shortRateAfterFee(schedule, base, credit, feeBps) : credit.rate * share - fraction(feeBps);
  const annualRate = 0 + (secured === worth ? rate : rate * (secured / worth));
  charges.notional[line] = 0 - worth;
  charges.annualRate[line] = annualRate;
  charges.daily[line] = (worth * annualRate) / year;
  charges.components.base[line] = 0 + (secured * (share * base)) / year;
  charges.components.spread[line] = 0;
  charges.components.rebate[line] = 0 - (secured * (share * credit.spread)) / year;
  charges.components.borrow[line] = 0 - (secured * fraction(feeBps)) / year;
}
