import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { roundHalfAway } from "../pricing/round-half-away.ts";

/** How a lender marks the cash that secures the stock lent. */
export interface CollateralMarks {
  /** Cash a unit of market value, ≥ 1 by custom. @defaultValue 1.02 */
  readonly ratio?: number;
  /** The marked price is rounded up to a multiple of this; 0 leaves it as it is. @defaultValue 1, a whole dollar */
  readonly roundUpTo?: number;
}

/** The marks, every field present. */
export function requireCollateral(marks: CollateralMarks): Required<CollateralMarks> {
  requireKnownOptions(marks, ["ratio", "roundUpTo"], "collateral");
  const { ratio = 1.02, roundUpTo = 1 } = marks;
  return Object.freeze({
    ratio: requirePositive("collateral.ratio", ratio),
    roundUpTo: requireNonNegative("collateral.roundUpTo", roundUpTo),
  });
}

/** Decimals of a count of units that are meant: a product of decimals is not one unit dearer for its binary rounding. */
const MEANT_DECIMALS = 9;

/** The price at which a share lent is secured: price × ratio, rounded up [IbkrCollateral]. */
export function collateralPrice(price: number, { ratio, roundUpTo }: Required<CollateralMarks>): number {
  const secured = price * ratio;
  if (roundUpTo === 0) return secured;
  const units = roundHalfAway(secured / roundUpTo, MEANT_DECIMALS);
  return Math.ceil(units) * roundUpTo;
}

/** The cash that secures a short line: |shares| × the marked price, or |notional| × ratio where no price is rounded. */
export function collateralValue(
  name: string,
  line: { readonly notional: number; readonly shares?: number; readonly price?: number },
  marks: Required<CollateralMarks> | undefined,
): number {
  if (marks === undefined) return Math.abs(line.notional);
  if (line.shares !== undefined && line.price !== undefined) {
    requireFinite(`${name}.price × collateral.ratio`, line.price * marks.ratio);
    return Math.abs(line.shares) * collateralPrice(line.price, marks);
  }
  if (marks.roundUpTo === 0) return Math.abs(line.notional) * marks.ratio;
  throw new QuantError(
    "data",
    `${name} must have shares and a price where collateral is marked at rounded prices`,
    { argument: name },
  );
}
