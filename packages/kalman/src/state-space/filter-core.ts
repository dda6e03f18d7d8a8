import { DiffuseBasis } from "./diffuse-basis.ts";
import type { InitialState } from "./initial-state.ts";
import { diffuseLogDensity, logDensity } from "./log-density.ts";
import type { ModelAtBar } from "./model.ts";
import { independentElements } from "./observation-elements.ts";
import { type CovarianceForm, covarianceOfForm, type StateCovariance } from "./state-covariance.ts";

/** One independent observation as the filter met it: what a smoother needs on its way back. */
export interface TakenElement {
  readonly z: Float64Array;
  readonly noise: number;
  readonly innovation: number;
  /** F = zᵀ P z + noise. */
  readonly variance: number;
  /** P z. */
  readonly cross: Float64Array;
  /** F∞ where the observation settled an unknown direction, else 0. */
  readonly diffuseVariance: number;
  /** P∞ z ÷ F∞ where it did, else empty. */
  readonly diffuseGain: Float64Array;
}

/** One bar as the filter met it. */
export interface TakenBar {
  /** Before the bar's observation. */
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  /** Directions of which nothing was known, row-major n × columns. */
  readonly unknown: Float64Array;
  readonly elements: readonly TakenElement[];
  readonly T: Float64Array;
  readonly Q: Float64Array;
}

/**
 * The filter of any linear Gaussian model, a bar at a time: the observations one by one (the univariate treatment), what
 * is not known at all kept apart as a basis, exactly.
 */
export class FilterCore {
  readonly states: number;
  mean: Float64Array;
  covariance: StateCovariance;
  unknown: DiffuseBasis;
  bar = 0;
  /** Observations taken, and those that were NaN. */
  observations = 0;
  missing = 0;
  logLikelihood = 0;
  /** Innovation ÷ its standard deviation of each observation of the last bar, given those before it; NaN where none. */
  standardized: Float64Array = new Float64Array(0);

  constructor(initial: InitialState, form: CovarianceForm) {
    this.states = initial.mean.length;
    this.mean = initial.mean.slice();
    this.covariance = covarianceOfForm(form, initial.covariance, this.states);
    this.unknown = DiffuseBasis.ofScales(initial.diffuse);
  }

  /** Takes the observations of a bar: the state is then that of the bar, given them. */
  observe(model: ModelAtBar, y: Float64Array): TakenBar {
    const { states: n } = this;
    const before = {
      mean: this.mean.slice(),
      covariance: this.covariance.dense(),
      unknown: this.unknown.data.slice(),
      T: model.T,
      Q: model.Q,
    };
    this.standardized = new Float64Array(y.length).fill(Number.NaN);
    const found = independentElements(model, y, n);
    this.observations += found.length;
    this.missing += y.length - found.length;
    const elements: TakenElement[] = [];
    for (const { index, y: value, z, noise, reach } of found) {
      let innovation = value;
      for (let i = 0; i < n; i++) innovation -= z[i]! * this.mean[i]!;
      const cross = new Float64Array(n);
      const variance = this.covariance.project(z, cross) + noise;
      const gain = new Float64Array(n);
      const diffuseVariance = this.unknown.settle(z, reach, gain);
      const isDiffuse = diffuseVariance > 0;
      elements.push({
        ...{ z, noise, innovation, variance, cross, diffuseVariance },
        diffuseGain: isDiffuse ? gain : new Float64Array(0),
      });
      if (isDiffuse) {
        this.covariance.replace(z, noise, gain);
        this.logLikelihood += diffuseLogDensity(diffuseVariance);
      } else if (variance > 0) {
        for (let i = 0; i < n; i++) gain[i] = cross[i]! / variance;
        this.covariance.update(z, noise, cross, variance);
        this.standardized[index] = innovation / Math.sqrt(variance);
        this.logLikelihood += logDensity(innovation, variance);
      } else continue; // what is certain already tells nothing
      for (let i = 0; i < n; i++) this.mean[i]! += gain[i]! * innovation;
    }
    return { ...before, elements };
  }

  /** Moves on to the next bar. */
  predict({ T, Q, c }: Pick<ModelAtBar, "T" | "Q" | "c">): void {
    const n = this.states;
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = c[i]!;
      for (let j = 0; j < n; j++) sum += T[i * n + j]! * this.mean[j]!;
      next[i] = sum;
    }
    this.mean = next;
    this.covariance.predict(T, Q);
    this.unknown.transform(T);
    this.bar++;
  }
}
