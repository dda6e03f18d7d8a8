import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "../state-space/semidefinite.ts";
import { DRIFTS, type Drift, type MeanSquaresState, requireForgetting, requireMeanSquares } from "./drift.ts";
import { RecentVolatility, type RecentVolatilityState } from "./recent-volatility.ts";

/** How far a diffuse start has come: nothing yet, the level at one x, or the whole line. */
export type Knowledge = "nothing" | "level" | "line";

/**
 * The filter after some bar, as plain JSON: a filter made from it goes on with the same bits.
 *
 * The line is y = level + slope · (x − anchor), and `covariance` is that of (level, slope) after the last
 * bar. With anchor 0, as under every start but the diffuse one, the level is the intercept.
 */
export interface KalmanRegressionState {
  readonly version: 1;
  readonly delta: number;
  /** Absent where it is 'equal'. */
  readonly drift?: Drift;
  /** Absent where nothing is forgotten. */
  readonly forgetting?: number;
  readonly observationVariance: number;
  readonly parity: "none" | "seed";
  readonly known: Knowledge;
  readonly anchor: number;
  readonly level: number;
  readonly slope: number;
  readonly covariance: [[number, number], [number, number]];
  /** With a scaled drift. */
  readonly meanSquares?: MeanSquaresState;
  /** With a volatilityHalfLife. */
  readonly volatility?: RecentVolatilityState;
  /** Bars with both prices. */
  readonly observations: number;
  /** Bars where x or y was NaN. */
  readonly missing: number;
  readonly logLikelihood: number;
  /** The last time given, in epoch milliseconds or any unit that only grows. */
  readonly time?: number;
}

const FIELDS: readonly string[] = [
  "version",
  "delta",
  "drift",
  "forgetting",
  "observationVariance",
  "parity",
  "known",
  "anchor",
  "level",
  "slope",
  "covariance",
  "meanSquares",
  "volatility",
  "observations",
  "missing",
  "logLikelihood",
  "time",
];

/** The covariance, if it is one. That of the notebook's update may not be: it loses symmetry by rounding. */
function requireCovariance(
  covariance: readonly (readonly number[])[],
  parity: "none" | "seed",
): KalmanRegressionState["covariance"] {
  const entry = (i: 0 | 1, j: 0 | 1): number =>
    requireFinite(`state.covariance[${i}][${j}]`, covariance?.[i]?.[j]);
  const [a, b, c, d] = [entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)];
  if (parity === "none") {
    if (b !== c) {
      throw new QuantError("data", `state.covariance must be symmetric, got ${b} and ${c}`, {
        value: [b, c],
      });
    }
    requireSemidefinite("state.covariance", Float64Array.of(a, b, c, d), 2);
  }
  return [
    [a, b],
    [c, d],
  ];
}

/** The object, if its version is this one's. */
export function requireVersion(state: unknown): object {
  if (typeof state !== "object" || state === null) {
    throw new QuantError("data", `state must be an object, got ${show(state)}`, { argument: "state" });
  }
  const { version } = state as { readonly version?: unknown };
  if (version === 1) return state;
  throw new QuantError("data", `state.version must be 1, got ${show(version)}`, {
    argument: "state.version",
    value: version,
  });
}

/** The state, if it is one that this version wrote; its version has been checked. */
export function requireState(given: KalmanRegressionState): KalmanRegressionState {
  requireKnownOptions(given, FIELDS);
  const parity = requireOneOf("state.parity", given.parity, ["none", "seed"]);
  const { drift, forgetting, volatility, time } = given;
  if (drift !== undefined) requireOneOf("state.drift", drift, DRIFTS);
  if (forgetting !== undefined) requireForgetting("state.forgetting", forgetting);
  if (volatility !== undefined) RecentVolatility.from("state.volatility", volatility);
  if (time !== undefined) requireFinite("state.time", time);
  return {
    ...given,
    version: 1,
    delta: requireNonNegative("state.delta", given.delta),
    observationVariance: requirePositive("state.observationVariance", given.observationVariance),
    parity,
    known: requireOneOf("state.known", given.known, ["nothing", "level", "line"]),
    anchor: requireFinite("state.anchor", given.anchor),
    level: requireFinite("state.level", given.level),
    slope: requireFinite("state.slope", given.slope),
    covariance: requireCovariance(given.covariance, parity),
    ...(drift === "scaled"
      ? { meanSquares: requireMeanSquares("state.meanSquares", given.meanSquares, 1) }
      : {}),
    observations: requireInteger("state.observations", given.observations, 0),
    missing: requireInteger("state.missing", given.missing, 0),
    logLikelihood: requireFinite("state.logLikelihood", given.logLikelihood),
  };
}
