import { Matrix, type MatrixLike, type VectorLike } from "@astra-quant/core-linalg";
import { coreOf, type KalmanFilterOptions, stateOf, stepOf } from "./kalman-filter.ts";
import { ModelReader, type StateSpaceModel } from "./model.ts";
import { requireObservationTable } from "./observation-table.ts";
import type { KalmanFilterState } from "./state.ts";

/** One row or entry a bar; the meaning of each is that of `KalmanFilterStep`. */
export interface KalmanFilterSeries {
  /** bars × n. */
  readonly mean: Matrix;
  /** n × n each. */
  readonly covariance: readonly Matrix[];
  /** bars × p. */
  readonly innovation: Matrix;
  /** p × p each. */
  readonly innovationCovariance: readonly Matrix[];
  /** bars × p. */
  readonly standardized: Matrix;
  /**
   * Gaussian log-likelihood of all observations; those that settled a diffuse direction count with the exact diffuse term
   * −½ (log 2π + log F∞), F∞ being their variance per unit of diffuse variance.
   */
  readonly logLikelihood: number;
  /** Observations that were NaN. */
  readonly missing: number;
  /** The filter after the last bar: `KalmanFilter.from(state, model)` goes on from here. */
  readonly state: KalmanFilterState;
}

/**
 * The Kalman filter over a whole table of observations: the same bits as `KalmanFilter` fed bar by bar.
 *
 * @param Y - observations, bars × p, NaN where missing; a vector where p is 1
 * @throws QuantError as `KalmanFilter` does
 */
export function kalmanFilter(
  model: StateSpaceModel,
  Y: MatrixLike | VectorLike,
  options: KalmanFilterOptions = {},
): KalmanFilterSeries {
  const reader = new ModelReader(model);
  const core = coreOf(reader, options);
  const { states, observations } = reader;
  const table = requireObservationTable(Y, observations);
  const bars = table.rows;
  const mean = new Matrix(bars, states);
  const innovation = new Matrix(bars, observations);
  const standardized = new Matrix(bars, observations);
  const covariance: Matrix[] = [];
  const innovationCovariance: Matrix[] = [];
  for (let t = 0; t < bars; t++) {
    const step = stepOf(core, reader, table.row(t));
    mean.data.set(step.mean, t * states);
    innovation.data.set(step.innovation, t * observations);
    standardized.data.set(step.standardized, t * observations);
    covariance.push(step.covariance);
    innovationCovariance.push(step.innovationCovariance);
  }
  const { logLikelihood, missing } = core;
  return {
    ...{ mean, covariance, innovation, innovationCovariance, standardized, logLikelihood, missing },
    state: stateOf(core),
  };
}
