import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "../state-space/semidefinite.ts";
import { DRIFTS, type Drift, requireForgetting } from "./drift.ts";
import { ACCOUNT_FIELDS, type RegressionAccount, requireAccount } from "./regression-account.ts";

/** How far a diffuse start has come: nothing yet, the level at one x, or the whole line. */
export type Knowledge = "nothing" | "level" | "line";

/**
 * The filter after some bar, as plain JSON: a filter made from it goes on with the same bits.
 *
 * The line is y = level + slope · (x − anchor), and `covariance` is that of (level, slope) after the last
 * bar. With anchor 0, as under every start but the diffuse one, the level is the intercept.
 */
export interface KalmanRegressionState extends RegressionAccount {
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
  ...ACCOUNT_FIELDS,
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
  const { drift = "equal", forgetting = 1 } = given;
  requireOneOf("state.drift", drift, DRIFTS);
  requireForgetting("state.forgetting", forgetting);
  return {
    version: 1,
    delta: requireNonNegative("state.delta", given.delta),
    ...(drift === "equal" ? {} : { drift }),
    ...(forgetting === 1 ? {} : { forgetting }),
    observationVariance: requirePositive("state.observationVariance", given.observationVariance),
    parity,
    known: requireOneOf("state.known", given.known, ["nothing", "level", "line"]),
    anchor: requireFinite("state.anchor", given.anchor),
    level: requireFinite("state.level", given.level),
    slope: requireFinite("state.slope", given.slope),
    covariance: requireCovariance(given.covariance, parity),
    ...requireAccount(given, drift, 1),
  };
}
