import { backtest } from "@astra-quant/backtest";
import { compensatedSum } from "@astra-quant/core-linalg";
import {
  type FundingSchedule,
  fundingCostSeries,
  fundingCostTerms,
  priceFunding,
} from "@astra-quant/funding";

/** What one day of funding costs a book, as three packages see it; dollars, negative when it costs. */
export interface ThreeWays {
  readonly priced: number;
  readonly optimised: number;
  readonly carried: number;
}

/** The same weights on the same day: priced as a book, as a term of the optimizer's objective, and carried by a backtest. */
export function oneDayThreeWays(
  assets: readonly string[],
  weights: Float64Array,
  capital: number,
  schedule: FundingSchedule,
  day: { readonly from: string; readonly to: string },
): ThreeWays {
  const book = assets.map((asset, i) => ({ asset, notional: weights[i]! * capital }));
  const { long, short } = fundingCostTerms(schedule, { assets, ...day });
  const cost = compensatedSum(weights.map((w, i) => (w > 0 ? w * long[i]! : -w * short[i]!)));
  const run = backtest({
    returns: [assets.map(() => 0), assets.map(() => 0)],
    weights: [weights, weights],
    financing: fundingCostSeries(schedule, { assets, dates: [day.from, day.to] }),
    capital,
    periodsPerYear: 252,
  });
  return {
    priced: priceFunding(book, schedule).total,
    optimised: -cost * capital,
    carried: run.pnl.carry[1]!,
  };
}
