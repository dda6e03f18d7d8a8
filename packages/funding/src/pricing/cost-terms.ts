import type { DateLike, VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireVector } from "@astra-quant/core-linalg/guards";
import { requireSpan } from "../calendar/day.ts";
import type { FundingScheduleOptions } from "../schedule/schedule.ts";
import {
  COMMON,
  type CostTermsOptions,
  type FundingCostTerms,
  requireUnitTerms,
  unitCost,
} from "./unit-cost.ts";

export interface FundingCostTermsOptions extends CostTermsOptions {
  /** The first day that is held. */
  readonly from: DateLike;
  /** The day after the last one that is held. */
  readonly to: DateLike;
  /** One price an asset; needed where collateral is marked at rounded prices. */
  readonly prices?: VectorLike;
}

/**
 * What holding one unit of weight costs from one day to another, asset by asset: the kinked linear cost that an optimizer
 * takes as `costs.funding`, long where the weight is positive and short where it is negative. The money is that of
 * `accrueFunding`: |weight| × capital × the term is what the position is charged over the span. Each asset needs a borrow
 * fee.
 *
 * @throws QuantError "option" for a schedule with netting or a minimum borrow charge, whose cost is not in proportion to
 *   a weight; "data" as `accrueFunding`; "shape" for prices or currencies that are not one an asset.
 */
export function fundingCostTerms(
  schedule: FundingScheduleOptions,
  options: FundingCostTermsOptions,
): FundingCostTerms {
  requireKnownOptions(options, [...COMMON, "from", "to", "prices"]);
  const terms = requireUnitTerms(schedule, options);
  const { first, end } = requireSpan(options.from, options.to);
  const { prices } = options;
  const marks = prices === undefined ? undefined : requireVector("prices", prices, terms.assets.length);
  return unitCost(terms, first, end, marks);
}
