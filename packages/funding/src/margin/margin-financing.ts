import { requireFinite, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { Position } from "../pricing/position.ts";
import { type PriceFundingOptions, priceFunding } from "../pricing/price-funding.ts";
import { daysAYear } from "../schedule/day-count.ts";
import { type FundingScheduleOptions, fundingSchedule } from "../schedule/schedule.ts";
import { type MarginModel, marginRequirement } from "./margin-model.ts";

export interface MarginFinancingOptions extends Omit<PriceFundingOptions, "equity" | "fx"> {
  /** The rule of margin. */
  readonly model: MarginModel;
  /** The account's own money. */
  readonly equity: number;
}

/** What a rule of margin means for the financing of a book. */
export interface MarginFinancing {
  /** The model's name. */
  readonly model: string;
  /** What must be posted. */
  readonly required: number;
  /** What each position adds to it. */
  readonly positions: Float64Array;
  /** Own money less what is required: negative when money is missing. */
  readonly excess: number;
  /** The day's funding with the money that is there; negative when it costs. */
  readonly total: number;
  /** The day's funding with exactly what is required. */
  readonly totalAtRequirement: number;
  /**
   * How the day's funding changes when the excess is taken out and borrowed instead (negative), or what is missing is
   * paid in (positive).
   */
  readonly daily: number;
  /** What the freed or missing money costs or saves a year, on |excess|; 0 where there is none. */
  readonly annualRate: number;
}

/**
 * The financing that a rule of margin frees or uses. A lower requirement frees own money, which the book then borrows:
 * the difference of the two day's fundings is its price, tiers, floors and idle cash included.
 *
 * @throws QuantError as `priceFunding` and `marginRequirement`.
 */
export function marginFinancing(
  book: readonly Position[],
  schedule: FundingScheduleOptions,
  options: MarginFinancingOptions,
): MarginFinancing {
  requireKnownOptions(options, ["model", "equity", "date", "calendar"]);
  const { model, equity, ...pricing } = options;
  const own = requireFinite("equity", equity);
  const terms = fundingSchedule(schedule);
  const { total: required, positions } = marginRequirement(book, model);
  const { total } = priceFunding(book, terms, { ...pricing, equity: own });
  const { total: totalAtRequirement } = priceFunding(book, terms, { ...pricing, equity: required });
  const excess = own - required;
  const daily = totalAtRequirement - total;
  return {
    model: model.name,
    required,
    positions,
    excess,
    total,
    totalAtRequirement,
    daily,
    annualRate: excess === 0 ? 0 : (daily * daysAYear(terms.dayCount)) / Math.abs(excess),
  };
}
