import { type DateLike, Matrix, type MatrixLike, QuantError, toMatrix } from "@astra-quant/core-linalg";
import { requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { isoDay, requireDay } from "../calendar/day.ts";
import type { FundingScheduleOptions } from "../schedule/schedule.ts";
import { COMMON, type CostTermsOptions, requireUnitTerms, unitCost } from "./unit-cost.ts";

export interface FundingCostSeriesOptions extends CostTermsOptions {
  /** The moments of a backtest's rows, ascending. */
  readonly dates: readonly DateLike[] | Float64Array;
  /** Times × assets; the row before a span marks its collateral. Needed where that is marked at rounded prices. */
  readonly prices?: MatrixLike;
}

/** Cost terms of every row of a backtest: times × assets. */
export interface FundingCostSeries {
  readonly long: Matrix;
  readonly short: Matrix;
}

/**
 * `fundingCostTerms` of every row of a backtest: row t is what a unit of weight held from the row before to row t
 * costs, all the days between, so that a weekend costs three. Row 0 costs nothing.
 *
 * @throws QuantError as `fundingCostTerms`, and "data" for dates that do not ascend.
 */
export function fundingCostSeries(
  schedule: FundingScheduleOptions,
  options: FundingCostSeriesOptions,
): FundingCostSeries {
  requireKnownOptions(options, [...COMMON, "dates", "prices"]);
  const terms = requireUnitTerms(schedule, options);
  const { dates } = options;
  if (!(Array.isArray(dates) || dates instanceof Float64Array)) {
    throw new QuantError("data", `dates must be an array of dates, got ${show(dates)}`, {
      argument: "dates",
    });
  }
  const days = Array.from(dates as readonly DateLike[], (date, t) => requireDay(`dates[${t}]`, date));
  const prices = options.prices === undefined ? undefined : toMatrix(options.prices, "prices");
  const n = terms.assets.length;
  if (prices !== undefined && (prices.rows !== days.length || prices.columns !== n)) {
    throw new QuantError(
      "shape",
      `prices must be ${days.length}×${n}, got ${prices.rows}×${prices.columns}`,
      {
        argument: "prices",
      },
    );
  }
  const [long, short] = [Matrix.zeros(days.length, n), Matrix.zeros(days.length, n)];
  for (let t = 1; t < days.length; t++) {
    const [first, end] = [days[t - 1]!, days[t]!];
    if (end < first) {
      throw new QuantError("data", `dates[${t}] must not be before ${isoDay(first)}, got ${isoDay(end)}`, {
        argument: "dates",
        index: t,
      });
    }
    const cost = unitCost(terms, first, end, prices?.row(t - 1));
    long.data.set(cost.long, t * n);
    short.data.set(cost.short, t * n);
  }
  return { long, short };
}
