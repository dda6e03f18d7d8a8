import {
  Matrix,
  RollingMean,
  type RollingState,
  rollingMean,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { resumePart } from "../stream/resume-part.ts";
import { DelayLine } from "./delay-line.ts";
import {
  PAIR_WINDOW_FIELDS,
  PAIR_WINDOW_OPTIONS,
  type PairWindow,
  type PairWindowOptions,
  type PairWindowState,
  requirePairWindow,
} from "./pair-window.ts";
import { answersOfPairs, pairedRows } from "./paired-rows.ts";
import { requireStreamTiming } from "./pairing.ts";

export interface HitRateOptions<X extends TableLike> extends PairWindowOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link HitRate} stands, as plain JSON. */
export interface HitRateState extends PairWindowState {
  /** The window of hits, 1, and misses, 0. */
  readonly hits: RollingState;
}

/** 1 where both have one sign, 0 for two silent ones included; NaN where either is missing. */
function hit(signal: number, outcome: number): number {
  if (!(Number.isFinite(signal) && Number.isFinite(outcome))) return Number.NaN;
  return Math.sign(signal) === Math.sign(outcome) ? 1 : 0;
}

function fillHits(signals: Float64Array, outcomes: Float64Array, hits: Float64Array): void {
  for (let k = 0; k < hits.length; k++) hits[k] = hit(signals[k]!, outcomes[k]!);
}

/**
 * The share of the last `window` pairs in which the return that followed had the sign of the signal, in [0, 1]. A signal
 * of 0 hits a return of 0 only. A signal that keeps one sign measures the market's drift: standardise it first.
 *
 * Forms, rows, pairs and timing as in `informationCoefficient`; NaN where fewer than `minPeriods` pairs are present.
 *
 * @throws QuantError "range" for a window or minPeriods below 1, or one of the others out of range, "shape" for tables that do not fit,
 *   "option" for an unknown name or timing.
 */
export function hitRate<X extends TableLike>(
  signal: X,
  returns: TableLike,
  options: HitRateOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...PAIR_WINDOW_OPTIONS, "out"]);
  const { window, minPeriods, pairing } = requirePairWindow(options, 1);
  const { signals, outcomes } = pairedRows(signal, returns, pairing);
  const inputs = [signals, outcomes];
  return fillInKind(signal, requireTable("signal", signal), options.out, inputs, (answer, room) => {
    const hits = new Matrix(signals.rows, signals.columns, room().data.subarray(0, signals.data.length));
    fillHits(signals.data, outcomes.data, hits.data);
    rollingMean(hits, window, { minPeriods, out: answersOfPairs(answer, pairing) });
  });
}

/**
 * {@link hitRate} of one asset, row by row.
 *
 * @throws QuantError as the function does; "option" for the timing 'look-ahead', which a stream cannot have.
 */
export class HitRate {
  readonly #settings: PairWindow;
  #line: DelayLine;
  #hits: RollingMean;

  constructor(options: PairWindowOptions = {}) {
    requireKnownOptions(options, PAIR_WINDOW_OPTIONS);
    this.#settings = requirePairWindow(options, 1);
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
    const record = requireStateRecord(state, [...PAIR_WINDOW_FIELDS, "hits"]);
    const { window, minPeriods, lag, horizon, timing, signals, returns } = state;
    const stream = new HitRate({ window, minPeriods, lag, horizon, timing });
    stream.#hits = resumePart(record, "hits", stream.#hits, RollingMean.from);
    stream.#line = new DelayLine(stream.#settings.pairing, { signals, returns });
    return stream;
  }
}
