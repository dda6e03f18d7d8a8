import { Matrix, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireObserved } from "../regression/observation.ts";
import type { FilterCore, TakenBar, TakenElement } from "../state-space/filter-core.ts";
import { coreFrom, coreOf, type KalmanFilterOptions, stateOf } from "../state-space/kalman-filter.ts";
import { ModelReader, type StateSpaceModel } from "../state-space/model.ts";
import { type KalmanFilterState, requireFilterState } from "../state-space/state.ts";
import { requireCarriedCovariance, requireUnknownDirections } from "../state-space/state-guards.ts";
import { BackwardPass } from "./backward-pass.ts";

export interface FixedLagSmootherOptions extends KalmanFilterOptions {
  /** How many bars later the state is told, at least 0: with 0 it is the filter. */
  readonly lag: number;
}

/** The state of an earlier bar, given the observations up to now. */
export interface FixedLagStep {
  /** The bar that this is about, 0 being the first; negative, and all else NaN, before `lag` + 1 bars. */
  readonly bar: number;
  /** n entries; NaN as long as something is undetermined. */
  readonly mean: Float64Array;
  /** n × n; NaN as long as something is undetermined. */
  readonly covariance: Matrix;
}

type Plain<Value> = Value extends Float64Array ? readonly number[] : Value;
type PlainElement = { readonly [Key in keyof TakenElement]: Plain<TakenElement[Key]> };
type PlainBar = { readonly [Key in Exclude<keyof TakenBar, "elements">]: Plain<TakenBar[Key]> } & {
  readonly elements: readonly PlainElement[];
};

/** The smoother before its next bar, as plain JSON; the model itself is no part of it. */
export interface FixedLagSmootherState {
  readonly version: 1;
  readonly lag: number;
  readonly filter: KalmanFilterState;
  /** The last bars as the filter met them, at most `lag`, oldest first. */
  readonly bars: readonly PlainBar[];
}

const plain = (values: Float64Array): readonly number[] => Array.from(values);

function plainBar({ mean, covariance, unknown, T, Q, elements }: TakenBar): PlainBar {
  return {
    ...{
      mean: plain(mean),
      covariance: plain(covariance),
      unknown: plain(unknown),
      T: plain(T),
      Q: plain(Q),
    },
    elements: elements.map(({ z, noise, innovation, variance, cross, diffuseVariance, diffuseGain }) => ({
      ...{ z: plain(z), noise, innovation, variance, cross: plain(cross), diffuseVariance },
      diffuseGain: plain(diffuseGain),
    })),
  };
}

/** The observation, if it is one that this version wrote. */
function takenElement(name: string, given: PlainElement, n: number): TakenElement {
  if (typeof given !== "object" || given === null) {
    throw new QuantError("data", `${name} must be an object, got ${show(given)}`, { argument: name });
  }
  const { z, noise, innovation, variance, cross, diffuseVariance, diffuseGain } = given;
  const settled = requireNonNegative(`${name}.diffuseVariance`, diffuseVariance) > 0;
  return {
    z: requireFiniteVector(`${name}.z`, z, n).slice(),
    noise: requireNonNegative(`${name}.noise`, noise),
    innovation: requireFinite(`${name}.innovation`, innovation),
    variance: requireNonNegative(`${name}.variance`, variance),
    cross: requireFiniteVector(`${name}.cross`, cross, n).slice(),
    diffuseVariance,
    diffuseGain: requireFiniteVector(`${name}.diffuseGain`, diffuseGain, settled ? n : 0).slice(),
  };
}

/** The bar, if it is one that this version wrote. */
function takenBar(name: string, given: PlainBar, n: number): TakenBar {
  if (!Array.isArray(given?.elements)) {
    throw new QuantError("data", `${name}.elements must be an array, got ${show(given?.elements)}`, {
      argument: name,
    });
  }
  return {
    mean: requireFiniteVector(`${name}.mean`, given.mean, n).slice(),
    covariance: requireCarriedCovariance(`${name}.covariance`, given.covariance, n).slice(),
    unknown: requireUnknownDirections(`${name}.unknown`, given.unknown, n).slice(),
    T: requireFiniteVector(`${name}.T`, given.T, n * n).slice(),
    Q: requireCarriedCovariance(`${name}.Q`, given.Q, n).slice(),
    elements: given.elements.map((element: PlainElement, i: number) =>
      takenElement(`${name}.elements[${i}]`, element, n),
    ),
  };
}

/**
 * The smoother of a stream: at every bar the state of the bar `lag` before, given all observations up to now. Each is, to
 * the bit, what `kalmanSmoother` says about that bar from the observations so far.
 */
export class FixedLagSmoother {
  readonly #reader: ModelReader;
  readonly #lag: number;
  #core: FilterCore;
  #bars: TakenBar[] = [];

  /** @throws QuantError as `KalmanFilter` does, "range" for a lag that is no integer ≥ 0. */
  constructor(model: StateSpaceModel, options: FixedLagSmootherOptions) {
    requireKnownOptions(options, ["initial", "form", "lag"]);
    const { lag, ...others } = options;
    this.#lag = requireInteger("lag", lag, 0);
    this.#reader = new ModelReader(model);
    this.#core = coreOf(this.#reader, others);
  }

  /**
   * Takes the observations of the next bar: p numbers, NaN where missing.
   *
   * @throws QuantError as `KalmanFilter.update` does.
   */
  update(y: VectorLike): FixedLagStep {
    const values = requireVector("y", y, this.#reader.observations);
    requireObserved(values, (i) => `y[${i}]`);
    const model = this.#reader.at(this.#core.bar);
    const taken = this.#core.observe(model, values);
    this.#core.predict(model);
    const window = [...this.#bars, taken];
    this.#bars = window.slice(Math.max(0, window.length - this.#lag));
    const bar = this.#core.bar - 1 - this.#lag;
    const n = this.#reader.states;
    if (bar < 0 || this.#core.unknown.columns > 0) {
      const nothing = () => new Float64Array(n * n).fill(Number.NaN);
      return { bar, mean: nothing().subarray(0, n), covariance: new Matrix(n, n, nothing()) };
    }
    const pass = new BackwardPass(n);
    for (let t = window.length - 1; t > 0; t--) pass.take(window[t]!);
    const { mean, covariance } = pass.take(window[0]!);
    return { bar, mean, covariance: new Matrix(n, n, covariance) };
  }

  /** The smoother before its next bar, as plain JSON. */
  get state(): FixedLagSmootherState {
    return { version: 1, lag: this.#lag, filter: stateOf(this.#core), bars: this.#bars.map(plainBar) };
  }

  /**
   * A smoother of the same model that goes on from `state` with the same bits as one that was never interrupted.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: FixedLagSmootherState, model: StateSpaceModel): FixedLagSmoother {
    if (typeof state !== "object" || state === null || state.version !== 1) {
      const got = show((state as FixedLagSmootherState | null)?.version);
      throw new QuantError("data", `state.version must be 1, got ${got}`, { argument: "state.version" });
    }
    requireKnownOptions(state, ["version", "lag", "filter", "bars"]);
    const smoother = new FixedLagSmoother(model, { lag: requireInteger("state.lag", state.lag, 0) });
    const { states } = smoother.#reader;
    smoother.#core = coreFrom(requireFilterState(state.filter, states, "state.filter"));
    if (!Array.isArray(state.bars) || state.bars.length !== Math.min(state.lag, smoother.#core.bar)) {
      throw new QuantError(
        "data",
        `state.bars must hold the last bars up to the lag, got ${show(state.bars)}`,
        {
          argument: "state.bars",
        },
      );
    }
    smoother.#bars = state.bars.map((bar, i) => takenBar(`state.bars[${i}]`, bar, states));
    return smoother;
  }
}
