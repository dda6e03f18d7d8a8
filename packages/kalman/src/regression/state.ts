import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "../state-space/semidefinite.ts";
import { DRIFTS, type Drift, requireForgetting } from "./drift.ts";
import { ACCOUNT_FIELDS, type RegressionAccount, requireAccount } from "./regression-account.ts";
import type { SeedCovarianceState } from "./seed-covariance.ts";

/** How far a diffuse start has come: nothing yet, the level at one x, or the whole line. */
export type Knowledge = "nothing" | "level" | "line";

/** A covariance as the filter carries it: P = observationVariance · N ÷ scale. */
export interface CovarianceFractionState {
  /** N's [0][0], [0][1] and [1][1]. */
  readonly numerator: readonly [number, number, number];
  /** The determinant of N ÷ scale. */
  readonly share: number;
  readonly scale: number;
  /** How often all of these were divided by 2⁶⁴. */
  readonly rescalings: number;
}

/**
 * The filter after some bar, as plain JSON: a filter made from it goes on with the same bits.
 *
 * The line is y = level + slope · (x − anchor), and `covariance` is that of (level, slope) after the last
 * bar. With anchor 0, as under every start but the diffuse one, the level is the intercept.
 */
export interface KalmanRegressionState extends RegressionAccount {
  readonly version: 2;
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
  readonly covariance: SeedCovarianceState;
  /** What `covariance` comes from; absent under parity 'seed', where it is carried itself. */
  readonly fraction?: CovarianceFractionState;
  /** Σ (innovation ÷ its standard deviation)². */
  readonly squares: number;
  /** How many bars were observed before the line was known, and what they add to the log-likelihood besides squares. */
  readonly settled: { readonly bars: number; readonly logLikelihood: number };
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
  "fraction",
  "squares",
  "settled",
  ...ACCOUNT_FIELDS,
];

/** By how much rounding may part the determinant that is carried from that of the numerator, of the product of variances. */
const DETERMINANT_ROUNDING = 1e-6;

/** The covariance of (level, slope) that a fraction stands for. */
export function covarianceOf(
  { numerator: [n00, n01, n11], scale }: CovarianceFractionState,
  observationVariance: number,
): SeedCovarianceState {
  const [a, b, c] = [n00, n01, n11].map((value) => observationVariance * (value / scale)) as [
    ...[number, number, number],
  ];
  return [
    [a, b],
    [b, c],
  ];
}

/** Refuses a number that is not what the rest of the state says. */
export function requireDerived(name: string, given: number, derived: number): void {
  if (Object.is(given, derived)) return;
  throw new QuantError("data", `${name} must be ${derived}, as the rest of the state says, got ${given}`, {
    argument: name,
    value: given,
  });
}

function requireFraction(given: unknown): CovarianceFractionState {
  const name = "state.fraction";
  const { numerator, share, scale, rescalings } = (given ?? {}) as Partial<CovarianceFractionState>;
  const [n00, n01, n11] = requireFiniteVector(`${name}.numerator`, numerator, 3) as unknown as [
    ...[number, number, number],
  ];
  requireNonNegative(`${name}.share`, share);
  requirePositive(`${name}.scale`, scale);
  requireSemidefinite(`${name}.numerator`, Float64Array.of(n00, n01, n01, n11), 2);
  const [correlation, rest] = [n01 / Math.sqrt(n00) / Math.sqrt(n11), (share! / n00) * (scale! / n11)];
  if (Math.abs(1 - correlation * correlation - rest) > DETERMINANT_ROUNDING) {
    throw new QuantError(
      "data",
      `${name}.share must be the determinant of the numerator ÷ scale, got ${share}`,
      { argument: `${name}.share`, value: share },
    );
  }
  return {
    numerator: [n00, n01, n11],
    share: share!,
    scale: scale!,
    rescalings: requireInteger(`${name}.rescalings`, rescalings, 0),
  };
}

/** The notebook's covariance need be none: its update loses symmetry by rounding. */
function requireCovariance(given: KalmanRegressionState["covariance"]): KalmanRegressionState["covariance"] {
  const entry = (i: 0 | 1, j: 0 | 1): number =>
    requireFinite(`state.covariance[${i}][${j}]`, given?.[i]?.[j]);
  return [
    [entry(0, 0), entry(0, 1)],
    [entry(1, 0), entry(1, 1)],
  ];
}

/** The carried covariance, and where it comes from a fraction also that. */
function requireUncertainty(
  given: KalmanRegressionState,
  parity: "none" | "seed",
): Pick<KalmanRegressionState, "covariance" | "fraction"> {
  const covariance = requireCovariance(given.covariance);
  if (parity === "seed") {
    if (given.fraction === undefined) return { covariance };
    throw new QuantError("data", "state.fraction must be left out under parity 'seed'", {
      argument: "state.fraction",
    });
  }
  const fraction = requireFraction(given.fraction);
  covarianceOf(fraction, given.observationVariance).forEach((row, i) => {
    row.forEach((value, j) => {
      requireDerived(`state.covariance[${i}][${j}]`, covariance[i]![j]!, value);
    });
  });
  return { covariance, fraction };
}

/** The object, if its version is that of its kind: several regressors' states are told by their fields. */
export function requireVersion(state: unknown): object {
  if (typeof state !== "object" || state === null) {
    throw new QuantError("data", `state must be an object, got ${show(state)}`, { argument: "state" });
  }
  const wanted = "regressors" in state || "mean" in state ? 1 : 2;
  const { version } = state as { readonly version?: unknown };
  if (version === wanted) return state;
  const reason =
    version === 1 ? ": it holds too little to go on from, so the bars must be filtered again" : "";
  throw new QuantError("data", `state.version must be ${wanted}, got ${show(version)}${reason}`, {
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
  const observationVariance = requirePositive("state.observationVariance", given.observationVariance);
  const settled = { ...given.settled } as Partial<KalmanRegressionState["settled"]>;
  return {
    version: 2,
    delta: requireNonNegative("state.delta", given.delta),
    ...(drift === "equal" ? {} : { drift }),
    ...(forgetting === 1 ? {} : { forgetting }),
    observationVariance,
    parity,
    known: requireOneOf("state.known", given.known, ["nothing", "level", "line"]),
    anchor: requireFinite("state.anchor", given.anchor),
    level: requireFinite("state.level", given.level),
    slope: requireFinite("state.slope", given.slope),
    ...requireUncertainty(given, parity),
    squares: requireNonNegative("state.squares", given.squares),
    settled: {
      bars: requireInteger("state.settled.bars", settled.bars, 0),
      logLikelihood: requireFinite("state.settled.logLikelihood", settled.logLikelihood),
    },
    ...requireAccount(given, drift, 1),
  };
}
