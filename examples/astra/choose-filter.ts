import { kalmanRegression } from "@astra-quant/kalman";

/** The two variances that a Kalman regression is given. */
export interface FilterChoice {
  readonly delta: number;
  readonly observationVariance: number;
}

const DECADES = {
  delta: [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4],
  observationVariance: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1],
};

/**
 * The pair of decades under which the bars given are likeliest. Used on bars that are not traded afterwards: the
 * notebook's fixed pair believes innovations to be several times larger than they are.
 */
export function chooseFilter(x: Float64Array, y: Float64Array): FilterChoice {
  let best: FilterChoice = { delta: 1e-5, observationVariance: 1e-3 };
  let likeliest = Number.NEGATIVE_INFINITY;
  for (const delta of DECADES.delta) {
    for (const observationVariance of DECADES.observationVariance) {
      const { logLikelihood } = kalmanRegression(x, y, { delta, observationVariance });
      if (logLikelihood <= likeliest) continue;
      likeliest = logLikelihood;
      best = { delta, observationVariance };
    }
  }
  return best;
}
