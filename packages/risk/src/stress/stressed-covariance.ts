import {
  correlation,
  covarianceOf,
  type Matrix,
  quadraticForm,
  stressCorrelation,
} from "@astra-quant/core-linalg";
import { QuantError, requirePositive, show } from "@astra-quant/core-linalg/guards";
import { unitTail } from "../var/return-shape.ts";
import type { StressedMarket } from "./scenario.ts";

/** Covariance with every volatility multiplied, and correlations raised to a mean. */
export interface StressedCovariance {
  readonly covariance: Matrix;
  /** Mean correlation between different assets; NaN for a single one. */
  readonly averageCorrelation: number;
  /** How far correlations were moved towards 1, in [0, 1). */
  readonly weight: number;
}

/** The correlation of assets that do not vary is not known, and does not matter. */
function knownCorrelation(covariance: Matrix): { correlation: Matrix; volatility: Float64Array } {
  const { correlation: C, volatility } = correlation(covariance);
  for (let k = 0; k < C.data.length; k++) {
    if (Number.isNaN(C.data[k])) C.data[k] = k % (C.columns + 1) === 0 ? 1 : 0;
  }
  return { correlation: C, volatility };
}

/** A mean correlation that a book of any size can have. */
export function requireCorrelation(name: string, value: unknown): number {
  if (typeof value === "number" && value >= -1 && value < 1) return value;
  throw new QuantError("range", `${name} must be in [-1, 1), got ${show(value)}`, { argument: name, value });
}

export function stressedCovariance(covariance: Matrix, market: StressedMarket): StressedCovariance {
  // A mean of −1 or above is met by every matrix: it is left alone, and measured.
  const { volatilityMultiple = 1, correlation: rho = -1 } = market;
  requirePositive("volatilityMultiple", volatilityMultiple);
  const { correlation: C, volatility } = knownCorrelation(covariance);
  const raised = stressCorrelation(C, requireCorrelation("correlation", rho));
  const unchanged = raised.weight === 0 && volatilityMultiple === 1;
  return {
    covariance: unchanged
      ? covariance
      : covarianceOf(
          raised.correlation,
          volatility.map((sigma) => sigma * volatilityMultiple),
        ),
    averageCorrelation: raised.meanAfter,
    weight: raised.weight,
  };
}

/** The normal risk of positions over some days, in their unit. */
export interface BookRisk {
  /** Standard deviation of the P&L. */
  readonly volatility: number;
  /** A positive loss. */
  readonly valueAtRisk: number;
  /** A positive loss. */
  readonly expectedShortfall: number;
}

/** VaR = q σ√h and ES = e σ√h of positions without drift, q and e those of the normal of variance 1. */
export function bookRisk(
  positions: Float64Array,
  covariance: Matrix,
  alpha: number,
  horizon: number,
): BookRisk {
  const volatility = Math.sqrt(Math.max(0, quadraticForm(covariance, positions)) * horizon);
  const unit = unitTail("normal", alpha);
  return {
    volatility,
    valueAtRisk: unit.valueAtRisk * volatility,
    expectedShortfall: unit.expectedShortfall * volatility,
  };
}
