import {
  log,
  Matrix,
  RollingMean,
  RollingVariance,
  rollingMean,
  rollingVariance,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
  requireStateRecord,
  requireStateValue,
} from "@astra-quant/core-linalg/guards";
import { resumePart } from "../stream/resume-part.ts";
import { type Bar, type Bars, requireBar, requireBars } from "./bars.ts";
import {
  annualDeviation,
  ESTIMATORS,
  garmanKlassTerm,
  parkinsonTerm,
  rogersSatchellTerm,
  type VolatilityEstimator,
  yangZhangVariance,
} from "./range-variance.ts";

export interface IntradayVolatilitySettings {
  /** Bars in a year: 252 for days, 252 · 390 for the minutes of New York's sessions. */
  readonly periodsPerYear: number;
  /**
   * What of the bars is used. "close-to-close": the variance of the moves from close to close. "parkinson": high and
   * low, for prices without drift. "garman-klass": open and close too, likewise without drift. "rogers-satchell": all
   * four, whatever the drift. None of these three sees the gap before the open; "yang-zhang" does, whatever the drift.
   *
   * @defaultValue "yang-zhang"
   */
  readonly estimator?: VolatilityEstimator;
  /** Bars in each estimate. @defaultValue 20 */
  readonly window?: number;
}

export interface IntradayVolatilityOptions<X extends TableLike> extends IntradayVolatilitySettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where an {@link IntradayVolatility} stands, as plain JSON. */
export interface IntradayVolatilityState extends Required<IntradayVolatilitySettings> {
  readonly version: 1;
  /** The last close; null before the first, or where it is missing. */
  readonly close: number | null;
  readonly mean: RollingMean["state"];
  readonly night: RollingVariance["state"];
  readonly day: RollingVariance["state"];
}

const SETTINGS: readonly string[] = ["periodsPerYear", "estimator", "window"];
const PARTS = ["open", "high", "low", "close"] as const;

function requireSettings(
  options: IntradayVolatilitySettings,
  within = "",
): Required<IntradayVolatilitySettings> {
  const { periodsPerYear, estimator = "yang-zhang", window = 20 } = options;
  return {
    periodsPerYear: requirePositive(`${within}periodsPerYear`, periodsPerYear),
    estimator: requireOneOf(`${within}estimator`, estimator, ESTIMATORS),
    window: requireInteger(`${within}window`, window, 2),
  };
}

type FourPrices = (open: number, high: number, low: number, close: number) => number;

/** What of each bar is averaged, where an estimator averages at all. */
const TERMS: Readonly<Record<VolatilityEstimator, FourPrices>> = {
  "close-to-close": () => 0,
  parkinson: (_open, high, low) => parkinsonTerm(high, low),
  "garman-klass": garmanKlassTerm,
  "rogers-satchell": rogersSatchellTerm,
  "yang-zhang": rogersSatchellTerm,
};

function varianceOf(
  estimator: VolatilityEstimator,
  window: number,
  mean: number,
  night: number,
  day: number,
): number {
  if (estimator === "close-to-close") return day;
  return estimator === "yang-zhang" ? yangZhangVariance(night, day, mean, window) : mean;
}

/** log(now ÷ before) entry by entry, `before` being `lag` entries earlier. */
function logMoves(now: Matrix, before: Matrix, lag: number): Matrix {
  const moves = new Matrix(now.rows, now.columns);
  moves.data.fill(Number.NaN, 0, Math.min(lag, moves.data.length));
  for (let k = lag; k < moves.data.length; k++) moves.data[k] = log(now.data[k]! / before.data[k - lag]!);
  return moves;
}

/**
 * The volatility of the last 20 bars, annualised, by the estimator named: a fraction, never negative. Full windows only,
 * looking back: row 19 is the first answer of estimators that look into bars alone, row 20 of those that need the close
 * before the first bar ("close-to-close", "yang-zhang"). As a signal take its negative, standardised.
 *
 * Bars are vectors, or time × assets (matrices or `Panel`s); the answer has the form and size of the close. NaN where a
 * price of the window is missing or not positive.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2 or a year that is not positive, "option" for an unknown
 *   estimator, "shape" for bars or `out` of a wrong form, "data" for a high below its low.
 */
export function intradayVolatility<X extends TableLike>(
  bars: Bars<X>,
  options: IntradayVolatilityOptions<X>,
): TableOf<X> {
  requireKnownOptions(options, [...SETTINGS, "out"]);
  const { periodsPerYear, estimator, window } = requireSettings(options);
  const { open, high, low, close } = requireBars(bars, PARTS);
  const { columns } = close;
  const term = TERMS[estimator];
  const terms = new Matrix(close.rows, columns);
  for (let k = 0; k < terms.data.length; k++) {
    terms.data[k] = term(open.data[k]!, high.data[k]!, low.data[k]!, close.data[k]!);
  }
  const mean = rollingMean(terms, window);
  const yangZhang = estimator === "yang-zhang";
  const night = yangZhang ? rollingVariance(logMoves(open, close, columns), window).data : mean.data;
  const day =
    yangZhang || estimator === "close-to-close"
      ? rollingVariance(yangZhang ? logMoves(close, open, 0) : logMoves(close, close, columns), window).data
      : mean.data;
  for (let k = 0; k < terms.data.length; k++) {
    const variance = varianceOf(estimator, window, mean.data[k]!, night[k]!, day[k]!);
    terms.data[k] = annualDeviation(variance, periodsPerYear);
  }
  return inKindOf(bars.close, terms, options.out);
}

/** {@link intradayVolatility} bar by bar, for one asset. */
export class IntradayVolatility {
  readonly #settings: Required<IntradayVolatilitySettings>;
  #close = Number.NaN;
  #mean: RollingMean;
  #night: RollingVariance;
  #day: RollingVariance;

  /** @throws QuantError as {@link intradayVolatility} does. */
  constructor(options: IntradayVolatilitySettings) {
    requireKnownOptions(options, SETTINGS);
    this.#settings = requireSettings(options);
    const { window } = this.#settings;
    this.#mean = new RollingMean(window);
    this.#night = new RollingVariance(window);
    this.#day = new RollingVariance(window);
  }

  /** Bars that a first answer needs. */
  get warmUp(): number {
    const { estimator, window } = this.#settings;
    return estimator === "yang-zhang" || estimator === "close-to-close" ? window + 1 : window;
  }

  /**
   * The volatility after this bar, in the bits of the batch form; NaN until the window is full.
   *
   * @throws QuantError "data" for a part that is no number (NaN is a missing one), or a high below the low.
   */
  push(bar: Bar): number {
    requireBar(bar, PARTS);
    const { periodsPerYear, estimator, window } = this.#settings;
    const { open, high, low, close } = bar;
    const before = this.#close;
    this.#close = close;
    const mean = this.#mean.push(TERMS[estimator](open, high, low, close));
    const night = this.#night.push(log(open / before));
    const day = this.#day.push(log(close / (estimator === "yang-zhang" ? open : before)));
    return annualDeviation(varianceOf(estimator, window, mean, night, day), periodsPerYear);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): IntradayVolatilityState {
    return {
      version: 1,
      ...this.#settings,
      close: Number.isFinite(this.#close) ? this.#close : null,
      mean: this.#mean.state,
      night: this.#night.state,
      day: this.#day.state,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: IntradayVolatilityState): IntradayVolatility {
    const record = requireStateRecord(state, [...SETTINGS, "close"]);
    const settings = record as unknown as IntradayVolatilitySettings;
    const stream = new IntradayVolatility(requireSettings(settings, "state."));
    stream.#close = requireStateValue("state.close", record.close);
    stream.#mean = resumePart(record, "mean", stream.#mean, RollingMean.from);
    stream.#night = resumePart(record, "night", stream.#night, RollingVariance.from);
    stream.#day = resumePart(record, "day", stream.#day, RollingVariance.from);
    return stream;
  }
}
