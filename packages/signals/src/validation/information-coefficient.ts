import {
  RollingCorrelation,
  type RollingPairState,
  RollingRankCorrelation,
  rollingCorrelation,
  rollingRankCorrelation,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNumber,
  requireOneOf,
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

const METHODS = ["pearson", "spearman"] as const;

/** `pearson` correlates the values, `spearman` their ranks, of which ties share the mean. */
export type IcMethod = (typeof METHODS)[number];

export function requireIcMethod(name: string, method: unknown): IcMethod {
  return requireOneOf(name, method, METHODS);
}

/** What {@link InformationCoefficient} and {@link informationCoefficient} share. */
export interface IcWindowOptions extends PairWindowOptions {
  /** @defaultValue "pearson" */
  readonly method?: IcMethod;
}

export interface InformationCoefficientOptions<X extends TableLike> extends IcWindowOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where an {@link InformationCoefficient} stands, as plain JSON. */
export interface InformationCoefficientState extends PairWindowState {
  readonly method: IcMethod;
  /** The window of pairs: x the signals, y their outcomes. */
  readonly pairs: RollingPairState;
}

interface IcSettings extends PairWindow {
  readonly method: IcMethod;
}

const OPTIONS = [...PAIR_WINDOW_OPTIONS, "method"] as const;

function requireIcSettings(options: IcWindowOptions): IcSettings {
  const { method = "pearson" } = options;
  return { ...requirePairWindow(options, 2), method: requireIcMethod("method", method) };
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
 * @throws QuantError "range" for a window or minPeriods below 2, or one of the others out of range, "shape" for tables that do not fit,
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
  const pairs = pairedRows(signal, returns, pairing);
  const correlate = method === "pearson" ? rollingCorrelation : rollingRankCorrelation;
  const inputs = [pairs.signals, pairs.outcomes];
  return fillInKind(signal, requireTable("signal", signal), options.out, inputs, (answer) => {
    const out = answersOfPairs(answer, pairing);
    correlate(pairs.signals, pairs.outcomes, window, { minPeriods, out });
  });
}

const WINDOWS = { pearson: RollingCorrelation, spearman: RollingRankCorrelation };

/**
 * {@link informationCoefficient} of one asset, row by row.
 *
 * @throws QuantError as the function does; "option" for the timing 'look-ahead', which a stream cannot have.
 */
export class InformationCoefficient {
  readonly #settings: IcSettings;
  #line: DelayLine;
  #pairs: RollingCorrelation | RollingRankCorrelation;

  constructor(options: IcWindowOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    this.#settings = requireIcSettings(options);
    requireStreamTiming(this.#settings.pairing);
    this.#line = new DelayLine(this.#settings.pairing);
    const { method, window, minPeriods } = this.#settings;
    this.#pairs = new WINDOWS[method](window, { minPeriods });
  }

  /**
   * Takes the signal and the return of one row and answers as the batch form does in that row; NaN is a missing number.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(signal: number, earned: number): number {
    this.#line.push(requireNumber("signal", signal), requireNumber("return", earned));
    if (!this.#line.known) return Number.NaN;
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
    const record = requireStateRecord(state, [...PAIR_WINDOW_FIELDS, "method", "pairs"]);
    const { window, minPeriods, method, lag, horizon, timing, signals, returns } = state;
    const stream = new InformationCoefficient({ window, minPeriods, method, lag, horizon, timing });
    stream.#pairs = resumePart<RollingPairState, RollingCorrelation | RollingRankCorrelation>(
      record,
      "pairs",
      stream.#pairs,
      WINDOWS[method].from,
    );
    stream.#line = new DelayLine(stream.#settings.pairing, { signals, returns });
    return stream;
  }
}
