import {
  type JsonSeries,
  Matrix,
  RollingCorrelation,
  type RollingPairState,
  rollingCorrelation,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireOneOf,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { resumePart } from "../stream/resume-part.ts";
import { DelayLine } from "./delay-line.ts";
import {
  PAIRING_OPTIONS,
  type Pairing,
  type PairingOptions,
  requirePairing,
  requireStreamTiming,
  type Timing,
} from "./pairing.ts";
import { RankCorrelationWindow } from "./rank-correlation-window.ts";
import { inTiming, type SignalOutcomes, signalOutcomes } from "./signal-outcomes.ts";

const METHODS = ["pearson", "spearman"] as const;

/** `pearson` correlates the values, `spearman` their ranks, of which ties share the mean. */
export type IcMethod = (typeof METHODS)[number];

export function requireIcMethod(name: string, method: unknown): IcMethod {
  return requireOneOf(name, method, METHODS);
}

/** What {@link InformationCoefficient} and {@link informationCoefficient} share. */
export interface IcWindowOptions extends PairingOptions {
  /** Pairs of signal and outcome in each correlation, an integer ≥ 2. @defaultValue 252 */
  readonly window?: number;
  /** Pairs of a window that must be present, 2 … window. @defaultValue window */
  readonly minPeriods?: number;
  /** @defaultValue "pearson" */
  readonly method?: IcMethod;
}

export interface InformationCoefficientOptions<X extends TableLike> extends IcWindowOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where an {@link InformationCoefficient} stands, as plain JSON. */
export interface InformationCoefficientState {
  readonly version: 1;
  readonly window: number;
  readonly minPeriods: number;
  readonly method: IcMethod;
  readonly lag: number;
  readonly horizon: number;
  readonly timing: Timing;
  /** Signals whose outcome is not yet known, the latest last. */
  readonly signals: JsonSeries;
  /** Returns of the outcome under way, the latest last. */
  readonly returns: JsonSeries;
  /** The window of pairs: x the signals, y their outcomes. */
  readonly pairs: RollingPairState;
}

interface IcSettings {
  readonly window: number;
  readonly minPeriods: number;
  readonly method: IcMethod;
  readonly pairing: Pairing;
}

const OPTIONS = ["window", "minPeriods", "method", ...PAIRING_OPTIONS] as const;

function requireIcSettings(options: IcWindowOptions): IcSettings {
  const { window = 252, method = "pearson" } = options;
  requireInteger("window", window, 2);
  const minPeriods = requireInteger("minPeriods", options.minPeriods ?? window, 2, window);
  return { window, minPeriods, method: requireIcMethod("method", method), pairing: requirePairing(options) };
}

function rollingRankCorrelation({ signals, outcomes }: SignalOutcomes, settings: IcSettings): Matrix {
  const { rows, columns } = signals;
  const answer = new Matrix(rows, columns);
  for (let j = 0; j < columns; j++) {
    const pairs = new RankCorrelationWindow(settings.window, settings.minPeriods);
    for (let k = j; k < rows * columns; k += columns) {
      answer.data[k] = pairs.push(signals.data[k]!, outcomes.data[k]!);
    }
  }
  return answer;
}

/**
 * The rolling information coefficient of each asset over time: the correlation of its last `window` signals with the
 * returns that followed them, in [−1, 1]. Row t is made of what is known at t: with the defaults, of signals up to t − 1
 * and returns up to t.
 *
 * `signal` and `returns` are vectors or time × assets of one shape (matrices or `Panel`s); returns are simple fractions a
 * period, return t being earned from t − 1 to t. The answer has the signal's form and size. A pair counts where both of
 * its numbers are finite; NaN where fewer than `minPeriods` do, or where either side does not vary.
 *
 * @throws QuantError "range" for a window, minPeriods, lag or horizon out of range, "shape" for tables that do not fit,
 *   "option" for an unknown name, method or timing.
 */
export function informationCoefficient<X extends TableLike>(
  signal: X,
  returns: TableLike,
  options: InformationCoefficientOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const settings = requireIcSettings(options);
  const { window, minPeriods, method, pairing } = settings;
  const pairs = signalOutcomes(signal, returns, pairing);
  const answer =
    method === "pearson"
      ? rollingCorrelation(pairs.signals, pairs.outcomes, window, { minPeriods })
      : rollingRankCorrelation(pairs, settings);
  return inKindOf(signal, inTiming(answer, pairing), options.out);
}

/** A window of pairs by either method. */
interface PairWindow {
  readonly state: RollingPairState;
  push(x: number, y: number): number;
}

const WINDOWS = { pearson: RollingCorrelation, spearman: RankCorrelationWindow };

function pairWindow({ method, window, minPeriods }: IcSettings): PairWindow {
  return method === "pearson"
    ? new RollingCorrelation(window, { minPeriods })
    : new RankCorrelationWindow(window, minPeriods);
}

const STATE_FIELDS = [
  "window",
  "minPeriods",
  "method",
  "lag",
  "horizon",
  "timing",
  "signals",
  "returns",
  "pairs",
] as const;

/**
 * {@link informationCoefficient} of one asset, row by row.
 *
 * @throws QuantError as the function does; "option" for the timing 'look-ahead', which a stream cannot have.
 */
export class InformationCoefficient {
  readonly #settings: IcSettings;
  #line: DelayLine;
  #pairs: PairWindow;

  constructor(options: IcWindowOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    this.#settings = requireIcSettings(options);
    requireStreamTiming(this.#settings.pairing);
    this.#line = new DelayLine(this.#settings.pairing);
    this.#pairs = pairWindow(this.#settings);
  }

  /**
   * Takes the signal and the return of one row and answers as the batch form does in that row; NaN is a missing number.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(signal: number, earned: number): number {
    this.#line.push(requireNumber("signal", signal), requireNumber("return", earned));
    return this.#pairs.push(this.#line.signal, this.#line.outcome);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): InformationCoefficientState {
    const { window, minPeriods, method, pairing } = this.#settings;
    const settings = { window, minPeriods, method, ...pairing };
    return { version: 1, ...settings, ...this.#line.state, pairs: this.#pairs.state };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: InformationCoefficientState): InformationCoefficient {
    const record = requireStateRecord(state, STATE_FIELDS);
    const { window, minPeriods, method, lag, horizon, timing, signals, returns } = state;
    const stream = new InformationCoefficient({ window, minPeriods, method, lag, horizon, timing });
    stream.#pairs = resumePart(record, "pairs", stream.#pairs, WINDOWS[method].from);
    stream.#line = new DelayLine(stream.#settings.pairing, { signals, returns });
    return stream;
  }
}
