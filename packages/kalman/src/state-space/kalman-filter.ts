import type { Matrix, VectorLike } from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { requireObserved } from "../regression/observation.ts";
import { DiffuseBasis } from "./diffuse-basis.ts";
import { FilterCore } from "./filter-core.ts";
import { type Forecast, forecastFrom } from "./forecast.ts";
import { requireInitialState, type StatePrior } from "./initial-state.ts";
import { JosephCovariance } from "./joseph-covariance.ts";
import { knownCovariance, knownMean } from "./known-part.ts";
import { ModelReader, type StateSpaceModel } from "./model.ts";
import { predictObservation } from "./prediction.ts";
import { SquareRootCovariance } from "./square-root-covariance.ts";
import { type KalmanFilterState, requireFilterState } from "./state.ts";
import { COVARIANCE_FORMS, type CovarianceForm } from "./state-covariance.ts";

export interface KalmanFilterOptions {
  /**
   * The first bar's state before its observation: `'diffuse'` knows nothing (exactly, not by a large number), or a prior
   * of your own, which may leave some states diffuse.
   * @defaultValue 'diffuse'
   */
  readonly initial?: "diffuse" | StatePrior;
  /**
   * `'joseph'` carries the covariance itself; `'square-root'` a root of it by orthogonal transformations, at some five
   * times the cost, where variances differ by more than 1e16 or observations are almost exact.
   * @defaultValue 'joseph'
   */
  readonly form?: CovarianceForm;
}

/** What the filter says about one bar. */
export interface KalmanFilterStep {
  /** Of the state, given this bar's observations and those before; NaN for a state that is not determined yet. */
  readonly mean: Float64Array;
  /** Of the state around that mean, n × n; NaN where a state is not determined yet. */
  readonly covariance: Matrix;
  /** Observations minus their prediction from the bars before; NaN where missing or not predictable yet. */
  readonly innovation: Float64Array;
  /** Covariance of those prediction errors, p × p; NaN where not predictable yet. */
  readonly innovationCovariance: Matrix;
  /**
   * The innovations as independent standard normals: each given the observations of the bar before it, over its standard
   * deviation; NaN where missing or where it settled a diffuse state.
   */
  readonly standardized: Float64Array;
  /** What this bar added to the log-likelihood. */
  readonly logLikelihood: number;
}

export function coreOf(reader: ModelReader, options: KalmanFilterOptions): FilterCore {
  requireKnownOptions(options, ["initial", "form"]);
  const { initial = "diffuse", form = "joseph" } = options;
  requireOneOf("form", form, COVARIANCE_FORMS);
  return new FilterCore(requireInitialState(initial, reader.states), form);
}

/** The core as plain JSON. */
export function stateOf(core: FilterCore): KalmanFilterState {
  return {
    version: 1,
    form: core.covariance.form,
    bar: core.bar,
    mean: Array.from(core.mean),
    covariance: Array.from(core.covariance.data),
    unknown: Array.from(core.unknown.data),
    observations: core.observations,
    missing: core.missing,
    logLikelihood: core.logLikelihood,
  };
}

/** A core that goes on from a validated state. */
export function coreFrom(state: KalmanFilterState): FilterCore {
  const mean = Float64Array.from(state.mean);
  const n = mean.length;
  const nothing = { mean, covariance: new Float64Array(n * n), diffuse: new Float64Array(n) };
  const core = new FilterCore(nothing, "joseph");
  const carried = Float64Array.from(state.covariance);
  core.covariance =
    state.form === "joseph" ? new JosephCovariance(carried, n) : new SquareRootCovariance(carried, n);
  core.unknown = new DiffuseBasis(n, Float64Array.from(state.unknown));
  core.bar = state.bar;
  core.observations = state.observations;
  core.missing = state.missing;
  core.logLikelihood = state.logLikelihood;
  return core;
}

/** Takes one bar through the core. */
export function stepOf(core: FilterCore, reader: ModelReader, y: Float64Array): KalmanFilterStep {
  const model = reader.at(core.bar);
  const { mean: expected, covariance: innovationCovariance } = predictObservation(core, model);
  const before = core.logLikelihood;
  core.observe(model, y);
  const step = {
    mean: knownMean(core.mean, core.unknown),
    covariance: knownCovariance(core.covariance.dense(), core.unknown),
    innovation: y.map((value, i) => value - expected[i]!),
    innovationCovariance,
    standardized: core.standardized,
    logLikelihood: core.logLikelihood - before,
  };
  core.predict(model);
  return step;
}

/**
 * The Kalman filter of any linear Gaussian model, bar by bar; its matrices may change with the bar.
 *
 * The first bar's state has the initial distribution, unwidened. Each bar compares its observations with what the bars
 * before led to expect, takes them in one by one, and moves the state on to the next bar. NaN observations are skipped
 * one by one, and counted. From a diffuse start a state is NaN until the observations determine it.
 */
export class KalmanFilter {
  readonly #reader: ModelReader;
  #core: FilterCore;

  /** @throws QuantError "shape", "range", "not-finite", "data" or "option" for an illegal model or option. */
  constructor(model: StateSpaceModel, options: KalmanFilterOptions = {}) {
    this.#reader = new ModelReader(model);
    this.#core = coreOf(this.#reader, options);
  }

  /**
   * Takes the observations of the next bar: p numbers, NaN where missing.
   *
   * @throws QuantError "shape" for another number of them, "not-finite" for an infinity, "range" above 1e150.
   */
  update(y: VectorLike): KalmanFilterStep {
    const values = requireVector("y", y, this.#reader.observations);
    requireObserved(values, (i) => `y[${i}]`);
    return stepOf(this.#core, this.#reader, values);
  }

  /**
   * The next `bars` bars without their observations: entry 0 is the bar that `update` would take next.
   *
   * @throws QuantError "range" for a count that is no integer ≥ 1.
   */
  forecast(bars: number): Forecast {
    requireInteger("bars", bars, 1);
    return forecastFrom(coreFrom(this.state), this.#reader, bars);
  }

  /** The filter before its next bar, as plain JSON. */
  get state(): KalmanFilterState {
    return stateOf(this.#core);
  }

  /**
   * A filter of the same model that goes on from `state` with the same bits as one that was never interrupted.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: KalmanFilterState, model: StateSpaceModel): KalmanFilter {
    const filter = new KalmanFilter(model);
    filter.#core = coreFrom(requireFilterState(state, filter.#reader.states));
    return filter;
  }
}
