import { fraction } from "./balance-rates.ts";
import type { SpreadBps } from "./balance-tiers.ts";
import type { BorrowFeeBps } from "./borrow-fee.ts";
import { type FundingSchedule, fundingSchedule } from "./schedule.ts";

/** What of a schedule may become dearer. */
export type FundingDriver = "baseRate" | "longSpreadBps" | "shortSpreadBps" | "borrowFeeBps";

export const DRIVERS: readonly FundingDriver[] = [
  "baseRate",
  "longSpreadBps",
  "shortSpreadBps",
  "borrowFeeBps",
];

function shiftSpread(spread: SpreadBps, bps: number): SpreadBps {
  if (typeof spread === "number") return spread + bps;
  return spread.map((tier) => (tier.bps === undefined ? tier : { ...tier, bps: tier.bps + bps }));
}

/** A fee does not fall below nothing. */
function shiftFees(fees: BorrowFeeBps, bps: number): BorrowFeeBps {
  const shift = (fee: number): number => Math.max(0, fee + bps);
  if (typeof fees === "number") return shift(fees);
  return Object.fromEntries(
    Object.entries(fees).map(([asset, fee]) => [
      asset,
      typeof fee === "number" ? shift(fee) : fee.map((dated) => ({ ...dated, bps: shift(dated.bps) })),
    ]),
  );
}

function shiftBase(baseRate: FundingSchedule["baseRate"], bps: number): FundingSchedule["baseRate"] {
  if (typeof baseRate === "number") return baseRate + fraction(bps);
  return { dates: baseRate.dates, rates: Array.from(baseRate.rates, (rate) => rate + fraction(bps)) };
}

/** The same schedule with one of its terms so many basis points higher, in every currency. */
export function shiftSchedule(
  schedule: FundingSchedule,
  driver: FundingDriver,
  bps: number,
): FundingSchedule {
  const { baseRate, longSpreadBps, shortSpreadBps, borrowFeeBps, generalCollateralBps, currencies } =
    schedule;
  const changes = {
    baseRate: () => ({ baseRate: shiftBase(baseRate, bps) }),
    longSpreadBps: () => ({ longSpreadBps: shiftSpread(longSpreadBps, bps) }),
    shortSpreadBps: () => ({ shortSpreadBps: shiftSpread(shortSpreadBps, bps) }),
    borrowFeeBps: () => ({
      borrowFeeBps: shiftFees(borrowFeeBps, bps),
      ...(generalCollateralBps === undefined
        ? {}
        : { generalCollateralBps: Math.max(0, generalCollateralBps + bps) }),
    }),
  };
  const others = Object.entries(currencies ?? {}).map(([name, terms]) => [
    name,
    shiftSchedule(terms, driver, bps),
  ]);
  return fundingSchedule({
    ...schedule,
    ...changes[driver](),
    ...(currencies === undefined ? {} : { currencies: Object.fromEntries(others) }),
  });
}
