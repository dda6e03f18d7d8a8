import { type FundingSchedule, fundingSchedule, type Position } from "@astra-quant/funding";
import { BASE_RATE_PERCENT, DECK } from "../market-simulator/deck.ts";

/** The prime broker's price list of the notebook. */
export const SPREADS = { longSpreadBps: 50, shortSpreadBps: 25, borrowFeeBps: 40 } as const;

/** The deck's schedule, on its base rate. */
export const DECK_SCHEDULE: FundingSchedule = fundingSchedule({
  baseRate: BASE_RATE_PERCENT / 100,
  ...SPREADS,
});

/** The deck's book at its marks: notionals to the dollar, as it prints them. */
export const DECK_BOOK: readonly Position[] = DECK.map(({ asset, shares, mark }) => ({
  asset,
  notional: Math.round(shares * mark),
}));
