import {
  EwmMean,
  EwmStd,
  ewmMean,
  ewmStd,
  Matrix,
  RollingMean,
  RollingStd,
  rollingMean,
  rollingStd,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireOneOf,
  requirePositive,
  requireStateRecord,
  requireStateValue,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { foldColumns } from "../stream/fold-columns.ts";
import { resumePart } from "../stream/resume-part.ts";
import { ExpandingMoments } from "./expanding-moments.ts";

export interface TimeSeriesScoreSettings {
  /**
   * The past that says what is usual: "rolling", the last `window` values; "expanding", all so far; "ewm", all so far, the
   * older the less.
   *
   * @defaultValue "rolling"
   */
  readonly over?: "rolling" | "expanding" | "ewm";
  /** Values in a rolling past. @defaultValue 252 */
  readonly window?: number;
  /** Rows after which a value counts half, by "ewm". @defaultValue 63 */
  readonly halfLife?: number;
  /** Values that must be present for a score. @defaultValue window for "rolling", else 20 */
  readonly minPeriods?: number;
  /** Scores beyond ± this are brought back to it. @defaultValue none are */
  readonly limit?: number;
}

export interface TimeSeriesScoresOptions<X extends TableLike> extends TimeSeriesScoreSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

type Settings = Required<Omit<TimeSeriesScoreSettings, "limit">> & { readonly limit: number | null };

/** Where a {@link TimeSeriesScore} stands, as plain JSON. */
export interface TimeSeriesScoreState extends Settings {
  readonly version: 1;
  readonly count: number;
  /** null where it has left the doubles. */
  readonly mean: number | null;
  readonly squares: number | null;
  readonly rollingMean: RollingMean["state"];
  readonly rollingStd: RollingStd["state"];
  readonly ewmMean: EwmMean["state"];
  readonly ewmStd: EwmStd["state"];
}

const SETTINGS: readonly string[] = ["over", "window", "halfLife", "minPeriods", "limit"];

function requireSettings(
  options: Omit<TimeSeriesScoreSettings, "limit"> & { readonly limit?: number | null },
  within = "",
): Settings {
  const { over = "rolling", window = 252, halfLife = 63, limit = null } = options;
  requireOneOf(`${within}over`, over, ["rolling", "expanding", "ewm"]);
  const rolling = over === "rolling";
  requireInteger(`${within}window`, window, 2);
  const { minPeriods = rolling ? window : 20 } = options;
  return {
    over,
    window,
    halfLife: requirePositive(`${within}halfLife`, halfLife),
    minPeriods: rolling
      ? requireInteger(`${within}minPeriods`, minPeriods, 2, window)
      : requireInteger(`${within}minPeriods`, minPeriods, 2),
    limit: limit === null ? null : requirePositive(`${within}limit`, limit),
  };
}

// (x − mean) ÷ std, within ± limit
function scoreOf(x: number, usual: number, spread: number, limit: number): number {
  const score = spread > 0 ? (x - usual) / spread : Number.NaN;
  return Number.isFinite(score) ? Math.min(Math.max(score, -limit), limit) : Number.NaN;
}

/**
 * Each value against the past of its own series, itself included: (x − mean) ÷ standard deviation (ddof 1; by "ewm" the
 * weighted one without bias), without a unit. Row t is made of rows up to t, so nothing looks ahead.
 *
 * `signal` is a vector, or time × assets (a matrix or `Panel`); the answer has its form and size. A value that is not
 * finite is missing and has no score. NaN with fewer than `minPeriods` values, and where they do not differ.
 *
 * @throws QuantError "range" for a window or minPeriods that is no integer ≥ 2 (in a rolling past minPeriods ≤ window), a
 *   halfLife or limit that is not positive, "option" for an unknown past, "shape" for a signal or `out` of a wrong form.
 */
export function timeSeriesScores<X extends TableLike>(
  signal: X,
  options: TimeSeriesScoresOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...SETTINGS, "out"]);
  const settings = requireSettings(options);
  const { over, window, halfLife, minPeriods } = settings;
  const limit = settings.limit ?? Number.POSITIVE_INFINITY;
  const table = requireTable("signal", signal);
  const { rows, columns, data } = table;
  if (over === "expanding") {
    const create = (): TimeSeriesScore =>
      new TimeSeriesScore(options.limit === undefined ? { over, minPeriods } : { over, minPeriods, limit });
    return inKindOf(
      signal,
      foldColumns(table, create, (stream, k) => stream.push(data[k]!)),
      options.out,
    );
  }
  const rolling = over === "rolling";
  const usual = rolling
    ? rollingMean(table, window, { minPeriods })
    : ewmMean(table, { halfLife, minPeriods });
  const spread = rolling
    ? rollingStd(table, window, { minPeriods })
    : ewmStd(table, { halfLife, minPeriods });
  const scores = spread.data;
  for (let k = 0; k < scores.length; k++) scores[k] = scoreOf(data[k]!, usual.data[k]!, scores[k]!, limit);
  return inKindOf(signal, new Matrix(rows, columns, scores), options.out);
}

/** {@link timeSeriesScores} value by value, for one series. */
export class TimeSeriesScore {
  readonly #settings: Settings;
  readonly #all = new ExpandingMoments();
  #rollingMean: RollingMean;
  #rollingStd: RollingStd;
  #ewmMean: EwmMean;
  #ewmStd: EwmStd;

  /** @throws QuantError as {@link timeSeriesScores} does. */
  constructor(options: TimeSeriesScoreSettings = {}) {
    requireKnownOptions(options, SETTINGS);
    this.#settings = requireSettings(options);
    const { over, window, halfLife, minPeriods } = this.#settings;
    const rolling = over === "rolling" ? { minPeriods } : {};
    this.#rollingMean = new RollingMean(window, rolling);
    this.#rollingStd = new RollingStd(window, rolling);
    this.#ewmMean = new EwmMean({ halfLife, minPeriods });
    this.#ewmStd = new EwmStd({ halfLife, minPeriods });
  }

  /** Values that a first answer needs. */
  get warmUp(): number {
    return this.#settings.minPeriods;
  }

  /**
   * The score of this value, in the bits of the batch form; NaN until there is a past.
   *
   * @throws QuantError "data" when the value is no number; NaN is a missing one.
   */
  push(value: number): number {
    requireNumber("value", value);
    const { over, minPeriods } = this.#settings;
    const limit = this.#settings.limit ?? Number.POSITIVE_INFINITY;
    if (over === "rolling")
      return scoreOf(value, this.#rollingMean.push(value), this.#rollingStd.push(value), limit);
    if (over === "ewm") return scoreOf(value, this.#ewmMean.push(value), this.#ewmStd.push(value), limit);
    this.#all.push(value);
    return this.#all.count < minPeriods ? Number.NaN : scoreOf(value, this.#all.mean, this.#all.std, limit);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): TimeSeriesScoreState {
    const { count, mean, squares } = this.#all;
    return {
      version: 1,
      ...this.#settings,
      count,
      mean: Number.isNaN(mean) ? null : mean,
      squares: Number.isNaN(squares) ? null : squares,
      rollingMean: this.#rollingMean.state,
      rollingStd: this.#rollingStd.state,
      ewmMean: this.#ewmMean.state,
      ewmStd: this.#ewmStd.state,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: TimeSeriesScoreState): TimeSeriesScore {
    const record = requireStateRecord(state, [...SETTINGS, "count", "mean", "squares"]);
    const { limit, ...rest } = requireSettings(record, "state.");
    const stream = new TimeSeriesScore(limit === null ? rest : { ...rest, limit });
    stream.#all.count = requireInteger("state.count", record.count, 0);
    stream.#all.mean = requireStateValue("state.mean", record.mean);
    stream.#all.squares = requireStateValue("state.squares", record.squares);
    stream.#rollingMean = resumePart(record, "rollingMean", stream.#rollingMean, RollingMean.from);
    stream.#rollingStd = resumePart(record, "rollingStd", stream.#rollingStd, RollingStd.from);
    stream.#ewmMean = resumePart(record, "ewmMean", stream.#ewmMean, EwmMean.from);
    stream.#ewmStd = resumePart(record, "ewmStd", stream.#ewmStd, EwmStd.from);
    return stream;
  }
}
