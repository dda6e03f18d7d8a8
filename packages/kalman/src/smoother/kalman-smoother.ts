import { Matrix, type MatrixLike, type VectorLike } from "@astra-quant/core-linalg";
import type { TakenBar } from "../state-space/filter-core.ts";
import { coreOf, type KalmanFilterOptions } from "../state-space/kalman-filter.ts";
import { ModelReader, type StateSpaceModel } from "../state-space/model.ts";
import { requireObservationTable } from "../state-space/observation-table.ts";
import { BackwardPass } from "./backward-pass.ts";

/** One row or entry a bar, given all the observations; NaN where they leave a state undetermined. */
export interface KalmanSmoothing {
  /** Of the state, bars × n. */
  readonly mean: Matrix;
  /** Of the state around that mean, n × n each. */
  readonly covariance: readonly Matrix[];
  /** Mean of η, what the state gains on its way to the next bar, bars × n. */
  readonly stateDisturbance: Matrix;
  /** Of η around that mean, n × n each. */
  readonly stateDisturbanceCovariance: readonly Matrix[];
  /** Of the filter; see `KalmanFilterSeries`. */
  readonly logLikelihood: number;
  /** Observations that were NaN. */
  readonly missing: number;
}

/** Everything that the bars say together, of bars taken by a filter; NaN unless that left nothing unknown. */
export function smoothedTable(
  bars: readonly TakenBar[],
  states: number,
  determined: boolean,
): Omit<KalmanSmoothing, "logLikelihood" | "missing"> {
  const n = states;
  const mean = new Matrix(bars.length, n);
  const stateDisturbance = new Matrix(bars.length, n);
  const covariance = new Array<Matrix>(bars.length);
  const stateDisturbanceCovariance = new Array<Matrix>(bars.length);
  const pass = new BackwardPass(n);
  const shown = (values: Float64Array) => (determined ? values : values.fill(Number.NaN));
  for (let t = bars.length - 1; t >= 0; t--) {
    const smoothed = pass.take(bars[t]!);
    mean.data.set(shown(smoothed.mean), t * n);
    stateDisturbance.data.set(shown(smoothed.disturbance), t * n);
    covariance[t] = new Matrix(n, n, shown(smoothed.covariance));
    stateDisturbanceCovariance[t] = new Matrix(n, n, shown(smoothed.disturbanceCovariance));
  }
  return { mean, covariance, stateDisturbance, stateDisturbanceCovariance };
}

/**
 * The fixed-interval smoother: every bar's state given the observations of all bars, before and after. The result is that
 * of Rauch, Tung and Striebel; the way back inverts no covariance, and a diffuse start is exact.
 *
 * @param Y - observations, bars × p, NaN where missing; a vector where p is 1
 * @throws QuantError as `KalmanFilter` does
 */
export function kalmanSmoother(
  model: StateSpaceModel,
  Y: MatrixLike | VectorLike,
  options: KalmanFilterOptions = {},
): KalmanSmoothing {
  const reader = new ModelReader(model);
  const core = coreOf(reader, options);
  const table = requireObservationTable(Y, reader.observations);
  const bars: TakenBar[] = [];
  for (let t = 0; t < table.rows; t++) {
    const at = reader.at(t);
    bars.push(core.observe(at, table.row(t)));
    core.predict(at);
  }
  const { logLikelihood, missing } = core;
  return { ...smoothedTable(bars, reader.states, core.unknown.columns === 0), logLikelihood, missing };
}
