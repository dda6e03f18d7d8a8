import {
  type JsonSeries,
  pow,
  QuantError,
  RollingMean,
  type RollingState,
  RollingStd,
  type RollingVarianceState,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireKnownOptions,
  requireNumber,
  requirePositive,
  requireStateRecord,
  requireStateSeries,
  requireStateValue,
  requireVector,
  toJsonNumber,
  toJsonSeries,
} from "@astra-quant/core-linalg/guards";
import { resumePart } from "../stream/resume-part.ts";
import { healthComponents, weightedScore } from "./health-components.ts";
import type { HealthInputs } from "./health-inputs.ts";
import { unknownInputs, weaknesses } from "./health-reasons.ts";
import type { HealthScore } from "./health-score.ts";
import {
  HEALTH_OPTIONS,
  type HealthOptions,
  type HealthSettings,
  requireHealthSettings,
  requireShare,
} from "./health-settings.ts";

export interface HealthMonitorOptions extends HealthOptions {
  /** An excluded signal comes back above this, in [exclusionThreshold, 1]. @defaultValue 0.35 */
  readonly readmissionThreshold?: number;
  /** Rows after which half of a score is forgotten, > 0. @defaultValue 21 */
  readonly halfLife?: number;
}

/** A health score as a monitor tells it: smoothed over time, and admitted with hysteresis. */
export interface MonitoredHealth extends HealthScore {
  /** The score of this row alone, before smoothing. */
  readonly unsmoothed: number;
}

type WordlessHealth = Omit<MonitoredHealth, "reasons">;

/** Where a {@link HealthMonitor} stands, as plain JSON. */
export interface HealthMonitorState extends Required<HealthMonitorOptions> {
  readonly version: 1;
  /** The smoothed score, null before the first. */
  readonly score: number | null;
  readonly admitted: boolean;
  /** Means of the windows that ended in the last rows, the latest last. */
  readonly means: JsonSeries;
  readonly mean: RollingState;
  readonly std: RollingVarianceState;
  readonly adjusted: RollingState;
}

type MonitorSettings = HealthSettings & Required<HealthMonitorOptions>;

const OPTIONS = [...HEALTH_OPTIONS, "readmissionThreshold", "halfLife"] as const;

function requireMonitorSettings(options: HealthMonitorOptions): MonitorSettings {
  requireKnownOptions(options, OPTIONS);
  const { readmissionThreshold = 0.35, halfLife = 21, ...health } = options;
  const settings = requireHealthSettings(health);
  requireShare("readmissionThreshold", readmissionThreshold);
  requirePositive("halfLife", halfLife);
  if (readmissionThreshold < settings.exclusionThreshold) {
    throw new QuantError(
      "range",
      `readmissionThreshold must be ≥ exclusionThreshold ${settings.exclusionThreshold}, got ${readmissionThreshold}`,
      { argument: "readmissionThreshold", value: readmissionThreshold },
    );
  }
  return { ...settings, readmissionThreshold, halfLife };
}

/**
 * The health of a signal over time, row by row: the components of `healthScore`, their weighted sum smoothed exponentially
 * (half of a score is forgotten in `halfLife` rows, the first is taken as it is) and hysteresis at the threshold, so that a
 * signal does not flicker: it is excluded when the smoothed score falls below 0.3 and comes back above 0.35. A row without
 * a score, before three windows or with a gap in them, leaves what was there.
 *
 * @throws QuantError "range" for a window, scale, threshold, half-life or weights out of range, "option" for an unknown
 *   name.
 */
export class HealthMonitor {
  readonly #settings: MonitorSettings;
  readonly #keep: number;
  #mean: RollingMean;
  #std: RollingStd;
  #adjusted: RollingMean;
  #means: number[] = [];
  #score: number = Number.NaN;
  #admitted = false;

  constructor(options: HealthMonitorOptions = {}) {
    this.#settings = requireMonitorSettings(options);
    const { window, halfLife } = this.#settings;
    this.#keep = pow(0.5, 1 / halfLife);
    this.#mean = new RollingMean(window);
    this.#std = new RollingStd(window);
    this.#adjusted = new RollingMean(window);
  }

  /**
   * Takes the information coefficient of one row and its turnover-adjusted form; NaN is a missing one.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(ic: number, turnoverAdjustedIc: number): MonitoredHealth {
    const now = this.advance(
      requireNumber("ic", ic),
      requireNumber("turnoverAdjustedIc", turnoverAdjustedIc),
    );
    return { ...now, reasons: this.#reasons(now) };
  }

  /**
   * As `push`, without the reasons: to put them into words takes longer than all the rest.
   *
   * @internal
   */
  advance(ic: number, turnoverAdjustedIc: number): WordlessHealth {
    const inputs = this.#inputs(ic, turnoverAdjustedIc);
    const components = healthComponents(inputs, this.#settings);
    const unsmoothed = weightedScore(components, this.#settings.weights);
    const first = Number.isNaN(this.#score);
    if (!Number.isNaN(unsmoothed)) {
      this.#score = first ? unsmoothed : unsmoothed + this.#keep * (this.#score - unsmoothed);
      this.#admitted = this.#admits(first);
    }
    return { score: this.#score, components, inputs, admitted: this.#admitted, unsmoothed };
  }

  #inputs(ic: number, turnoverAdjustedIc: number): HealthInputs {
    const { window } = this.#settings;
    const recent = this.#mean.push(ic);
    const means = this.#means;
    const before = means[means.length - window] ?? Number.NaN;
    const earlier = means[means.length - 2 * window] ?? Number.NaN;
    means.push(recent);
    if (means.length > 2 * window) means.shift();
    return {
      meanIc: recent,
      icStd: this.#std.push(ic),
      turnoverAdjustedIc: this.#adjusted.push(turnoverAdjustedIc),
      velocity: recent - before,
      acceleration: recent - before - (before - earlier),
    };
  }

  #admits(first: boolean): boolean {
    const { exclusionThreshold, readmissionThreshold } = this.#settings;
    if (first || this.#admitted) return this.#score >= exclusionThreshold;
    return this.#score > readmissionThreshold;
  }

  #reasons({ unsmoothed, inputs, components }: WordlessHealth): readonly string[] {
    const { exclusionThreshold, readmissionThreshold } = this.#settings;
    if (Number.isNaN(this.#score)) return [unknownInputs(inputs, this.#settings)];
    const kept = Number.isNaN(unsmoothed) ? ["no score in this row: the one before stands"] : [];
    const smoothed = this.#score.toFixed(4);
    const standing = this.#admitted
      ? []
      : this.#score < exclusionThreshold
        ? [`excluded: the smoothed score ${smoothed} is below ${exclusionThreshold}`]
        : [`excluded: the smoothed score ${smoothed} has not risen above ${readmissionThreshold} again`];
    const weak = Number.isNaN(unsmoothed) ? [] : weaknesses(inputs, components, this.#settings);
    return [...standing, ...kept, ...weak];
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): HealthMonitorState {
    return {
      version: 1,
      ...this.#settings,
      score: toJsonNumber(this.#score),
      admitted: this.#admitted,
      means: toJsonSeries(this.#means),
      mean: this.#mean.state,
      std: this.#std.state,
      adjusted: this.#adjusted.state,
    };
  }

  /**
   * The monitor that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: HealthMonitorState): HealthMonitor {
    const parts = ["score", "admitted", "means", "mean", "std", "adjusted"] as const;
    const record = requireStateRecord(state, [...OPTIONS, ...parts]);
    const { version: _, score, admitted, means, mean: _m, std: _s, adjusted: _a, ...options } = state;
    const monitor = new HealthMonitor(options);
    const inUnit = (value: number): boolean => value >= 0 && value <= 1;
    monitor.#score = requireStateValue("state.score", score, "in [0, 1] or null", inUnit);
    monitor.#admitted = requireBoolean("state.admitted", admitted);
    monitor.#means = [...requireStateSeries("state.means", means, 2 * options.window)];
    monitor.#mean = resumePart(record, "mean", monitor.#mean, RollingMean.from);
    monitor.#std = resumePart(record, "std", monitor.#std, RollingStd.from);
    monitor.#adjusted = resumePart(record, "adjusted", monitor.#adjusted, RollingMean.from);
    return monitor;
  }
}

/** A {@link HealthMonitor} over a history, row by row. */
export interface HealthHistory {
  /** The smoothed scores, NaN before the first. */
  readonly score: Float64Array;
  /** 1 where the signal takes part, else 0. */
  readonly admitted: Int8Array;
  /** Everything about the last row; undefined for an empty history. */
  readonly latest: MonitoredHealth | undefined;
}

/**
 * {@link HealthMonitor} over a history of information coefficients and their turnover-adjusted form, two series of one
 * length.
 *
 * @throws QuantError as the class does; "shape" for series of two lengths.
 */
export function healthHistory(
  ic: VectorLike,
  turnoverAdjustedIc: VectorLike,
  options: HealthMonitorOptions = {},
): HealthHistory {
  const monitor = new HealthMonitor(options);
  const series = requireVector("ic", ic);
  const adjusted = requireVector("turnoverAdjustedIc", turnoverAdjustedIc, series.length);
  const score = new Float64Array(series.length);
  const admitted = new Int8Array(series.length);
  const put = (t: number, now: WordlessHealth): void => {
    score[t] = now.score;
    admitted[t] = now.admitted ? 1 : 0;
  };
  const last = series.length - 1;
  for (let t = 0; t < last; t++) put(t, monitor.advance(series[t]!, adjusted[t]!));
  if (last < 0) return { score, admitted, latest: undefined };
  const latest = monitor.push(series[last]!, adjusted[last]!);
  put(last, latest);
  return { score, admitted, latest };
}
