import { exp, log, type Matrix, type MatrixLike, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type InnovationDiagnostics, innovationDiagnostics } from "../diagnostics/innovation-diagnostics.ts";
import { kalmanRegression } from "../regression/kalman-regression-series.ts";
import { type KalmanRegressionOptions, type Settings, settingsOf } from "../regression/options.ts";
import { requireConstantStep, requireRegressionData } from "../smoother/smooth-regression.ts";
import { expectationMaximization } from "./expectation-maximization.ts";
import { largestPresent, noiseUnit } from "./noise-unit.ts";
import { Profile } from "./profile.ts";
import { searchRatio } from "./search.ts";
import { type FitStandardErrors, NO_ERRORS, observedErrors } from "./standard-errors.ts";

export type FitMethod = "maximum-likelihood" | "em";

export interface FitKalmanRegressionOptions extends Pick<KalmanRegressionOptions, "drift" | "intercept"> {
  /**
   * `'maximum-likelihood'` finds the best R on paper and searches delta ÷ R alone, over all of its range; `'em'`
   * (expectation–maximisation) climbs from the parameters' rough sizes, never down, and slowly near the summit.
   * @defaultValue 'maximum-likelihood'
   */
  readonly method?: FitMethod;
  /**
   * Rounds of `'em'` at most.
   * @defaultValue 500
   */
  readonly maxIterations?: number;
  /**
   * What a round of `'em'` must add, as a fraction of the log-likelihood, to be followed by another.
   * @defaultValue 1e-10
   */
  readonly tolerance?: number;
}

/**
 * - `'interior'`: the likelihood has its summit at a delta and an R above 0;
 * - `'constant'`: it is largest at delta 0, coefficients that do not move;
 * - `'no-noise'`: it grows as far as was searched, with all of y's noise in the coefficients;
 * - `'exact'`: constant coefficients leave nothing but rounding;
 * - `'undetermined'`: the bars do not determine the coefficients and one number more.
 */
export type FitSolution = "interior" | "constant" | "no-noise" | "exact" | "undetermined";

export interface KalmanRegressionFit {
  readonly solution: FitSolution;
  /** For `KalmanRegressionOptions`, with the same drift; NaN where undetermined. */
  readonly delta: number;
  /** For `KalmanRegressionOptions`; 0 where exact, NaN where undetermined. */
  readonly observationVariance: number;
  /** From the observed information at these parameters; NaN unless the solution is interior. */
  readonly standardErrors: FitStandardErrors;
  /** At these parameters, from the diffuse start; see `KalmanRegressionSeries`. */
  readonly logLikelihood: number;
  readonly method: FitMethod;
  /** Rounds of `'em'`; 0 of the search. */
  readonly iterations: number;
  /** False where `'em'` ran out of rounds. */
  readonly converged: boolean;
  /** Of the innovations at these parameters. */
  readonly diagnostics: InnovationDiagnostics;
}

const OPTION_NAMES = ["drift", "intercept", "method", "maxIterations", "tolerance"];

/** The average square of an observation's weights on the coefficients: what a step of variance 1 adds to its own. */
function averageReach(X: Matrix, settings: Settings): number {
  if (settings.drift === "scaled") return X.columns + 1;
  let sum = 0;
  let count = 0;
  for (const x of X.data) {
    if (Number.isNaN(x)) continue;
    sum += x * x;
    count++;
  }
  const slopes = count === 0 ? 0 : (sum / count) * X.columns;
  return slopes + (settings.intercept ? 1 : 0) || 1;
}

/**
 * The delta and the observation variance R under which the innovations of `kalmanRegression` are likeliest, from its
 * diffuse start, with standard errors and with what the innovations then look like.
 *
 * @param x - prices of the hedge, one a bar; or a matrix of bars × regressors. NaN where missing
 * @param y - prices of the target, one a bar
 * @throws QuantError as `kalmanRegression` does
 */
export function fitKalmanRegression(
  x: VectorLike | MatrixLike,
  y: VectorLike,
  options: FitKalmanRegressionOptions = {},
): KalmanRegressionFit {
  requireKnownOptions(options, OPTION_NAMES);
  const { drift = "equal", intercept = true, method = "maximum-likelihood" } = options;
  const { maxIterations = 500, tolerance = 1e-10 } = options;
  requireOneOf("method", method, ["maximum-likelihood", "em"]);
  requireInteger("maxIterations", maxIterations, 1);
  requirePositive("tolerance", tolerance);
  const { X, ys } = requireRegressionData(x, y);
  const settings = settingsOf({ drift, intercept, delta: 0 }, X.columns);
  if (method === "em") requireConstantStep(settings);
  const unit = noiseUnit(X, ys, settings);
  const inUnit = ys.map((value) => value / unit);
  const profile = new Profile(X, inUnit, settings);
  const size = averageReach(X, settings);

  const errors = (stepInUnit: number, varianceInUnit: number): FitStandardErrors => {
    const logRatio = log((stepInUnit / varianceInUnit) * size);
    const found = observedErrors(profile, logRatio, size, varianceInUnit);
    const { logStep, logObservationVariance } = found;
    const step = stepInUnit * unit * unit;
    const logDelta = drift === "ratio" ? logStep / (1 + step) : logStep;
    return {
      delta: (drift === "ratio" ? step / (1 + step) : step) * logDelta,
      observationVariance: varianceInUnit * unit * unit * logObservationVariance,
      logDelta,
      logObservationVariance,
    };
  };

  /** Of a step and an R in the unit. */
  const answer = (
    solution: FitSolution,
    stepInUnit: number,
    varianceInUnit: number,
    more: Partial<KalmanRegressionFit> = {},
  ): KalmanRegressionFit => {
    const step = stepInUnit * unit * unit;
    const observationVariance = varianceInUnit * unit * unit;
    const delta = drift === "ratio" ? step / (1 + step) : step;
    const usable = observationVariance > 0 && Number.isFinite(delta);
    const series = usable
      ? kalmanRegression(X, ys, { drift, intercept, delta, observationVariance })
      : { zScore: [], logLikelihood: solution === "exact" ? Number.POSITIVE_INFINITY : Number.NaN };
    return {
      ...{ solution, delta, observationVariance, method },
      standardErrors: solution === "interior" ? errors(stepInUnit, varianceInUnit) : NO_ERRORS,
      ...{ logLikelihood: series.logLikelihood, iterations: 0, converged: true },
      diagnostics: innovationDiagnostics(series.zScore),
      ...more,
    };
  };

  if (profile.innovations < 1) return answer("undetermined", Number.NaN, Number.NaN);
  const still = profile.at(0);
  const rounding = 16 * Number.EPSILON * largestPresent(inUnit);
  if (!(still.squares > profile.innovations * rounding * rounding)) return answer("exact", 0, 0);
  if (method === "em") {
    const start = {
      step: (0.1 * still.observationVariance) / size,
      observationVariance: 0.5 * still.observationVariance,
    };
    const { iterations, converged, ...found } = expectationMaximization(X, inUnit, intercept, start, {
      maxIterations,
      tolerance,
    });
    return answer("interior", found.step, found.observationVariance, { iterations, converged });
  }
  const { solution, logRatio, point } = searchRatio(profile, size);
  const step = solution === "constant" ? 0 : (exp(logRatio) / size) * point.observationVariance;
  return answer(solution, step, point.observationVariance);
}
