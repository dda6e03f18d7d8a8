import { QuantError } from "@astra-quant/core-linalg";
import { requireFinite, requireInteger } from "@astra-quant/core-linalg/guards";
import { type Drift, type MeanSquaresState, requireMeanSquares } from "./drift.ts";
import { RecentVolatility, type RecentVolatilityState } from "./recent-volatility.ts";

/** What a regression's state holds besides its model and its coefficients. */
export interface RegressionAccount {
  /** With a scaled drift. */
  readonly meanSquares?: MeanSquaresState;
  /** With a volatilityHalfLife. */
  readonly volatility?: RecentVolatilityState;
  /** Bars with everything there. */
  readonly observations: number;
  /** Bars where y or a regressor was NaN. */
  readonly missing: number;
  readonly logLikelihood: number;
  /** The last time given, in epoch milliseconds or any unit that only grows. */
  readonly time?: number;
}

export const ACCOUNT_FIELDS: readonly string[] = [
  "meanSquares",
  "volatility",
  "observations",
  "missing",
  "logLikelihood",
  "time",
];

/** That part of a state, if it is one that this version wrote. */
export function requireAccount(
  given: RegressionAccount,
  drift: Drift,
  regressors: number,
): RegressionAccount {
  const { meanSquares, volatility, time } = given;
  if (volatility !== undefined) RecentVolatility.from("state.volatility", volatility);
  if (meanSquares !== undefined && drift !== "scaled") {
    throw new QuantError("data", `state.meanSquares must be left out under drift '${drift}'`, {
      argument: "state.meanSquares",
    });
  }
  return {
    ...(drift === "scaled"
      ? { meanSquares: requireMeanSquares("state.meanSquares", meanSquares, regressors) }
      : {}),
    ...(volatility === undefined ? {} : { volatility }),
    observations: requireInteger("state.observations", given.observations, 0),
    missing: requireInteger("state.missing", given.missing, 0),
    logLikelihood: requireFinite("state.logLikelihood", given.logLikelihood),
    ...(time === undefined ? {} : { time: requireFinite("state.time", time) }),
  };
}
