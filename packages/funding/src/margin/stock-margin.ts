import { compensatedSum } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireNonNegative, requireOneOf } from "@astra-quant/core-linalg/guards";
import type { MarginModel, MarginPosition, MarginRequirement } from "./margin-model.ts";

function byPosition(
  positions: readonly MarginPosition[],
  requirementOf: (position: MarginPosition) => number,
): MarginRequirement {
  const each = Float64Array.from(positions, requirementOf);
  return { total: compensatedSum(each), positions: each };
}

export interface FlatHaircutOptions {
  /** Fraction of long notional, ≥ 0. */
  readonly long: number;
  /** Fraction of short notional, ≥ 0. @defaultValue as `long` */
  readonly short?: number;
}

/**
 * A haircut on every position: a fraction of its notional, whatever else is held.
 *
 * @throws QuantError "range" or "not-finite" for a fraction below 0.
 */
export function flatHaircut(options: FlatHaircutOptions): MarginModel {
  requireKnownOptions(options, ["long", "short"]);
  const { long, short = long } = options;
  requireNonNegative("long", long);
  requireNonNegative("short", short);
  return {
    name: "flat haircut",
    requirement: (positions) =>
      byPosition(positions, ({ notional }) => Math.abs(notional) * (notional < 0 ? short : long)),
  };
}

export interface RegTMarginOptions {
  /** What is asked when a position is opened, or while it is held. @defaultValue "initial" */
  readonly stage?: "initial" | "maintenance";
}

/** Dollars a share under which a short stock is secured in full, and the least a share either side of it. */
const CHEAP = 5;
const LEAST_OF_CHEAP = 2.5;

function maintenanceOf({ notional, shares, price }: MarginPosition): number {
  if (notional >= 0) return 0.25 * notional;
  const value = -notional;
  if (shares === undefined || price === undefined) return 0.3 * value;
  const least = (price < CHEAP ? LEAST_OF_CHEAP : CHEAP) * Math.abs(shares);
  return Math.max(least, (price < CHEAP ? 1 : 0.3) * value);
}

/**
 * The margin of a US margin account in stocks, beyond the proceeds of short sales. Initial: half of every position
 * [RegT]. Maintenance: a quarter of longs; of shorts 30 % and at least $5 a share, of those under $5 all of it and at
 * least $2.50 a share [Finra4210]. A short given as a notional is taken for a stock of $5 or more whose 30 % is the larger.
 *
 * @throws QuantError "option" for another stage.
 */
export function regTMargin(options: RegTMarginOptions = {}): MarginModel {
  requireKnownOptions(options, ["stage"]);
  const { stage = "initial" } = options;
  requireOneOf("stage", stage, ["initial", "maintenance"]);
  return {
    name: `Reg-T ${stage}`,
    requirement: (positions) =>
      byPosition(positions, (position) =>
        stage === "initial" ? Math.abs(position.notional) / 2 : maintenanceOf(position),
      ),
  };
}
