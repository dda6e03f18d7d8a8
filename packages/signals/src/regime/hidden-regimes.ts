import { Matrix, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requireVector } from "@astra-quant/core-linalg/guards";
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

/** s_t(i) = Σ_j s_{t+1}(j) · f_t(i) a_ij ÷ Σ_k f_t(k) a_kj, backwards from the last filtered row, in place. */
function smooth({ transition }: GaussianHmm, probabilities: Matrix): void {
  const { rows, columns: states } = probabilities;
  for (let t = rows - 2; t >= 0; t--) {
    const now = probabilities.row(t); // filtered
    const later = probabilities.row(t + 1); // smoothed
    const smoothed = new Float64Array(states);
    for (let j = 0; j < states; j++) {
      let expected = 0;
      for (let i = 0; i < states; i++) expected += now[i]! * transition[i]![j]!;
      if (expected === 0) continue; // no way leads there
      for (let i = 0; i < states; i++)
        smoothed[i]! += later[j]! * ((now[i]! * transition[i]![j]!) / expected);
    }
    probabilities.data.set(smoothed, t * states);
  }
}

/**
 * The probabilities of a hidden Markov model's states over a history; a row that is missing (NaN) leaves what was expected
 * of it, as does one so far from every state that no double holds its density. Filtered probabilities look back only, but the model has seen what it was fitted on: fit it on the past.
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
  if (kind === "smoothed") smooth(model, probabilities);
  return { probabilities, logLikelihood };
}
