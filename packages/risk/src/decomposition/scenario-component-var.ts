import { type Matrix, type MatrixLike, matVec, type VectorLike } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { lossBy, type RiskMeasure, requireMeasure } from "../var/risk-measure.ts";
import { sampleTail } from "../var/sample-tail.ts";
import { smallest } from "../var/smallest.ts";
import { requireTail, tailCount, tailProbability } from "../var/tail-probability.ts";
import { decompositionOf, type RiskDecomposition } from "./risk-decomposition.ts";

export interface ScenarioComponentVarOptions {
  /** n weights, fractions of capital, negative when short. */
  readonly weights: VectorLike;
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /** @defaultValue "value-at-risk" */
  readonly measure?: RiskMeasure;
  /**
   * Over how many ranks to either side of the quantile the positions' shares of a value at risk are averaged, ≥ 1, with
   * weights that fall linearly. 1 is the interpolation of the quantile itself: the shares of one or two scenarios.
   *
   * @defaultValue the root of the scenarios in the tail
   */
  readonly bandwidth?: number;
  /** Asks for `monetary`. */
  readonly capital?: number;
}

export interface ScenarioDecomposition extends RiskDecomposition {
  /** Of every component, from the scatter among the scenarios it is an average of. */
  readonly standardError: Float64Array;
}

/** Which scenarios a figure is the mean of, and how much each counts; the weights sum to 1. */
interface Selection {
  readonly scenarios: readonly number[];
  readonly weights: readonly number[];
}

function riskOf(returns: Float64Array, alpha: number, measure: RiskMeasure): number {
  return lossBy(measure, sampleTail(returns, alpha));
}

/** The scenarios in the order of their returns, as far as a rank. */
function worstFirst(returns: Float64Array, count: number): number[] {
  const edge = smallest(returns, count)[count - 1]!;
  const found: number[] = [];
  for (let i = 0; i < returns.length; i++) if (returns[i]! <= edge) found.push(i);
  return found.sort((a, b) => returns[a]! - returns[b]! || a - b).slice(0, count);
}

/** Around the R-7 quantile, weights falling linearly with the distance in ranks. */
function aroundQuantile(returns: Float64Array, alpha: number, bandwidth: number): Selection {
  const n = returns.length;
  const position = (n - 1) * alpha;
  const first = Math.max(0, Math.ceil(position - bandwidth));
  const last = Math.min(n - 1, Math.floor(position + bandwidth));
  const scenarios = worstFirst(returns, last + 1).slice(first);
  const raw = scenarios.map((_, k) => Math.max(0, 1 - Math.abs(first + k - position) / bandwidth));
  const sum = raw.reduce((a, b) => a + b, 0);
  return { scenarios, weights: raw.map((weight) => weight / sum) };
}

/** The worst nα, the boundary one counted in part. */
function inTail(returns: Float64Array, alpha: number): Selection {
  const count = tailCount(returns.length, alpha);
  const scenarios = worstFirst(returns, Math.ceil(count));
  return { scenarios, weights: scenarios.map((_, k) => Math.min(1, count - k) / count) };
}

/** Each asset's mean return over a selection, and that mean's scatter. */
function selectedMeans(
  X: Matrix,
  { scenarios, weights }: Selection,
): { means: Float64Array; errors: Float64Array } {
  const n = X.columns;
  const means = new Float64Array(n);
  const errors = new Float64Array(n);
  scenarios.forEach((t, k) => {
    for (let j = 0; j < n; j++) means[j]! += weights[k]! * X.data[t * n + j]!;
  });
  scenarios.forEach((t, k) => {
    for (let j = 0; j < n; j++) {
      const distance = weights[k]! * (X.data[t * n + j]! - means[j]!);
      errors[j]! += distance * distance;
    }
  });
  return { means, errors: errors.map((squares) => Math.sqrt(squares)) };
}

function requireBandwidth(bandwidth: number): number {
  if (requirePositive("bandwidth", bandwidth) >= 1) return bandwidth;
  throw new QuantError("range", `bandwidth must be at least 1, got ${bandwidth}`, {
    argument: "bandwidth",
    value: bandwidth,
  });
}

/** The decomposition over scenarios of one period's returns, checked already. */
export function decomposeScenarios(
  X: Matrix,
  w: Float64Array,
  alpha: number,
  options: Pick<ScenarioComponentVarOptions, "measure" | "bandwidth" | "capital">,
): ScenarioDecomposition {
  const measure = requireMeasure(options.measure ?? "value-at-risk");
  const count = tailCount(X.rows, alpha);
  const bandwidth = requireBandwidth(options.bandwidth ?? Math.max(1, Math.sqrt(count)));
  const returns = matVec(X, w);
  const total = riskOf(returns, alpha, measure);
  const selection =
    measure === "value-at-risk" ? aroundQuantile(returns, alpha, bandwidth) : inTail(returns, alpha);
  const { means, errors } = selectedMeans(X, selection);
  // Averaging over neighbours moves the sum of a value at risk's shares a little: it is taken back in proportion.
  const sum = means.reduce((loss, mean, j) => loss - w[j]! * mean, 0);
  const correction = sum === 0 ? 1 : total / sum;
  const own = (j: number): Float64Array => returns.map((_, t) => w[j]! * X.data[t * X.columns + j]!);
  const without = (j: number): Float64Array => returns.map((r, t) => r - w[j]! * X.data[t * X.columns + j]!);
  return {
    ...decompositionOf({
      measure,
      total,
      weights: w,
      marginal: means.map((mean) => 0 - mean * correction),
      standalone: w.map((_, j) => riskOf(own(j), alpha, measure)),
      incremental: w.map((_, j) => total - riskOf(without(j), alpha, measure)),
      capital: options.capital,
    }),
    standardError: errors.map((error, j) => Math.abs(w[j]!) * error),
  };
}

/**
 * Value at risk (R-7) or expected shortfall (Rockafellar–Uryasev) of a portfolio over scenarios of its assets' returns,
 * historical or simulated, position by position. A position's part of a shortfall is its mean loss where the portfolio's
 * worst returns are; of a value at risk, its mean loss where the portfolio's loss is about the value at risk.
 *
 * @param returns T×n, one row a scenario.
 * @throws QuantError "shape" for weights of another length, "not-finite" for a NaN, "range" for a confidence outside (0, 1)
 *   or too few scenarios for its tail, which says how many are needed.
 */
export function scenarioComponentVar(
  returns: MatrixLike,
  options: ScenarioComponentVarOptions,
): ScenarioDecomposition {
  requireKnownOptions(options, ["weights", "confidence", "measure", "bandwidth", "capital"]);
  const alpha = tailProbability(options.confidence);
  const X = requireFiniteMatrix("returns", returns);
  requireTail("returns", X.rows, alpha);
  const w = requireFiniteVector("weights", options.weights, X.columns);
  return decomposeScenarios(X, w, alpha, options);
}
