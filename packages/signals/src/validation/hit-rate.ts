import {
  type JsonSeries,
  Matrix,
  RollingMean,
  type RollingState,
  rollingMean,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { resumePart } from "../stream/resume-part.ts";
import { DelayLine } from "./delay-line.ts";
import { answersOfPairs, pairedRows } from "./paired-rows.ts";
import {
  PAIRING_OPTIONS,
  type Pairing,
  type PairingOptions,
  requirePairing,
  requireStreamTiming,
  type Timing,
} from "./pairing.ts";

/** What {@link HitRate} and {@link hitRate} share. */
export interface HitRateWindowOptions extends PairingOptions {
  /** Pairs of signal and outcome in each share, an integer ≥ 1. @defaultValue 252 */
  readonly window?: number;
  /** Pairs of a window that must be present, 1 … window. @defaultValue window */
  readonly minPeriods?: number;
}

export interface HitRateOptions<X extends TableLike> extends HitRateWindowOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link HitRate} stands, as plain JSON. */
export interface HitRateState {
  readonly version: 1;
  readonly window: number;
  readonly minPeriods: number;
  readonly lag: number;
  readonly horizon: number;
  readonly timing: Timing;
  /** Signals whose outcome is not yet known, the latest last. */
  readonly signals: JsonSeries;
  /** Returns of the outcome under way, the latest last. */
  readonly returns: JsonSeries;
  /** The window of hits, 1, and misses, 0. */
  readonly hits: RollingState;
}

interface HitSettings {
  readonly window: number;
  readonly minPeriods: number;
  readonly pairing: Pairing;
}

const OPTIONS = ["window", "minPeriods", ...PAIRING_OPTIONS] as const;

function requireHitSettings(options: HitRateWindowOptions): HitSettings {
  const { window = 252 } = options;
  requireInteger("window", window, 1);
  const minPeriods = requireInteger("minPeriods", options.minPeriods ?? window, 1, window);
  return { window, minPeriods, pairing: requirePairing(options) };
}

/** 1 where both have one sign, 0 for two silent ones included; NaN where either is missing. */
function hit(signal: number, outcome: number): number {
  if (!(Number.isFinite(signal) && Number.isFinite(outcome))) return Number.NaN;
  return Math.sign(signal) === Math.sign(outcome) ? 1 : 0;
}

/**
 * The share of the last `window` pairs in which the return that followed had the sign of the signal, in [0, 1]. A signal
 * of 0 hits a return of 0 only. A signal that keeps one sign measures the market's drift: standardise it first.
 *
 * Forms, rows, pairs and timing as in `informationCoefficient`; NaN where fewer than `minPeriods` pairs are present.
 *
 * @throws QuantError "range" for a window, minPeriods, lag or horizon out of range, "shape" for tables that do not fit,
 *   "option" for an unknown name or timing.
 */
export function hitRate<X extends TableLike>(
  signal: X,
  returns: TableLike,
  options: HitRateOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const { window, minPeriods, pairing } = requireHitSettings(options);
  const { signals, outcomes } = pairedRows(signal, returns, pairing);
  const hits = new Matrix(signals.rows, signals.columns);
  for (let k = 0; k < hits.data.length; k++) hits.data[k] = hit(signals.data[k]!, outcomes.data[k]!);
  const { rows, columns } = requireTable("signal", signal);
  const answer = new Matrix(rows, columns);
  rollingMean(hits, window, { minPeriods, out: answersOfPairs(answer, pairing) });
  return inKindOf(signal, answer, options.out);
}

const STATE_FIELDS = [
  "window",
  "minPeriods",
  "lag",
  "horizon",
  "timing",
  "signals",
  "returns",
  "hits",
] as const;

/**
 * {@link hitRate} of one asset, row by row.
 *
 * @throws QuantError as the function does; "option" for the timing 'look-ahead', which a stream cannot have.
 */
export class HitRate {
  readonly #settings: HitSettings;
  #line: DelayLine;
  #hits: RollingMean;

  constructor(options: HitRateWindowOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    this.#settings = requireHitSettings(options);
    const { window, minPeriods, pairing } = this.#settings;
    requireStreamTiming(pairing);
    this.#line = new DelayLine(pairing);
    this.#hits = new RollingMean(window, { minPeriods });
  }

  /**
   * Takes the signal and the return of one row and answers as the batch form does in that row; NaN is a missing number.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(signal: number, earned: number): number {
    this.#line.push(requireNumber("signal", signal), requireNumber("return", earned));
    if (!this.#line.known) return Number.NaN;
    return this.#hits.push(hit(this.#line.signal, this.#line.outcome));
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): HitRateState {
    const { window, minPeriods, pairing } = this.#settings;
    return { version: 1, window, minPeriods, ...pairing, ...this.#line.state, hits: this.#hits.state };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: HitRateState): HitRate {
    const record = requireStateRecord(state, STATE_FIELDS);
    const { window, minPeriods, lag, horizon, timing, signals, returns } = state;
    const stream = new HitRate({ window, minPeriods, lag, horizon, timing });
    stream.#hits = resumePart(record, "hits", stream.#hits, RollingMean.from);
    stream.#line = new DelayLine(stream.#settings.pairing, { signals, returns });
    return stream;
  }
}
