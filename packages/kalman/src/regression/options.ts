import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireSymmetricMatrix,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "./semidefinite.ts";

/** What is believed about intercept and slope before the first bar. */
export interface RegressionPrior {
  /** In units of y. */
  readonly intercept: number;
  /** Units of y per unit of x. */
  readonly slope: number;
  /** Covariance of (intercept, slope), symmetric positive semidefinite. */
  readonly covariance: readonly (readonly [number, number])[];
}

export interface KalmanRegressionOptions {
  /**
   * Variance that intercept and slope each gain from bar to bar (Q = delta · I); 0 keeps them constant.
   * @defaultValue 1e-5
   */
  readonly delta?: number;
  /**
   * Variance R of y around the line, in y's unit squared.
   * @defaultValue 1e-3
   */
  readonly observationVariance?: number;
  /**
   * The state before the first bar: `'diffuse'` knows nothing (exactly, not by a large number), `'zero'` is
   * certain that both are 0, or a prior of your own. A prior gains `delta` before it meets the first bar.
   * @defaultValue 'diffuse'
   */
  readonly initial?: "diffuse" | "zero" | RegressionPrior;
  /**
   * `'seed'` repeats the notebook's filter operation by operation: start from a certain zero, covariance
   * update P = (I − KH)P. Without it the update is Joseph's form, which keeps P symmetric and positive.
   */
  readonly parity?: "seed";
}

/** The options after validation. */
export interface Settings {
  readonly delta: number;
  readonly observationVariance: number;
  readonly seedParity: boolean;
  readonly prior: "diffuse" | RegressionPrior;
}

export const OPTION_NAMES: readonly string[] = ["delta", "observationVariance", "initial", "parity"];

const CERTAIN_ZERO: RegressionPrior = {
  intercept: 0,
  slope: 0,
  covariance: [
    [0, 0],
    [0, 0],
  ],
};

function requirePrior(initial: unknown): "diffuse" | RegressionPrior {
  if (typeof initial === "string") {
    return requireOneOf("initial", initial, ["diffuse", "zero"]) === "zero" ? CERTAIN_ZERO : "diffuse";
  }
  if (typeof initial !== "object" || initial === null) {
    throw new QuantError(
      "option",
      `initial must be 'diffuse', 'zero' or { intercept, slope, covariance }, got ${show(initial)}`,
      { argument: "initial", value: initial },
    );
  }
  requireKnownOptions(initial, ["intercept", "slope", "covariance"]);
  const { intercept, slope, covariance } = initial as RegressionPrior;
  const matrix = requireSymmetricMatrix("initial.covariance", covariance, 2);
  const a = matrix.data[0]!;
  const b = matrix.data[1]!;
  const c = matrix.data[3]!;
  requireSemidefinite("initial.covariance", a, b, c);
  return {
    intercept: requireFinite("initial.intercept", intercept),
    slope: requireFinite("initial.slope", slope),
    covariance: [
      [a, b],
      [b, c],
    ],
  };
}

/** Checks the options and fills in the defaults. The caller has refused unknown names. */
export function settingsOf(options: KalmanRegressionOptions): Settings {
  const { delta = 1e-5, observationVariance = 1e-3, parity } = options;
  if (parity !== undefined) requireOneOf("parity", parity, ["seed"]);
  const seedParity = parity === "seed";
  const { initial = seedParity ? "zero" : "diffuse" } = options;
  if (seedParity && initial !== "zero") {
    const shown = typeof initial === "string" ? `'${initial}'` : show(initial);
    throw new QuantError("option", `parity 'seed' starts from initial 'zero', got initial ${shown}`, {
      argument: "initial",
      value: initial,
    });
  }
  return {
    delta: requireNonNegative("delta", delta),
    observationVariance: requirePositive("observationVariance", observationVariance),
    seedParity,
    prior: requirePrior(initial),
  };
}
