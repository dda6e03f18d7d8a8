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
import { requireSemidefinite } from "./semidefinite.ts";

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
  readonly observationVariance: number;
  readonly parity: "none" | "seed";
  readonly known: Knowledge;
  readonly anchor: number;
  readonly level: number;
  readonly slope: number;
  readonly covariance: [[number, number], [number, number]];
  /** Bars with both prices. */
  readonly observations: number;
  /** Bars where x or y was NaN. */
  readonly missing: number;
  readonly logLikelihood: number;
}

const FIELDS: readonly string[] = [
  "version",
  "delta",
  "observationVariance",
  "parity",
  "known",
  "anchor",
  "level",
  "slope",
  "covariance",
  "observations",
  "missing",
  "logLikelihood",
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
    requireSemidefinite("state.covariance", a, b, d);
  }
  return [
    [a, b],
    [c, d],
  ];
}

/** The state, if it is one that this version wrote. */
export function requireState(state: unknown): KalmanRegressionState {
  if (typeof state !== "object" || state === null) {
    throw new QuantError("data", `state must be an object, got ${show(state)}`, { argument: "state" });
  }
  const given = state as KalmanRegressionState;
  if (given.version !== 1) {
    throw new QuantError("data", `state.version must be 1, got ${show(given.version)}`, {
      argument: "state.version",
      value: given.version,
    });
  }
  requireKnownOptions(given, FIELDS);
  const parity = requireOneOf("state.parity", given.parity, ["none", "seed"]);
  return {
    version: 1,
    delta: requireNonNegative("state.delta", given.delta),
    observationVariance: requirePositive("state.observationVariance", given.observationVariance),
    parity,
    known: requireOneOf("state.known", given.known, ["nothing", "level", "line"]),
    anchor: requireFinite("state.anchor", given.anchor),
    level: requireFinite("state.level", given.level),
    slope: requireFinite("state.slope", given.slope),
    covariance: requireCovariance(given.covariance, parity),
    observations: requireInteger("state.observations", given.observations, 0),
    missing: requireInteger("state.missing", given.missing, 0),
    logLikelihood: requireFinite("state.logLikelihood", given.logLikelihood),
  };
}
