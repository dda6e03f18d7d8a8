import { QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "../state-space/semidefinite.ts";
import { requireCarriedCovariance, requireUnknownDirections } from "../state-space/state-guards.ts";
import { DRIFTS, type Drift, requireForgetting } from "./drift.ts";
import { ACCOUNT_FIELDS, type RegressionAccount, requireAccount } from "./regression-account.ts";

/**
 * The filter of several regressors, or of none but slopes, after some bar, as plain JSON: a filter made from it goes on
 * with the same bits.
 */
export interface KalmanMultipleRegressionState extends RegressionAccount {
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
  ...ACCOUNT_FIELDS,
];

/** The directions, absent only before the first bar: a filter without them begins anew. */
function requireUnknown(given: unknown, observations: number, size: number): { unknown?: number[] } {
  if (given !== undefined)
    return { unknown: Array.from(requireUnknownDirections("state.unknown", given, size)) };
  if (observations === 0) return {};
  throw new QuantError("data", `state.unknown must be given after ${observations} observations`, {
    argument: "state.unknown",
  });
}

/** The state, if it is one that this version wrote; its version has been checked. */
export function requireMultipleState(given: KalmanMultipleRegressionState): KalmanMultipleRegressionState {
  requireKnownOptions(given, FIELDS);
  const regressors = requireInteger("state.regressors", given.regressors, 1);
  const intercept = requireBoolean("state.intercept", given.intercept);
  const drift = requireOneOf("state.drift", given.drift, DRIFTS);
  const size = regressors + (intercept ? 1 : 0);
  const account = requireAccount(given, drift, regressors);
  const covariance = requireCarriedCovariance("state.covariance", given.covariance, size);
  requireSemidefinite("state.covariance", covariance, size);
  return {
    version: 1,
    regressors,
    intercept,
    delta: requireNonNegative("state.delta", given.delta),
    drift,
    forgetting: requireForgetting("state.forgetting", given.forgetting),
    observationVariance: requirePositive("state.observationVariance", given.observationVariance),
    ...requireUnknown(given.unknown, account.observations, size),
    anchor: Array.from(requireFiniteVector("state.anchor", given.anchor, regressors)),
    mean: Array.from(requireFiniteVector("state.mean", given.mean, size)),
    covariance: Array.from(covariance),
    ...account,
  };
}
