import { Matrix, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requireVector } from "@astra-quant/core-linalg/guards";
import { fillEmissions } from "./emissions.ts";
import type { GaussianHmm } from "./gaussian-hmm.ts";
import { RegimeFilter } from "./regime-filter.ts";

const PROBABILITIES = ["filtered", "smoothed"] as const;

export interface HiddenRegimesOptions {
  /**
   * `filtered` probabilities know the rows up to their own; `smoothed` ones know all rows, later ones too, and are for
   * looking back only.
   *
   * @defaultValue "filtered"
   */
  readonly probabilities?: (typeof PROBABILITIES)[number];
}

export interface HiddenRegimes {
  /** Time × states: the probability of each state. */
  readonly probabilities: Matrix;
  /** The logarithm of the density of all observations under the model. */
  readonly logLikelihood: number;
}

/** p_t(i) ∝ f_t(i) Σ_j a_ij b_j(x_{t+1}) β_{t+1}(j), backwards from the last filtered row, in place. */
function smooth(x: Float64Array, model: GaussianHmm, filtered: Matrix): void {
  const states = filtered.columns;
  const density = new Float64Array(states);
  let later = new Float64Array(states).fill(1);
  for (let t = x.length - 2; t >= 0; t--) {
    fillEmissions(x[t + 1]!, model, density);
    const beta = new Float64Array(states);
    let largest = 0;
    for (let i = 0; i < states; i++) {
      for (let j = 0; j < states; j++) beta[i]! += model.transition[i]![j]! * density[j]! * later[j]!;
      largest = Math.max(largest, beta[i]!);
    }
    let sum = 0;
    for (let i = 0; i < states; i++) {
      beta[i]! /= largest;
      sum += filtered.get(t, i) * beta[i]!;
    }
    for (let i = 0; i < states; i++) filtered.set(t, i, (filtered.get(t, i) * beta[i]!) / sum);
    later = beta;
  }
}

/**
 * The probabilities of a hidden Markov model's states over a history; a row that is missing (NaN) leaves what was expected
 * of it. Filtered probabilities look back only, but the model has seen what it was fitted on: fit it on the past.
 *
 * @throws QuantError "shape" for no vector, "option" for an unknown name, and as `RegimeFilter` for the model.
 */
export function hiddenRegimes(
  x: VectorLike,
  model: GaussianHmm,
  options: HiddenRegimesOptions = {},
): HiddenRegimes {
  requireKnownOptions(options, ["probabilities"]);
  const { probabilities: kind = "filtered" } = options;
  requireOneOf("probabilities", kind, PROBABILITIES);
  const series = requireVector("x", x);
  const filter = new RegimeFilter(model);
  const probabilities = new Matrix(series.length, model.means.length);
  let logLikelihood = 0;
  for (let t = 0; t < series.length; t++) {
    probabilities.data.set(filter.push(series[t]!), t * probabilities.columns);
    logLikelihood += filter.logDensity;
  }
  if (kind === "smoothed") smooth(series, model, probabilities);
  return { probabilities, logLikelihood };
}
