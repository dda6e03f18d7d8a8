import { Matrix } from "@astra-quant/core-linalg";
import type { FilterCore } from "./filter-core.ts";
import { knownCovariance, knownMean } from "./known-part.ts";
import type { ModelReader } from "./model.ts";
import { predictObservation } from "./prediction.ts";

/** One entry or row a bar ahead. */
export interface Forecast {
  /** Of the observations, bars × p; NaN where they depend on what is not determined. */
  readonly mean: Matrix;
  /** Of the observations around that mean, p × p each. */
  readonly covariance: readonly Matrix[];
  /** Of the state, bars × n. */
  readonly stateMean: Matrix;
  /** Of the state around that mean, n × n each. */
  readonly stateCovariance: readonly Matrix[];
}

/** Moves the core on without observations. */
export function forecastFrom(core: FilterCore, reader: ModelReader, bars: number): Forecast {
  const { states, observations } = reader;
  const mean = new Matrix(bars, observations);
  const stateMean = new Matrix(bars, states);
  const covariance: Matrix[] = [];
  const stateCovariance: Matrix[] = [];
  for (let h = 0; h < bars; h++) {
    const model = reader.at(core.bar);
    const expected = predictObservation(core, model);
    mean.data.set(expected.mean, h * observations);
    covariance.push(expected.covariance);
    stateMean.data.set(knownMean(core.mean, core.unknown), h * states);
    stateCovariance.push(knownCovariance(core.covariance.dense(), core.unknown));
    core.predict(model);
  }
  return { mean, covariance, stateMean, stateCovariance };
}
