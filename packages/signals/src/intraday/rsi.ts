import { RollingMean, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireOneOf,
  requireStateNumber,
  requireStateRecord,
  requireStateValue,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { foldColumns } from "../stream/fold-columns.ts";
import { resumePart } from "../stream/resume-part.ts";

/** How rises and falls are averaged. */
export type RsiSmoothing = "wilder" | "cutler" | "ewm";

export interface RsiSettings {
  /** Changes in each average. @defaultValue 14 */
  readonly period?: number;
  /**
   * "wilder": the plain average of the first `period` changes, then each new one with the weight 1 ÷ period; "cutler":
   * the plain average of the last `period` changes; "ewm": as Wilder's, from the first change on.
   *
   * @defaultValue "wilder"
   */
  readonly smoothing?: RsiSmoothing;
}

export interface RsiOptions<X extends TableLike> extends RsiSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where an {@link Rsi} stands, as plain JSON. */
export interface RsiState extends Required<RsiSettings> {
  readonly version: 1;
  /** The last close that was present; null before the first. */
  readonly close: number | null;
  /** Changes so far, counted up to `period`. */
  readonly changes: number;
  /** The average rise. */
  readonly rise: number;
  /** The average fall, a positive number. */
  readonly fall: number;
  readonly rises: RollingMean["state"];
  readonly falls: RollingMean["state"];
}

const SETTINGS: readonly string[] = ["period", "smoothing"];

function requireSettings(options: RsiSettings, within = ""): Required<RsiSettings> {
  const { period = 14, smoothing = "wilder" } = options;
  return {
    period: requireInteger(`${within}period`, period, 1),
    smoothing: requireOneOf(`${within}smoothing`, smoothing, ["wilder", "cutler", "ewm"]),
  };
}

// 100 − 100 ÷ (1 + rise ÷ fall)
function strengthOf(rise: number, fall: number): number {
  if (rise > 0) return 100 / (1 + fall / rise);
  return fall > 0 ? 0 : 50;
}

/**
 * The relative strength index of a series of closes, in [0, 100]: 100 − 100 ÷ (1 + average rise ÷ average fall) of the
 * changes from close to close. 100 where all changes were rises, 0 where all were falls, 50 where nothing moved. With
 * the default period row 14 is the first answer.
 *
 * `close` is a vector, or time × assets (a matrix or `Panel`); the answer has its form and size. A close that is not
 * finite is missing: its row is NaN, and the next change is taken from the last close that was present.
 *
 * @throws QuantError "range" for a period that is no integer ≥ 1, "option" for an unknown smoothing, "shape" for
 *   closes or `out` of a wrong form.
 */
export function rsi<X extends TableLike>(close: X, options: RsiOptions<X> = {}): TableOf<X> {
  requireKnownOptions(options, [...SETTINGS, "out"]);
  const settings = requireSettings(options);
  const table = requireTable("close", close);
  const { data } = table;
  const create = (): Rsi => new Rsi(settings);
  return inKindOf(
    close,
    foldColumns(table, create, (stream, k) => stream.push(data[k]!)),
    options.out,
  );
}

/**
 * What has risen will fall: (50 − RSI) ÷ 50, in [−1, 1], −1 where all changes were rises. Arguments, NaN and errors as
 * for {@link rsi}.
 */
export function rsiSignal<X extends TableLike>(close: X, options: RsiOptions<X> = {}): TableOf<X> {
  const signal = rsi(close, options);
  const { data } = requireTable("signal", signal);
  for (let k = 0; k < data.length; k++) data[k] = (50 - data[k]!) / 50;
  return signal;
}

/** {@link rsi} close by close, for one asset. */
export class Rsi {
  readonly #settings: Required<RsiSettings>;
  #close = Number.NaN;
  #changes = 0;
  #rise = 0;
  #fall = 0;
  #rises: RollingMean;
  #falls: RollingMean;

  /** @throws QuantError as {@link rsi} does. */
  constructor(options: RsiSettings = {}) {
    requireKnownOptions(options, SETTINGS);
    this.#settings = requireSettings(options);
    this.#rises = new RollingMean(this.#settings.period);
    this.#falls = new RollingMean(this.#settings.period);
  }

  /** Changes that a first answer needs: one close more. */
  get warmUp(): number {
    return this.#settings.period;
  }

  /**
   * The index after this close, in the bits of the batch form; NaN until there are enough changes.
   *
   * @throws QuantError "data" when the close is no number; NaN is a missing one.
   */
  push(close: number): number {
    requireNumber("close", close);
    if (!Number.isFinite(close)) return Number.NaN;
    const change = close - this.#close;
    this.#close = close + 0; // −0 has no place in JSON
    if (!Number.isFinite(change)) return Number.NaN;
    const { period, smoothing } = this.#settings;
    this.#changes = Math.min(this.#changes + 1, period);
    const [rise, fall] = [Math.max(change, 0), Math.max(-change, 0)];
    if (smoothing === "cutler") {
      this.#rise = this.#rises.push(rise);
      this.#fall = this.#falls.push(fall);
    } else {
      const weight = smoothing === "wilder" || this.#changes === 1 ? this.#changes : period;
      this.#rise += (rise - this.#rise) / weight;
      this.#fall += (fall - this.#fall) / weight;
    }
    return this.#changes < period ? Number.NaN : strengthOf(this.#rise, this.#fall);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RsiState {
    const cutler = this.#settings.smoothing === "cutler";
    return {
      version: 1,
      ...this.#settings,
      close: Number.isNaN(this.#close) ? null : this.#close,
      changes: this.#changes,
      rise: cutler ? 0 : this.#rise,
      fall: cutler ? 0 : this.#fall,
      rises: this.#rises.state,
      falls: this.#falls.state,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RsiState): Rsi {
    const record = requireStateRecord(state, [...SETTINGS, "close", "changes", "rise", "fall"]);
    const stream = new Rsi(requireSettings(record, "state."));
    stream.#close = requireStateValue("state.close", record.close);
    stream.#changes = requireInteger("state.changes", record.changes, 0, stream.#settings.period);
    const notNegative = (value: number): boolean => value >= 0;
    stream.#rise = requireStateNumber("state.rise", "non-negative and finite", record.rise, notNegative);
    stream.#fall = requireStateNumber("state.fall", "non-negative and finite", record.fall, notNegative);
    stream.#rises = resumePart(record, "rises", stream.#rises, RollingMean.from);
    stream.#falls = resumePart(record, "falls", stream.#falls, RollingMean.from);
    return stream;
  }
}
