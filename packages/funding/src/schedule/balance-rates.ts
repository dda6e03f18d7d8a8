import { type BalanceTier, blendedRate, type SpreadBps } from "./balance-tiers.ts";
import { floored } from "./rate-floors.ts";
import type { FundingSchedule } from "./schedule.ts";

/** The price of a balance on a day: its annual rate, and how far that is from the base rate. */
export interface BalanceRate {
  /** What the balance pays (a debit) or receives (a credit) a year, a fraction. */
  readonly rate: number;
  /** What the broker keeps of it: rate − base for a debit, base − rate for a credit. */
  readonly spread: number;
}

/** Basis points are added before they are divided, so that 25 + 40 bp against a base of 0.0065 leave exactly 0. */
export const fraction = (bps: number): number => bps / 10_000;

function priceBalance(
  spread: SpreadBps,
  balance: number,
  base: number,
  sign: 1 | -1,
  floor: number | undefined,
): BalanceRate {
  const rateOf = ({ bps = 0, rate = base + sign * fraction(bps) }: BalanceTier): number =>
    floored(rate, floor);
  if (typeof spread !== "number") {
    const rate = blendedRate(spread, balance, rateOf);
    return { rate, spread: sign * (rate - base) };
  }
  const rate = base + sign * fraction(spread);
  if (floor === undefined || rate >= floor) return { rate, spread: fraction(spread) };
  return { rate: floor, spread: sign * (floor - base) };
}

/** What a debit balance pays. */
export function debitRate(
  { longSpreadBps, floors }: FundingSchedule,
  base: number,
  balance: number,
): BalanceRate {
  return priceBalance(longSpreadBps, balance, base, 1, floors?.debitRate);
}

/** What the proceeds of shorts receive, before the borrow fee. */
export function shortRate(
  { shortSpreadBps, floors }: FundingSchedule,
  base: number,
  balance: number,
): BalanceRate {
  return priceBalance(shortSpreadBps, balance, base, -1, floors?.shortRate);
}

/** What cash receives: nothing, unless the schedule has a spread for it. */
export function cashRate(
  { cashSpreadBps, floors }: FundingSchedule,
  base: number,
  balance: number,
): BalanceRate {
  if (cashSpreadBps === undefined) return { rate: 0, spread: base };
  return priceBalance(cashSpreadBps, balance, base, -1, floors?.cashRate);
}

/**
 * What the proceeds of a short receive after the borrow fee. Where nothing is tiered or floored, both spreads are added
 * before they are divided.
 */
export function shortRateAfterFee(
  { shortSpreadBps }: FundingSchedule,
  base: number,
  credit: BalanceRate,
  feeBps: number,
): number {
  const plain = typeof shortSpreadBps === "number" && credit.spread === fraction(shortSpreadBps);
  return plain ? base - fraction(shortSpreadBps + feeBps) : credit.rate - fraction(feeBps);
}
