import { diffuseLogDensity, logDensity } from "../state-space/log-density.ts";
import { type Drift, MeanSquares, stepVariance } from "./drift.ts";
import { type BarsAndAnswers, type CovarianceSteps, foldLine } from "./line-fold.ts";
import type { Settings } from "./options.ts";
import { RecentVolatility } from "./recent-volatility.ts";
import type { KalmanRegressionState, Knowledge } from "./state.ts";

/** Where a single bar passes through: one thread takes one bar at a time. */
const ONE_BAR: BarsAndAnswers = {
  x: new Float64Array(1),
  y: new Float64Array(1),
  intercept: new Float64Array(1),
  slope: new Float64Array(1),
  innovation: new Float64Array(1),
  innovationStd: new Float64Array(1),
  zScore: new Float64Array(1),
};

/**
 * The filter of one regressor and an intercept, one bar at a time and without allocation: what the class and the batch function share.
 *
 * The line is written as y = level + slope · (x − anchor). A diffuse start anchors it at the first x, where
 * prices near one another leave small differences: with y = intercept + slope · x the variance of the
 * prediction is a small number that remains of large ones. Any other start has anchor 0, so level is the
 * intercept.
 *
 * From a diffuse start the first bar settles the level alone, and further bars at the same x only sharpen it.
 * The first bar at another x settles the slope. This is the limit of a prior variance that grows without
 * bound, taken on paper.
 */
export class RegressionFilter {
  readonly delta: number;
  readonly drift: Drift;
  readonly forgetting: number;
  readonly observationVariance: number;
  readonly seedParity: boolean;
  /** The variance a coefficient gains a bar. */
  readonly #step: number;
  /** What forgetting multiplies the covariance by. */
  readonly #inflation: number;
  #meanSquares: MeanSquares | undefined;
  #volatility: RecentVolatility | undefined;

  known: Knowledge;
  anchor = 0;
  level = 0;
  slope = 0;
  // Covariance of (level, slope). The seed's update lets p01 and p10 drift apart by rounding.
  p00 = 0;
  p01 = 0;
  p10 = 0;
  p11 = 0;

  observations = 0;
  missing = 0;
  logLikelihood = 0;

  /** y minus its prediction at the last bar; NaN where there was none. */
  innovation: number = Number.NaN;
  innovationStd: number = Number.NaN;
  zScore: number = Number.NaN;

  constructor(settings: Settings) {
    const { delta, drift, forgetting, volatilityHalfLife } = settings;
    this.delta = delta;
    this.drift = drift;
    this.forgetting = forgetting;
    this.observationVariance = settings.observationVariance;
    this.seedParity = settings.seedParity;
    this.#step = stepVariance(delta, drift);
    this.#inflation = 1 / forgetting;
    if (drift === "scaled") this.#meanSquares = new MeanSquares(1);
    if (volatilityHalfLife !== undefined) this.#volatility = new RecentVolatility(volatilityHalfLife);
    this.known = settings.prior === "diffuse" ? "nothing" : "line";
    if (settings.prior === "diffuse") return;
    const { mean, covariance } = settings.prior;
    [this.level, this.slope] = mean as unknown as [number, number];
    [this.p00, this.p01, , this.p11] = covariance as unknown as [number, number, number, number];
    this.p10 = this.p01;
  }

  get currentIntercept(): number {
    return this.known === "line" ? this.level - this.slope * this.anchor : Number.NaN;
  }

  get currentSlope(): number {
    return this.known === "line" ? this.slope : Number.NaN;
  }

  /** Takes one bar; x and y are finite, or NaN where missing. */
  advance(x: number, y: number): void {
    this.innovation = Number.NaN;
    this.innovationStd = Number.NaN;
    this.#take(x, y);
    const ratio = this.innovation / this.innovationStd;
    this.zScore = this.#volatility === undefined ? ratio : this.#volatility.standardize(ratio);
  }

  /** Takes the bars at `first`, `first` + `stride`, … before `end`, and writes what is known after each. */
  fold(bars: BarsAndAnswers, first: number, end: number, stride: number): void {
    const { x, y, intercept, slope, innovation, innovationStd, zScore } = bars;
    for (let at = first; at < end; at += stride) {
      if (this.known === "line" && this.plain) {
        foldLine(this, bars, at, end, stride);
        return;
      }
      this.advance(x[at]!, y[at]!);
      intercept[at] = this.currentIntercept;
      slope[at] = this.currentSlope;
      innovation[at] = this.innovation;
      innovationStd[at] = this.innovationStd;
      zScore[at] = this.zScore;
    }
  }

  #take(x: number, y: number): void {
    const present = !(Number.isNaN(x) || Number.isNaN(y));
    if (present) this.#meanSquares?.take(0, x);
    if (this.known === "line" && !this.seedParity) {
      this.#takeByLine(x, y);
      return;
    }
    if (!present) {
      this.missing++;
      this.#predict();
      return;
    }
    this.observations++;
    if (this.known === "nothing") this.#settleLevel(x, y);
    else if (this.known === "level" && x === this.anchor) this.#sharpenLevel(y);
    else if (this.known === "level") this.#settleSlope(x, y);
    else this.#updateAsSeed(x, y);
  }

  /** What P is multiplied by and gains from bar to bar: Q, diagonal in (intercept, slope), seen from the anchor. */
  steps(): CovarianceSteps {
    const { anchor } = this;
    const step = this.#step;
    const slopeStep = this.#meanSquares === undefined ? step : this.#meanSquares.step(step, 0);
    const levelStep =
      slopeStep === step ? step * (1 + anchor * anchor) : step + slopeStep * (anchor * anchor);
    return { inflation: this.#inflation, levelStep, slopeStep };
  }

  /** Whether a bar is nothing but `advance`'s usual update: its steps are those of every other bar. */
  get plain(): boolean {
    return !this.seedParity && this.#meanSquares === undefined && this.#volatility === undefined;
  }

  #predict(): void {
    if (this.known === "nothing") return;
    const { inflation, levelStep, slopeStep } = this.steps();
    this.p00 = this.p00 * inflation + levelStep;
    if (this.known === "level") return;
    this.p01 = this.p01 * inflation + slopeStep * this.anchor;
    this.p10 = this.p10 * inflation + slopeStep * this.anchor;
    this.p11 = this.p11 * inflation + slopeStep;
  }

  // F∞ = 1 + x²: the variance of the first y per unit of diffuse variance.
  #settleLevel(x: number, y: number): void {
    this.known = "level";
    this.anchor = x;
    this.level = y + 0;
    this.p00 = this.observationVariance;
    this.logLikelihood += diffuseLogDensity(1 + x * x);
  }

  #sharpenLevel(y: number): void {
    this.#predict();
    const R = this.observationVariance;
    const S = this.p00 + R;
    const v = y - this.level;
    this.level += (this.p00 / S) * v;
    this.p00 = (this.p00 * R) / S;
    this.logLikelihood += logDensity(v, S);
  }

  // slope = (y − level) ÷ d with d = x − anchor, so its variance is (var(level) + R) ÷ d².
  #settleSlope(x: number, y: number): void {
    this.#predict();
    const { anchor, p00, observationVariance: R } = this;
    const d = x - anchor;
    this.known = "line";
    this.slope = (y - this.level) / d + 0;
    this.p01 = -p00 / d;
    this.p10 = this.p01;
    this.p11 = (p00 + R) / (d * d);
    this.logLikelihood += diffuseLogDensity((d * d) / (1 + anchor * anchor));
  }

  #takeByLine(x: number, y: number): void {
    ONE_BAR.x[0] = x;
    ONE_BAR.y[0] = y;
    foldLine(this, ONE_BAR, 0, 1, 1);
    this.innovation = ONE_BAR.innovation[0]!;
    this.innovationStd = ONE_BAR.innovationStd[0]!;
  }

  /** The notebook's update in its own order of operations. */
  #updateAsSeed(x: number, y: number): void {
    this.#predict();
    const { p00, p01, p10, p11 } = this;
    const v = y - (this.level + x * this.slope);
    const S = p00 + x * p10 + (p01 + x * p11) * x + this.observationVariance;
    const k0 = (p00 + p01 * x) / S;
    const k1 = (p10 + p11 * x) / S;
    this.level += k0 * v;
    this.slope += k1 * v;

    // P = (I − KH) P
    const a00 = 1 - k0;
    const a01 = -k0 * x;
    const a10 = -k1;
    const a11 = 1 - k1 * x;
    this.p00 = a00 * p00 + a01 * p10;
    this.p01 = a00 * p01 + a01 * p11;
    this.p10 = a10 * p00 + a11 * p10;
    this.p11 = a10 * p01 + a11 * p11;

    this.innovation = v;
    this.innovationStd = Math.sqrt(S);
    this.logLikelihood += logDensity(v, S);
  }

  /** Everything the filter needs to go on, as plain JSON. */
  toState(): KalmanRegressionState {
    return {
      version: 1,
      delta: this.delta,
      ...(this.drift === "equal" ? {} : { drift: this.drift }),
      ...(this.forgetting === 1 ? {} : { forgetting: this.forgetting }),
      observationVariance: this.observationVariance,
      parity: this.seedParity ? "seed" : "none",
      known: this.known,
      anchor: this.anchor,
      level: this.level,
      slope: this.slope,
      covariance: [
        [this.p00, this.p01],
        [this.p10, this.p11],
      ],
      ...(this.#meanSquares === undefined ? {} : { meanSquares: this.#meanSquares.state }),
      ...(this.#volatility === undefined ? {} : { volatility: this.#volatility.state }),
      observations: this.observations,
      missing: this.missing,
      logLikelihood: this.logLikelihood,
    };
  }

  /** A filter that goes on from a validated state. */
  static fromState(state: KalmanRegressionState): RegressionFilter {
    const {
      delta,
      drift = "equal",
      forgetting = 1,
      observationVariance,
      parity,
      meanSquares,
      volatility,
    } = state;
    const filter = new RegressionFilter({
      regressors: 1,
      intercept: true,
      delta,
      drift,
      forgetting,
      observationVariance,
      volatilityHalfLife: undefined,
      seedParity: parity === "seed",
      prior: "diffuse",
    });
    if (meanSquares !== undefined) filter.#meanSquares = new MeanSquares(1, meanSquares);
    if (volatility !== undefined) filter.#volatility = RecentVolatility.from("state.volatility", volatility);
    filter.known = state.known;
    filter.anchor = state.anchor;
    filter.level = state.level;
    filter.slope = state.slope;
    [[filter.p00, filter.p01], [filter.p10, filter.p11]] = state.covariance;
    filter.observations = state.observations;
    filter.missing = state.missing;
    filter.logLikelihood = state.logLikelihood;
    return filter;
  }
}
