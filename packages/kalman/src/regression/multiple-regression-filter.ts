import { log } from "@astra-quant/core-linalg";
import { DiffuseBasis } from "../state-space/diffuse-basis.ts";
import { JosephCovariance } from "../state-space/joseph-covariance.ts";
import { diffuseLogDensity, logDensity } from "../state-space/log-density.ts";
import { MeanSquares, stepVariance } from "./drift.ts";
import type { KalmanMultipleRegressionState } from "./multiple-state.ts";
import type { Settings } from "./options.ts";
import { RecentVolatility } from "./recent-volatility.ts";

/**
 * The filter of any number of regressors, with an intercept or without, one bar at a time.
 *
 * With an intercept and a diffuse start the line is y = level + Σ slope_j (x_j − anchor_j), the anchor being the first
 * bar's regressors, where prices near one another leave small differences. Any other start has anchor 0.
 */
export class MultipleRegressionFilter {
  readonly settings: Omit<Settings, "prior">;
  readonly #size: number;
  readonly #step: number;
  readonly #inflation: number;
  #meanSquares: MeanSquares | undefined;
  #volatility: RecentVolatility | undefined;

  /** Absent until the first bar of a diffuse start. */
  #basis: DiffuseBasis | undefined;
  #anchor: Float64Array;
  /** Of (level, slopes…), or of the slopes alone. */
  #mean: Float64Array;
  /** Covariance of what the basis does not leave open. */
  #P: JosephCovariance;
  readonly #h: Float64Array;
  readonly #reach: Float64Array;
  readonly #m: Float64Array;
  readonly #K: Float64Array;

  observations = 0;
  missing = 0;
  logLikelihood = 0;
  innovation: number = Number.NaN;
  innovationStd: number = Number.NaN;
  zScore: number = Number.NaN;

  constructor(settings: Settings) {
    const { prior, ...others } = settings;
    const { regressors, intercept, delta, drift, forgetting, volatilityHalfLife } = settings;
    const n = regressors + (intercept ? 1 : 0);
    this.settings = others;
    this.#size = n;
    this.#step = stepVariance(delta, drift);
    this.#inflation = 1 / forgetting;
    if (drift === "scaled") this.#meanSquares = new MeanSquares(regressors);
    if (volatilityHalfLife !== undefined) this.#volatility = new RecentVolatility(volatilityHalfLife);
    this.#anchor = new Float64Array(regressors);
    this.#mean = prior === "diffuse" ? new Float64Array(n) : prior.mean.slice();
    const covariance = prior === "diffuse" ? new Float64Array(n * n) : prior.covariance.slice();
    this.#P = new JosephCovariance(covariance, n);
    if (prior !== "diffuse") this.#basis = new DiffuseBasis(n, new Float64Array(0));
    this.#h = new Float64Array(n);
    this.#reach = new Float64Array(n);
    this.#m = new Float64Array(n);
    this.#K = new Float64Array(n);
  }

  /** Whether every coefficient is known but for a finite variance. */
  get determined(): boolean {
    return this.#basis?.columns === 0;
  }

  get currentIntercept(): number {
    if (!this.determined) return Number.NaN;
    if (!this.settings.intercept) return 0;
    let intercept = this.#mean[0]!;
    for (let j = 0; j < this.#anchor.length; j++) intercept -= this.#mean[j + 1]! * this.#anchor[j]!;
    return intercept;
  }

  /** Writes the slopes after the last bar, NaN until they are determined. */
  slopesInto(out: Float64Array): void {
    const first = this.settings.intercept ? 1 : 0;
    if (!this.determined) out.fill(Number.NaN);
    else for (let j = 0; j < out.length; j++) out[j] = this.#mean[first + j]!;
  }

  /** Takes one bar: the regressors in `values` from `start`, finite or NaN. */
  advance(values: Float64Array, start: number, y: number): void {
    this.innovation = Number.NaN;
    this.innovationStd = Number.NaN;
    this.#take(values, start, y);
    const ratio = this.innovation / this.innovationStd;
    this.zScore = this.#volatility === undefined ? ratio : this.#volatility.standardize(ratio);
  }

  #take(values: Float64Array, start: number, y: number): void {
    const { regressors } = this.settings;
    let present = !Number.isNaN(y);
    for (let j = 0; j < regressors; j++) present &&= !Number.isNaN(values[start + j]!);
    if (!present) {
      this.missing++;
      if (this.#basis !== undefined) this.#predict();
      return;
    }
    this.observations++;
    for (let j = 0; j < regressors; j++) this.#meanSquares?.take(j, values[start + j]!);
    if (this.#basis === undefined) this.#begin(values, start);
    else this.#predict();
    this.#observe(values, start, y);
  }

  /** A diffuse start meets its first bar: the unknown is measured in the regressors' own sizes. */
  #begin(values: Float64Array, start: number): void {
    const { regressors, intercept } = this.settings;
    const scales = new Float64Array(this.#size).fill(1);
    for (let j = 0; j < regressors; j++) {
      const x = values[start + j]!;
      if (intercept) this.#anchor[j] = x;
      if (x === 0) continue;
      scales[this.#size - regressors + j] = 1 / Math.abs(x);
      this.logLikelihood -= log(Math.abs(x)); // diffuse variances of 1 ÷ x² instead of 1
    }
    this.#basis = DiffuseBasis.ofScales(scales);
  }

  /** The random walk's step: P grows by forgetting and gains Q, diagonal in (intercept, slopes…), seen from the anchor. */
  #predict(): void {
    const n = this.#size;
    const P = this.#P.data;
    const { regressors, intercept } = this.settings;
    for (let i = 0; i < P.length; i++) P[i]! *= this.#inflation;
    const first = n - regressors;
    if (intercept) P[0]! += this.#step;
    for (let j = 0; j < regressors; j++) {
      const q = this.#meanSquares === undefined ? this.#step : this.#meanSquares.step(this.#step, j);
      const i = first + j;
      P[i * n + i]! += q;
      if (!intercept) continue;
      const moved = q * this.#anchor[j]!;
      P[0]! += moved * this.#anchor[j]!;
      P[i]! += moved;
      P[i * n]! += moved;
    }
  }

  #observe(values: Float64Array, start: number, y: number): void {
    const { regressors, observationVariance: R } = this.settings;
    const n = this.#size;
    const h = this.#h;
    const first = n - regressors;
    if (first === 1) h[0] = this.#reach[0] = 1;
    for (let j = 0; j < regressors; j++) {
      h[first + j] = values[start + j]! - this.#anchor[j]!;
      this.#reach[first + j] = Math.abs(values[start + j]!) + Math.abs(this.#anchor[j]!);
    }
    const K = this.#K;
    let v = y;
    for (let i = 0; i < n; i++) v -= h[i]! * this.#mean[i]!;
    const determined = this.determined;
    const diffuseVariance = determined ? 0 : this.#basis!.settle(h, this.#reach, K);
    if (diffuseVariance > 0) {
      this.#P.replace(h, R, K);
      this.logLikelihood += diffuseLogDensity(diffuseVariance);
    } else {
      const m = this.#m;
      const S = this.#P.project(h, m) + R; // S = hᵀ P h + R
      for (let i = 0; i < n; i++) K[i] = m[i]! / S;
      this.#P.update(h, R, m, S);
      this.logLikelihood += logDensity(v, S);
      if (determined) this.innovationStd = Math.sqrt(S);
    }
    if (determined) this.innovation = v;
    for (let i = 0; i < n; i++) this.#mean[i]! += K[i]! * v;
  }

  toState(): KalmanMultipleRegressionState {
    const { volatilityHalfLife, seedParity, ...settings } = this.settings;
    return {
      version: 1,
      ...settings,
      ...(this.#basis === undefined ? {} : { unknown: Array.from(this.#basis.data) }),
      anchor: Array.from(this.#anchor),
      mean: Array.from(this.#mean),
      covariance: Array.from(this.#P.data),
      ...(this.#meanSquares === undefined ? {} : { meanSquares: this.#meanSquares.state }),
      ...(this.#volatility === undefined ? {} : { volatility: this.#volatility.state }),
      observations: this.observations,
      missing: this.missing,
      logLikelihood: this.logLikelihood,
    };
  }

  /** A filter that goes on from a validated state. */
  static fromState(state: KalmanMultipleRegressionState): MultipleRegressionFilter {
    const { regressors, intercept, delta, drift, forgetting, observationVariance, volatility } = state;
    const filter = new MultipleRegressionFilter({
      ...{ regressors, intercept, delta, drift, forgetting, observationVariance },
      volatilityHalfLife: volatility?.halfLife,
      seedParity: false,
      prior: "diffuse",
    });
    if (state.meanSquares !== undefined) filter.#meanSquares = new MeanSquares(regressors, state.meanSquares);
    if (volatility !== undefined) filter.#volatility = RecentVolatility.from("state.volatility", volatility);
    if (state.unknown !== undefined)
      filter.#basis = new DiffuseBasis(filter.#size, Float64Array.from(state.unknown));
    filter.#anchor = Float64Array.from(state.anchor);
    filter.#mean = Float64Array.from(state.mean);
    filter.#P = new JosephCovariance(Float64Array.from(state.covariance), filter.#size);
    filter.observations = state.observations;
    filter.missing = state.missing;
    filter.logLikelihood = state.logLikelihood;
    return filter;
  }
}
