import { type BalanceRate, fraction, shortRateAfterFee } from "../schedule/balance-rates.ts";
import { borrowFeeOf } from "../schedule/borrow-fee.ts";
import type { FundingSchedule } from "../schedule/schedule.ts";
import type { Financing } from "./balances.ts";
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

/** A line and the cash that secures it, 0 for a long. */
export interface SecuredLine extends Line {
  readonly collateral: number;
}

/** Of a position that is none. */
export const FLAT: FundingComponents = { base: 0, spread: 0, rebate: 0, borrow: 0 };

/** A day's rates, and how the group of the line is financed. */
export interface Rates {
  readonly base: number;
  readonly debit: BalanceRate;
  readonly credit: BalanceRate;
  readonly financing: Financing;
  readonly year: number;
  readonly fx: number;
}

/** What a long pays on the part of it that is borrowed. */
export function chargeLong(notional: number, { base, debit, financing, year, fx }: Rates): LineCharge {
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

/** What a short receives on its collateral, less the fee of the stock. */
export function chargeShort(
  line: SecuredLine,
  schedule: FundingSchedule,
  day: number,
  rates: Rates,
): LineCharge {
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
