import { QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "../state-space/semidefinite.ts";
import { DRIFTS, type Drift, type MeanSquaresState, requireForgetting, requireMeanSquares } from "./drift.ts";
import { RecentVolatility, type RecentVolatilityState } from "./recent-volatility.ts";

/**
 * The filter of several regressors, or of none but slopes, after some bar, as plain JSON: a filter made from it goes on
 * with the same bits.
 */
export interface KalmanMultipleRegressionState {
  readonly version: 1;
  readonly regressors: number;
  readonly intercept: boolean;
  readonly delta: number;
  readonly drift: Drift;
  readonly forgetting: number;
  readonly observationVariance: number;
  /**
   * The directions of the state of which nothing is known yet, row-major, a row for each coefficient; empty once the
   * coefficients are determined, absent before the first bar of a diffuse start.
   */
  readonly unknown?: readonly number[];
  /** What the regressors are counted from. */
  readonly anchor: readonly number[];
  /** Of (level at the anchor, slopes…), or of the slopes alone where there is no intercept. */
  readonly mean: readonly number[];
  /** Row-major. */
  readonly covariance: readonly number[];
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

const FIELDS: readonly string[] = [
  "version",
  "regressors",
  "intercept",
  "delta",
  "drift",
  "forgetting",
  "observationVariance",
  "unknown",
  "anchor",
  "mean",
  "covariance",
  "meanSquares",
  "volatility",
  "observations",
  "missing",
  "logLikelihood",
  "time",
];

function requireCovariance(given: unknown, size: number): number[] {
  const covariance = requireFiniteVector("state.covariance", given, size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const [below, above] = [covariance[i * size + j]!, covariance[j * size + i]!];
      if (below === above) continue;
      throw new QuantError("data", `state.covariance must be symmetric, got ${above} and ${below}`, {
        value: [above, below],
      });
    }
  }
  requireSemidefinite("state.covariance", covariance, size);
  return Array.from(covariance);
}

function requireUnknown(given: unknown, size: number): number[] {
  const unknown = requireFiniteVector("state.unknown", given);
  if (unknown.length % size === 0 && unknown.length <= size * size) return Array.from(unknown);
  throw new QuantError(
    "data",
    `state.unknown must have at most ${size} rows of equal length, got ${unknown.length} entries`,
    {
      argument: "state.unknown",
    },
  );
}

/** The state, if it is one that this version wrote; its version has been checked. */
export function requireMultipleState(given: KalmanMultipleRegressionState): KalmanMultipleRegressionState {
  requireKnownOptions(given, FIELDS);
  const regressors = requireInteger("state.regressors", given.regressors, 1);
  const intercept = requireBoolean("state.intercept", given.intercept);
  const drift = requireOneOf("state.drift", given.drift, DRIFTS);
  const size = regressors + (intercept ? 1 : 0);
  const { unknown, volatility, time } = given;
  if (volatility !== undefined) RecentVolatility.from("state.volatility", volatility);
  return {
    version: 1,
    regressors,
    intercept,
    delta: requireNonNegative("state.delta", given.delta),
    drift,
    forgetting: requireForgetting("state.forgetting", given.forgetting),
    observationVariance: requirePositive("state.observationVariance", given.observationVariance),
    ...(unknown === undefined ? {} : { unknown: requireUnknown(unknown, size) }),
    anchor: Array.from(requireFiniteVector("state.anchor", given.anchor, regressors)),
    mean: Array.from(requireFiniteVector("state.mean", given.mean, size)),
    covariance: requireCovariance(given.covariance, size),
    ...(drift === "scaled"
      ? { meanSquares: requireMeanSquares("state.meanSquares", given.meanSquares, regressors) }
      : {}),
    ...(volatility === undefined ? {} : { volatility }),
    observations: requireInteger("state.observations", given.observations, 0),
    missing: requireInteger("state.missing", given.missing, 0),
    logLikelihood: requireFinite("state.logLikelihood", given.logLikelihood),
    ...(time === undefined ? {} : { time: requireFinite("state.time", time) }),
  };
}
