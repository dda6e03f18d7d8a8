import {
  RollingMax,
  RollingMin,
  rollingMax,
  rollingMin,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { resumePart } from "../stream/resume-part.ts";
import { type Bar, type Bars, requireBar, requireBars } from "./bars.ts";

export interface PriceActionSettings {
  /** Bars in the range that the close is seen in. @defaultValue 20 */
  readonly window?: number;
  /** Weight of the close's place in its own bar. @defaultValue 0.5 */
  readonly barWeight?: number;
  /** Weight of the close's place in the range of the last bars. @defaultValue 0.5 */
  readonly rangeWeight?: number;
}

export interface PriceActionOptions<X extends TableLike> extends PriceActionSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link PriceAction} stands, as plain JSON. */
export interface PriceActionState extends Required<PriceActionSettings> {
  readonly version: 1;
  readonly highest: RollingMax["state"];
  readonly lowest: RollingMin["state"];
}

const SETTINGS: readonly string[] = ["window", "barWeight", "rangeWeight"];
const PARTS = ["high", "low", "close"] as const;

function requireSettings(options: PriceActionSettings, within = ""): Required<PriceActionSettings> {
  const { window = 20, barWeight = 0.5, rangeWeight = 0.5 } = options;
  return {
    window: requireInteger(`${within}window`, window, 1),
    barWeight: requireFinite(`${within}barWeight`, barWeight),
    rangeWeight: requireFinite(`${within}rangeWeight`, rangeWeight),
  };
}

// ((c − low) − (high − c)) ÷ (high − low)
function placeIn(close: number, low: number, high: number): number {
  const range = high - low;
  return range === 0 ? 0 : (close - low - (high - close)) / range;
}

/**
 * Where the close stands in its own bar and in the range of the last 20 bars, its own among them: the mean of the two
 * places, each −1 at the low and 1 at the high, 0 where there is no range. Closes within their bars give answers in
 * [−1, 1]. Full windows only, looking back: row 19 is the first answer.
 *
 * Bars are vectors, or time × assets (matrices or `Panel`s); the answer has the form and size of the close. A NaN in a
 * window is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "not-finite" for a weight, "shape" for bars or `out` of
 *   a wrong form, "data" for a high below its low.
 */
export function priceAction<X extends TableLike>(
  bars: Omit<Bars<X>, "open">,
  options: PriceActionOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...SETTINGS, "out"]);
  const { window, barWeight, rangeWeight } = requireSettings(options);
  const { high, low, close } = requireBars(bars, PARTS);
  const highest = rollingMax(high, window);
  const lowest = rollingMin(low, window).data;
  const { data } = highest;
  for (let k = 0; k < data.length; k++) {
    const inBar = placeIn(close.data[k]!, low.data[k]!, high.data[k]!);
    const inRange = placeIn(close.data[k]!, lowest[k]!, data[k]!);
    data[k] = numberOrMissing(barWeight * inBar + rangeWeight * inRange);
  }
  return inKindOf(bars.close, highest, options.out);
}

/** {@link priceAction} bar by bar, for one asset. */
export class PriceAction {
  readonly #settings: Required<PriceActionSettings>;
  #highest: RollingMax;
  #lowest: RollingMin;

  /** @throws QuantError as {@link priceAction} does. */
  constructor(options: PriceActionSettings = {}) {
    requireKnownOptions(options, SETTINGS);
    this.#settings = requireSettings(options);
    this.#highest = new RollingMax(this.#settings.window);
    this.#lowest = new RollingMin(this.#settings.window);
  }

  /** Bars that a first answer needs. */
  get warmUp(): number {
    return this.#settings.window;
  }

  /**
   * The signal after this bar, in the bits of the batch form; NaN until the window is full.
   *
   * @throws QuantError "data" for a part that is no number (NaN is a missing one), or a high below the low.
   */
  push(bar: Omit<Bar, "open">): number {
    requireBar(bar, PARTS);
    const { barWeight, rangeWeight } = this.#settings;
    const highest = this.#highest.push(bar.high);
    const inBar = placeIn(bar.close, bar.low, bar.high);
    const inRange = placeIn(bar.close, this.#lowest.push(bar.low), highest);
    return numberOrMissing(barWeight * inBar + rangeWeight * inRange);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): PriceActionState {
    return { version: 1, ...this.#settings, highest: this.#highest.state, lowest: this.#lowest.state };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: PriceActionState): PriceAction {
    const record = requireStateRecord(state, SETTINGS);
    const stream = new PriceAction(requireSettings(record, "state."));
    stream.#highest = resumePart(record, "highest", stream.#highest, RollingMax.from);
    stream.#lowest = resumePart(record, "lowest", stream.#lowest, RollingMin.from);
    return stream;
  }
}
