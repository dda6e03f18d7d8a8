import { type DateLike, RollingMean, RollingStd } from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNumber,
  requireStateNumber,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { requireLaterMoment } from "../stream/later-dates.ts";
import { resumePart } from "../stream/resume-part.ts";
import {
  CARRY_SETTINGS,
  type CarryParts,
  type CarrySignalSettings,
  premiumOf,
  requireCarrySettings,
  reversionOf,
  seasonOf,
} from "./carry-settings.ts";

/** Where a {@link CarrySignal} stands, as plain JSON. */
export interface CarrySignalState extends Required<CarrySignalSettings> {
  readonly version: 1;
  /** The last date, in epoch milliseconds; null before the first. */
  readonly date: number | null;
  readonly implied: RollingStd["state"];
  readonly realized: RollingStd["state"];
  readonly average: RollingMean["state"];
}

/** `carrySignal` and `carryParts` row by row, for one asset. */
export class CarrySignal {
  readonly #settings: Required<CarrySignalSettings>;
  #date: number | null = null;
  #implied: RollingStd;
  #realized: RollingStd;
  #average: RollingMean;

  /** @throws QuantError as `carrySignal` does. */
  constructor(options: CarrySignalSettings = {}) {
    requireKnownOptions(options, CARRY_SETTINGS);
    this.#settings = requireCarrySettings(options);
    this.#implied = new RollingStd(this.#settings.impliedWindow);
    this.#realized = new RollingStd(this.#settings.realizedWindow);
    this.#average = new RollingMean(this.#settings.averageWindow);
  }

  /** Returns that a first answer needs; the first price has none. */
  get warmUp(): number {
    const { impliedWindow, realizedWindow, averageWindow, premiumWeight, reversionWeight } = this.#settings;
    const premium = premiumWeight === 0 ? 0 : Math.max(impliedWindow, realizedWindow);
    return Math.max(premium, reversionWeight === 0 ? 0 : averageWindow - 1);
  }

  /**
   * The signal after this row, in the bits of the batch form; NaN until the windows are full.
   *
   * @throws QuantError "data" for a price or return that is no number, or a date that is not later than the last; NaN
   *   is a missing value.
   */
  push(price: number, periodReturn: number, date: DateLike): number {
    const { premiumWeight, reversionWeight, seasonalityWeight } = this.#settings;
    const { variancePremium, meanReversion, seasonality } = this.#parts(price, periodReturn, date);
    let signal = 0;
    if (premiumWeight !== 0) signal += premiumWeight * variancePremium;
    if (reversionWeight !== 0) signal += reversionWeight * meanReversion;
    if (seasonalityWeight !== 0) signal += seasonalityWeight * seasonality;
    return numberOrMissing(signal);
  }

  /** As `push`, the three parts one by one and unweighted; a row is pushed once, into either. */
  pushParts(price: number, periodReturn: number, date: DateLike): CarryParts<number> {
    const { variancePremium, meanReversion, seasonality } = this.#parts(price, periodReturn, date);
    return {
      variancePremium: numberOrMissing(variancePremium),
      meanReversion: numberOrMissing(meanReversion),
      seasonality,
    };
  }

  #parts(price: number, periodReturn: number, date: DateLike): CarryParts<number> {
    const { impliedMarkup, periodsPerYear, seasonLength } = this.#settings;
    requireNumber("price", price);
    requireNumber("periodReturn", periodReturn);
    this.#date = requireLaterMoment("date", date, this.#date);
    const annual = Math.sqrt(periodsPerYear);
    const implied = this.#implied.push(periodReturn) * annual;
    const realized = this.#realized.push(periodReturn) * annual;
    return {
      variancePremium: premiumOf(implied, realized, impliedMarkup),
      meanReversion: reversionOf(price, this.#average.push(price)),
      seasonality: seasonOf(this.#date, seasonLength),
    };
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): CarrySignalState {
    return {
      version: 1,
      ...this.#settings,
      date: this.#date,
      implied: this.#implied.state,
      realized: this.#realized.state,
      average: this.#average.state,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: CarrySignalState): CarrySignal {
    const record = requireStateRecord(state, [...CARRY_SETTINGS, "date"]);
    const stream = new CarrySignal(requireCarrySettings(record, "state."));
    if (record.date !== null) {
      stream.#date = requireStateNumber("state.date", "a finite number or null", record.date);
    }
    stream.#implied = resumePart(record, "implied", stream.#implied, RollingStd.from);
    stream.#realized = resumePart(record, "realized", stream.#realized, RollingStd.from);
    stream.#average = resumePart(record, "average", stream.#average, RollingMean.from);
    return stream;
  }
}
