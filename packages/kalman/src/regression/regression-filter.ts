import { log } from "@astra-quant/core-linalg";
import { LOG_TWO_PI, logDensity } from "../state-space/log-density.ts";
import { takeAtStart } from "./diffuse-start.ts";
import { type Drift, MeanSquares, stepVariance } from "./drift.ts";
import { type BarsAndAnswers, type CovarianceSteps, foldLine, LARGEST_SCALE } from "./line-fold.ts";
import type { Settings } from "./options.ts";
import { RecentVolatility } from "./recent-volatility.ts";
import { SeedCovariance } from "./seed-covariance.ts";
import { covarianceOf, type KalmanRegressionState, type Knowledge, requireDerived } from "./state.ts";

/** Where a single bar passes through: one thread takes one bar at a time. */
const ONE_BAR: Required<BarsAndAnswers> = {
  x: new Float64Array(1),
  y: new Float64Array(1),
  intercept: new Float64Array(1),
  slope: new Float64Array(1),
  innovation: new Float64Array(1),
  innovationStd: new Float64Array(1),
  zScore: new Float64Array(1),
};

/** What a rescaling takes from log s. */
const LOG_LARGEST_SCALE = log(LARGEST_SCALE);

/**
 * The filter of one regressor and an intercept, one bar at a time and without allocation: what the class and the batch
 * function share.
 *
 * The line is written as y = level + slope · (x − anchor). A diffuse start anchors it at the first x, where
 * prices near one another leave small differences: with y = intercept + slope · x the variance of the
 * prediction is a small number that remains of large ones. Any other start has anchor 0, so level is the
 * intercept.
 */
export class RegressionFilter {
  readonly delta: number;
  readonly drift: Drift;
  readonly forgetting: number;
  readonly observationVariance: number;
  /** The variance a coefficient gains a bar. */
  readonly #step: number;
  /** What forgetting multiplies the covariance by. */
  readonly #inflation: number;
  #seed: SeedCovariance | undefined;
  #meanSquares: MeanSquares | undefined;
  #volatility: RecentVolatility | undefined;

  known: Knowledge;
  anchor = 0;
  level = 0;
  slope = 0;
  // The covariance of (level, slope) is R · N ÷ s; of a level alone, R · n00.
  n00 = 0;
  n01 = 0;
  n11 = 0;
  d = 0;
  s = 1;

  observations = 0;
  missing = 0;
  squares = 0;
  rescalings = 0;
  /** Bars observed before the line was known, and all of the notebook's. */
  settledBars = 0;
  /** What those bars add to the log-likelihood besides their squares. */
  settled = 0;

  /** y minus its prediction at the last bar; NaN where there was none. */
  innovation: number = Number.NaN;
  innovationStd: number = Number.NaN;
  zScore: number = Number.NaN;

  constructor(settings: Settings) {
    const { delta, drift, forgetting, observationVariance, volatilityHalfLife, prior } = settings;
    this.delta = delta;
    this.drift = drift;
    this.forgetting = forgetting;
    this.observationVariance = observationVariance;
    this.#step = stepVariance(delta, drift);
    this.#inflation = 1 / forgetting;
    if (drift === "scaled") this.#meanSquares = new MeanSquares(1);
    if (volatilityHalfLife !== undefined) this.#volatility = new RecentVolatility(volatilityHalfLife);
    this.known = prior === "diffuse" ? "nothing" : "line";
    if (prior === "diffuse") return;
    [this.level, this.slope] = prior.mean as unknown as [number, number];
    const [p00, p01, p10, p11] = prior.covariance as unknown as [number, number, number, number];
    if (settings.seedParity) {
      this.#seed = new SeedCovariance([
        [p00, p01],
        [p10, p11],
      ]);
      return;
    }
    this.n00 = p00 / observationVariance;
    this.n01 = p01 / observationVariance;
    this.n11 = p11 / observationVariance;
    this.d = Math.max(0, this.n00 * this.n11 - this.n01 * this.n01);
  }

  get currentIntercept(): number {
    return this.known === "line" ? this.level - this.slope * this.anchor : Number.NaN;
  }

  get currentSlope(): number {
    return this.known === "line" ? this.slope : Number.NaN;
  }

  // Each S is R times what s grew by in its bar, so that of Σ log S one logarithm remains.
  get logLikelihood(): number {
    const growth = log(this.s) + this.rescalings * LOG_LARGEST_SCALE;
    const bars = this.observations - this.settledBars;
    const variances = bars * (LOG_TWO_PI + log(this.observationVariance)) + growth;
    return this.settled - 0.5 * (variances + this.squares);
  }

  /** Takes one bar; x and y are finite, or NaN where missing. */
  advance(x: number, y: number): void {
    this.innovation = Number.NaN;
    this.innovationStd = Number.NaN;
    this.#take(x, y);
    const ratio = this.innovation / this.innovationStd;
    this.zScore = this.#volatility === undefined ? ratio : this.#volatility.standardize(ratio);
  }

  /** Takes the bars at `first`, `first` + `stride`, … before `end`, and writes what is asked for after each. */
  fold(bars: BarsAndAnswers, first: number, end: number, stride: number): void {
    const { x, y, intercept, slope, innovation, innovationStd, zScore } = bars;
    for (let at = first; at < end; at += stride) {
      if (this.known === "line" && this.plain) {
        foldLine(this, bars, at, end, stride);
        return;
      }
      this.advance(x[at]!, y[at]!);
      if (intercept !== undefined) intercept[at] = this.currentIntercept;
      if (slope !== undefined) slope[at] = this.currentSlope;
      if (innovation !== undefined) innovation[at] = this.innovation;
      if (innovationStd !== undefined) innovationStd[at] = this.innovationStd;
      if (zScore !== undefined) zScore[at] = this.zScore;
    }
  }

  #take(x: number, y: number): void {
    if (!(Number.isNaN(x) || Number.isNaN(y))) this.#meanSquares?.take(0, x);
    if (this.#seed !== undefined) this.#takeAsSeed(this.#seed, x, y);
    else if (this.known === "line") this.#takeByLine(x, y);
    else takeAtStart(this, x, y);
  }

  // Q is diagonal in (intercept, slope); G is Q ÷ R as seen from the anchor.
  steps(): CovarianceSteps {
    const { anchor, observationVariance: R } = this;
    const interceptStep = this.#step / R;
    const slopeStep =
      this.#meanSquares === undefined ? interceptStep : this.#meanSquares.step(this.#step, 0) / R;
    return {
      inflation: this.#inflation,
      g00: interceptStep + slopeStep * (anchor * anchor),
      g01: slopeStep * anchor,
      g11: slopeStep,
      gain: interceptStep * slopeStep,
    };
  }

  /** Whether a bar is nothing but `advance`'s usual update: its steps are those of every other bar. */
  get plain(): boolean {
    return this.#seed === undefined && this.#meanSquares === undefined && this.#volatility === undefined;
  }

  #takeByLine(x: number, y: number): void {
    ONE_BAR.x[0] = x;
    ONE_BAR.y[0] = y;
    foldLine(this, ONE_BAR, 0, 1, 1);
    this.innovation = ONE_BAR.innovation[0]!;
    this.innovationStd = ONE_BAR.innovationStd[0]!;
  }

  #takeAsSeed(covariance: SeedCovariance, x: number, y: number): void {
    covariance.predict(this.#step);
    if (Number.isNaN(x) || Number.isNaN(y)) {
      this.missing++;
      return;
    }
    this.observations++;
    this.settledBars++;
    covariance.update(x, this.observationVariance);
    const { S, k0, k1 } = covariance;
    const v = y - (this.level + x * this.slope);
    this.level += k0 * v;
    this.slope += k1 * v;
    this.innovation = v;
    this.innovationStd = Math.sqrt(S);
    this.settled += logDensity(v, S);
  }

  /** Everything the filter needs to go on, as plain JSON. */
  toState(): KalmanRegressionState {
    const { observationVariance, n00, n01, n11, d, s, rescalings } = this;
    const fraction = { numerator: [n00, n01, n11], share: d, scale: s, rescalings } as const;
    return {
      version: 2,
      delta: this.delta,
      ...(this.drift === "equal" ? {} : { drift: this.drift }),
      ...(this.forgetting === 1 ? {} : { forgetting: this.forgetting }),
      observationVariance,
      parity: this.#seed === undefined ? "none" : "seed",
      known: this.known,
      anchor: this.anchor,
      level: this.level,
      slope: this.slope,
      ...(this.#seed === undefined
        ? { fraction, covariance: covarianceOf(fraction, observationVariance) }
        : { covariance: this.#seed.state }),
      ...(this.#meanSquares === undefined ? {} : { meanSquares: this.#meanSquares.state }),
      ...(this.#volatility === undefined ? {} : { volatility: this.#volatility.state }),
      observations: this.observations,
      missing: this.missing,
      squares: this.squares,
      settled: { bars: this.settledBars, logLikelihood: this.settled },
      logLikelihood: this.logLikelihood,
    };
  }

  /** A filter that goes on from a validated state. */
  static fromState(state: KalmanRegressionState): RegressionFilter {
    const { delta, drift = "equal", forgetting = 1, observationVariance } = state;
    const { fraction, meanSquares, volatility } = state;
    const filter = new RegressionFilter({
      regressors: 1,
      intercept: true,
      delta,
      drift,
      forgetting,
      observationVariance,
      volatilityHalfLife: undefined,
      seedParity: false,
      prior: "diffuse",
    });
    if (fraction === undefined) filter.#seed = new SeedCovariance(state.covariance);
    else {
      [filter.n00, filter.n01, filter.n11] = fraction.numerator;
      filter.d = fraction.share;
      filter.s = fraction.scale;
      filter.rescalings = fraction.rescalings;
    }
    if (meanSquares !== undefined) filter.#meanSquares = new MeanSquares(1, meanSquares);
    if (volatility !== undefined) filter.#volatility = RecentVolatility.from("state.volatility", volatility);
    filter.known = state.known;
    filter.anchor = state.anchor;
    filter.level = state.level;
    filter.slope = state.slope;
    filter.observations = state.observations;
    filter.missing = state.missing;
    filter.squares = state.squares;
    filter.settledBars = state.settled.bars;
    filter.settled = state.settled.logLikelihood;
    requireDerived("state.logLikelihood", state.logLikelihood, filter.logLikelihood);
    return filter;
  }
}
