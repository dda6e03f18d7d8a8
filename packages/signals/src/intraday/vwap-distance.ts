import { type DateLike, Matrix, QuantError, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireKnownOptions,
  requireStateNumber,
  requireStateRecord,
  show,
} from "@astra-quant/core-linalg/guards";
import { foldColumns } from "../stream/fold-columns.ts";
import { requireAscendingDates, requireLaterMoment } from "../stream/later-dates.ts";
import { requireBar, requireBars } from "./bars.ts";
import {
  requireSessionSettings,
  SESSION_SETTINGS,
  SessionClock,
  type SessionSettings,
} from "./session-clock.ts";
import { VwapOfSession } from "./vwap-of-session.ts";

/** Bars with a volume. With high and low the price of a bar is its typical one, (high + low + close) ÷ 3. */
export interface VolumeBars<X> {
  readonly close: X;
  readonly volume: X;
  readonly high?: X;
  readonly low?: X;
}

export interface VwapDistanceOptions<X extends TableLike> extends SessionSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link VwapDistance} stands, as plain JSON. */
export interface VwapDistanceState extends Required<SessionSettings> {
  readonly version: 1;
  /** The time of the last bar, in epoch milliseconds; null before the first. */
  readonly time: number | null;
  readonly vwap: number;
  /** What the session has traded so far. */
  readonly volume: number;
}

function partsOf(bars: VolumeBars<unknown>): readonly ("close" | "volume" | "high" | "low")[] {
  if (typeof bars !== "object" || bars === null) {
    throw new QuantError("shape", `bars must be an object of close and volume, got ${show(bars)}`, {
      argument: "bars",
    });
  }
  if ((bars.high === undefined) !== (bars.low === undefined)) {
    const missing = bars.high === undefined ? "high" : "low";
    throw new QuantError("shape", `bars must have high and low both, or neither; ${missing} is missing`, {
      argument: `bars.${missing}`,
    });
  }
  return bars.high === undefined ? ["close", "volume"] : ["close", "volume", "high", "low"];
}

/** The typical price of a bar, or its close where that is all there is. */
function priceOf(close: number, high: number | undefined, low: number | undefined): number {
  return high === undefined || low === undefined ? close : (high + low + close) / 3;
}

function requireVolumes({ data, columns }: Matrix): void {
  for (let k = 0; k < data.length; k++) {
    if (!(data[k]! < 0)) continue;
    const [row, column] = [Math.floor(k / columns), k % columns];
    throw new QuantError(
      "range",
      `bars.volume must not be negative, got ${data[k]} in row ${row}, column ${column}`,
      { argument: "bars.volume", row, column },
    );
  }
}

/**
 * How far the close stands above the volume-weighted average price of its session so far, its own bar among it:
 * close ÷ VWAP − 1, a fraction. The average begins anew with each session, a day of the zone from `dayStart` on,
 * whatever its clocks do; give the zone, since a session of New York crosses midnight in UTC for some futures.
 *
 * Bars are vectors, or time × assets (matrices or `Panel`s); `times` is one ISO string, `Date` or epoch millisecond a
 * row, each later than the one before it. The answer has the form and size of the close. NaN until the session has
 * traded; a bar of which a part is missing is NaN itself and leaves the average as it was.
 *
 * @throws QuantError "shape" for bars, times or `out` of a wrong form, or a high without a low, "range" for a negative
 *   volume, "data" for a time that is none or not later than the one before it, or a high below its low, "option" for a
 *   zone or time of day that is none.
 */
export function vwapDistance<X extends TableLike>(
  bars: VolumeBars<X>,
  times: ArrayLike<DateLike>,
  options: VwapDistanceOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...SESSION_SETTINGS, "out"]);
  const clock = new SessionClock(requireSessionSettings(options));
  const names = partsOf(bars);
  const parts = requireBars(bars, names) as Record<string, Matrix>;
  const { close, volume, high, low } = parts as {
    close: Matrix;
    volume: Matrix;
    high?: Matrix;
    low?: Matrix;
  };
  requireVolumes(volume);
  const sessions = requireAscendingDates("times", times, close.rows).map((time) => clock.sessionOf(time));
  const answer = foldColumns(
    close,
    () => new VwapOfSession(),
    (vwap, k, t) => {
      if (t > 0 && sessions[t] !== sessions[t - 1]) vwap.reset();
      return vwap.push(close.data[k]!, volume.data[k]!, priceOf(close.data[k]!, high?.data[k], low?.data[k]));
    },
  );
  return inKindOf(bars.close, answer, options.out);
}

/** {@link vwapDistance} bar by bar, for one asset. */
export class VwapDistance {
  readonly #settings: Required<SessionSettings>;
  readonly #clock: SessionClock;
  readonly #vwap = new VwapOfSession();
  #time: number | null = null;

  /** @throws QuantError as {@link vwapDistance} does. */
  constructor(options: SessionSettings = {}) {
    requireKnownOptions(options, SESSION_SETTINGS);
    this.#settings = requireSessionSettings(options);
    this.#clock = new SessionClock(this.#settings);
  }

  /**
   * The signal after this bar, in the bits of the batch form.
   *
   * @throws QuantError "data" for a part that is no number (NaN is a missing one) or a time that is not later than the
   *   last, "range" for a negative volume.
   */
  push(bar: VolumeBars<number>, time: DateLike): number {
    requireBar(bar, partsOf(bar));
    requireVolumes(new Matrix(1, 1, Float64Array.of(bar.volume)));
    const before = this.#time;
    const now = requireLaterMoment("time", time, before);
    this.#time = now;
    const sameSession = before !== null && this.#clock.sessionOf(before) === this.#clock.sessionOf(now);
    if (!sameSession) this.#vwap.reset();
    const { close, volume, high, low } = bar;
    return this.#vwap.push(close, volume, priceOf(close, high, low));
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): VwapDistanceState {
    const { timeZone, ...rest } = this.#settings;
    const offsets =
      typeof timeZone === "string"
        ? timeZone
        : { transitions: Array.from(timeZone.transitions), offsets: Array.from(timeZone.offsets) };
    const { vwap, volume } = this.#vwap;
    return { version: 1, timeZone: offsets, ...rest, time: this.#time, vwap, volume };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: VwapDistanceState): VwapDistance {
    const record = requireStateRecord(state, [...SESSION_SETTINGS, "time", "vwap", "volume"]);
    const stream = new VwapDistance(requireSessionSettings(record as SessionSettings, "state."));
    if (record.time !== null) {
      stream.#time = requireStateNumber("state.time", "a finite number or null", record.time);
    }
    stream.#vwap.vwap = requireStateNumber("state.vwap", "a finite number", record.vwap);
    stream.#vwap.volume = requireStateNumber(
      "state.volume",
      "non-negative and finite",
      record.volume,
      (v) => v >= 0,
    );
    return stream;
  }
}
