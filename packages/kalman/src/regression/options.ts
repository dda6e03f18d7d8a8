import { type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireBoolean,
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireSymmetricMatrix,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "../state-space/semidefinite.ts";
import { DRIFTS, type Drift, requireForgetting, stepVariance } from "./drift.ts";

/** What is believed about intercept and slopes before the first bar. */
export interface RegressionPrior {
  /** In units of y; left out where the regression has none. */
  readonly intercept?: number;
  /** In units of y per unit of x; a vector where there are several. */
  readonly slope: number | VectorLike;
  /** Covariance of (intercept, slopes…), symmetric and positive semidefinite. */
  readonly covariance: MatrixLike;
}

export interface KalmanRegressionOptions {
  /**
   * Variance that the coefficients gain from bar to bar, as `drift` says; 0 keeps them constant.
   * @defaultValue 1e-5, and 0 with `forgetting`
   */
  readonly delta?: number;
  /**
   * How `delta` becomes Q: `'equal'` is delta for every coefficient, `'ratio'` delta ÷ (1 − delta) for every one,
   * `'scaled'` delta ÷ (mean square of its regressor up to the bar), so that every coefficient moves the prediction by
   * delta a bar whatever its regressor is measured in.
   * @defaultValue 'equal'
   */
  readonly drift?: Drift;
  /**
   * The share λ in (0, 1] of its weight that a bar keeps from one bar to the next: the covariance is divided by λ.
   * With 1 nothing is forgotten, and with delta 0 this is recursive least squares.
   * @defaultValue 1
   */
  readonly forgetting?: number;
  /**
   * Variance R of y around the line, in y's unit squared.
   * @defaultValue 1e-3
   */
  readonly observationVariance?: number;
  /**
   * Whether the line has an intercept; without one it goes through the origin.
   * @defaultValue true
   */
  readonly intercept?: boolean;
  /**
   * The state before the first bar: `'diffuse'` knows nothing (exactly, not by a large number), `'zero'` is
   * certain that all coefficients are 0, or a prior of your own. A prior gains one step before it meets the first bar.
   * @defaultValue 'diffuse'
   */
  readonly initial?: "diffuse" | "zero" | RegressionPrior;
  /**
   * Divides the z-score by how large the z-scores before it were: the root of the average of (innovation ÷
   * innovationStd)² with this half-life in bars, which starts from one bar's worth of the filter's own belief, 1.
   * @defaultValue none: z is innovation ÷ innovationStd
   */
  readonly volatilityHalfLife?: number;
  /**
   * `'seed'` repeats the notebook's filter operation by operation: start from a certain zero, covariance
   * update P = (I − KH)P. Without it P stays symmetric and positive.
   */
  readonly parity?: "seed";
}

/** A prior after validation: mean and row-major covariance of (intercept, slopes…). */
export interface Prior {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** The options after validation. */
export interface Settings {
  readonly regressors: number;
  readonly intercept: boolean;
  readonly delta: number;
  readonly drift: Drift;
  readonly forgetting: number;
  readonly observationVariance: number;
  readonly volatilityHalfLife: number | undefined;
  readonly seedParity: boolean;
  readonly prior: "diffuse" | Prior;
}

export const OPTION_NAMES: readonly string[] = [
  "delta",
  "drift",
  "forgetting",
  "observationVariance",
  "intercept",
  "initial",
  "volatilityHalfLife",
  "parity",
];

function requirePrior(initial: unknown, regressors: number, intercept: boolean): Settings["prior"] {
  const size = regressors + (intercept ? 1 : 0);
  if (typeof initial === "string") {
    if (requireOneOf("initial", initial, ["diffuse", "zero"]) === "diffuse") return "diffuse";
    return { mean: new Float64Array(size), covariance: new Float64Array(size * size) };
  }
  if (typeof initial !== "object" || initial === null) {
    throw new QuantError(
      "option",
      `initial must be 'diffuse', 'zero' or { intercept, slope, covariance }, got ${show(initial)}`,
      { argument: "initial", value: initial },
    );
  }
  requireKnownOptions(initial, intercept ? ["intercept", "slope", "covariance"] : ["slope", "covariance"]);
  const given = initial as RegressionPrior;
  const { data } = requireSymmetricMatrix("initial.covariance", given.covariance, size);
  requireSemidefinite("initial.covariance", data, size);
  const slopes =
    regressors === 1 && !isVector(given.slope)
      ? [requireFinite("initial.slope", given.slope)]
      : requireFiniteVector("initial.slope", given.slope, regressors);
  const mean = intercept ? [requireFinite("initial.intercept", given.intercept), ...slopes] : slopes;
  return { mean: Float64Array.from(mean, (value) => value + 0), covariance: data.slice() };
}

/** The notebook knows one regressor, an intercept, Q = delta · I and a certain zero. */
function requireSeedModel(settings: Settings, options: KalmanRegressionOptions): void {
  const { initial = "zero" } = options;
  const others: readonly [string, boolean, string][] = [
    [
      "initial 'zero'",
      initial === "zero",
      `initial ${typeof initial === "string" ? `'${initial}'` : show(initial)}`,
    ],
    ["drift 'equal'", settings.drift === "equal", `drift '${settings.drift}'`],
    ["forgetting 1", settings.forgetting === 1, `forgetting ${settings.forgetting}`],
    ["an intercept", settings.intercept, "intercept false"],
    ["one regressor", settings.regressors === 1, `regressors ${settings.regressors}`],
  ];
  for (const [wanted, holds, got] of others) {
    if (holds) continue;
    throw new QuantError("option", `parity 'seed' starts from ${wanted}, got ${got}`, { argument: "parity" });
  }
}

/** The largest variance that the filter of a line takes, in units of observationVariance. */
const LARGEST_RATIO = 1e150;

/** The line's covariance is kept in units of observationVariance, and its determinant has to be a double. */
function requireRatio(name: string, variance: number, observationVariance: number): void {
  if (variance <= LARGEST_RATIO * observationVariance) return;
  throw new QuantError(
    "range",
    `${name} must be at most ${LARGEST_RATIO} times observationVariance, got ${variance} with ${observationVariance}`,
    { argument: name, value: variance },
  );
}

/** Checks the options and fills in the defaults. The caller has refused unknown names. */
export function settingsOf(options: KalmanRegressionOptions, count = 1): Settings {
  const { forgetting = 1, observationVariance = 1e-3, drift = "equal", intercept = true, parity } = options;
  const { volatilityHalfLife } = options;
  requireForgetting("forgetting", forgetting);
  if (parity !== undefined) requireOneOf("parity", parity, ["seed"]);
  const seedParity = parity === "seed";
  const { initial = seedParity ? "zero" : "diffuse", delta = forgetting < 1 ? 0 : 1e-5 } = options;
  const regressors = requireInteger("regressors", count, 1);
  requireBoolean("intercept", intercept);
  requireOneOf("drift", drift, DRIFTS);
  if (seedParity) requireSeedModel({ regressors, intercept, drift, forgetting } as Settings, options);
  if (volatilityHalfLife !== undefined) requirePositive("volatilityHalfLife", volatilityHalfLife);
  const step = stepVariance(requireNonNegative("delta", delta), drift);
  requirePositive("observationVariance", observationVariance);
  const prior = requirePrior(initial, regressors, intercept);
  if (intercept && regressors === 1 && !seedParity) {
    requireRatio("delta", step, observationVariance);
    if (prior !== "diffuse") {
      for (const variance of prior.covariance)
        requireRatio("initial.covariance", variance, observationVariance);
    }
  }
  return {
    regressors,
    intercept,
    delta,
    drift,
    forgetting,
    observationVariance,
    volatilityHalfLife,
    seedParity,
    prior,
  };
}
