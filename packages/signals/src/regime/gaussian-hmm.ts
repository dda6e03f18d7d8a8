import {
  QuantError,
  requireFiniteVector,
  requireInteger,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";

/** A hidden Markov model with normal observations, as plain JSON. */
export interface GaussianHmm {
  /** Probability of each state in the first row. */
  readonly initial: readonly number[];
  /** transition[i][j]: probability of state j in the row after one in state i. */
  readonly transition: readonly (readonly number[])[];
  /** Mean of the observations in each state. */
  readonly means: readonly number[];
  /** Variance of the observations in each state, > 0. */
  readonly variances: readonly number[];
}

/** Probabilities add up to 1 but for this. */
const SUM_TOLERANCE = 1e-6;

/** The probabilities, if they are one a state. */
export function requireDistribution(name: string, p: unknown, states: number): Float64Array {
  const values = requireFiniteVector(name, p, states);
  let sum = 0;
  for (const value of values) sum += value;
  if (values.every((value) => value >= 0) && Math.abs(sum - 1) <= SUM_TOLERANCE) return values;
  throw new QuantError(
    "range",
    `${name} must be probabilities that add up to 1, got ${values.join(" and ")}`,
    {
      argument: name,
      sum,
    },
  );
}

/** The model, if its parts fit each other; the number of its states is that of its means. */
export function requireHmm(name: string, model: GaussianHmm): GaussianHmm {
  if (typeof model !== "object" || model === null || !Array.isArray(model.transition)) {
    throw new QuantError("shape", `${name} must be a hidden Markov model, got ${show(model)}`, {
      argument: name,
    });
  }
  const states = requireFiniteVector(`${name}.means`, model.means).length;
  requireInteger(`the number of states of ${name}`, states, 1);
  const variances = requireFiniteVector(`${name}.variances`, model.variances, states);
  variances.forEach((value, k) => {
    requirePositive(`${name}.variances[${k}]`, value);
  });
  requireDistribution(`${name}.initial`, model.initial, states);
  requireInteger(`the number of rows of ${name}.transition`, model.transition.length, states, states);
  for (const [i, row] of model.transition.entries()) {
    requireDistribution(`${name}.transition[${i}]`, row, states);
  }
  return model;
}
