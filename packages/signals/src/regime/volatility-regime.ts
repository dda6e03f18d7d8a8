import {
  RollingRank,
  type RollingRankState,
  RollingStd,
  type RollingVarianceState,
  rollingRank,
  rollingStd,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  outputVector,
  requireApart,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { resumePart } from "../stream/resume-part.ts";

/** What {@link VolatilityRegime} and {@link volatilityRegime} share. */
export interface VolatilityRegimeWindows {
  /** Returns in each volatility, an integer ≥ 2. @defaultValue 20 */
  readonly volatilityWindow?: number;
  /** Volatilities among which the latest is ranked, itself included; an integer ≥ `regimes`. @defaultValue 252 */
  readonly historyWindow?: number;
  /** Regimes, an integer ≥ 2: 3 for terciles. @defaultValue 3 */
  readonly regimes?: number;
}

export interface VolatilityRegimeOptions extends VolatilityRegimeWindows {
  /** Where to write the answer: one entry a return, memory of its own. */
  readonly out?: Float64Array;
}

/** Where a {@link VolatilityRegime} stands, as plain JSON. */
export interface VolatilityRegimeState extends Required<VolatilityRegimeWindows> {
  readonly version: 1;
  readonly volatility: RollingVarianceState;
  readonly rank: RollingRankState;
}

type Settings = Required<VolatilityRegimeWindows>;

const OPTIONS = ["volatilityWindow", "historyWindow", "regimes"] as const;

function requireSettings(options: VolatilityRegimeWindows): Settings {
  const { volatilityWindow = 20, historyWindow = 252, regimes = 3 } = options;
  requireInteger("volatilityWindow", volatilityWindow, 2);
  requireInteger("regimes", regimes, 2);
  requireInteger("historyWindow", historyWindow, regimes);
  return { volatilityWindow, historyWindow, regimes };
}

/** Which of k equal groups a rank of n falls into, from 0; the middle of the rank decides, and NaN has none. */
function groupOf(rank: number, { historyWindow: n, regimes: k }: Settings): number {
  return Number.isNaN(rank) ? Number.NaN : Math.min(k - 1, Math.floor(((rank - 0.5) * k) / n));
}

/**
 * The volatility regime that a market is in: the standard deviation of its last 20 returns, ranked among the last 252 of
 * them, in equal groups: 0 for the calmest, `regimes − 1` for the wildest. Nothing after a row counts for it.
 *
 * `returns` is a vector of simple returns; the answer has one entry a return, NaN until both windows are full and where one
 * of them holds a NaN.
 *
 * @throws QuantError "range" for windows or regimes out of range, "shape" for no vector or an `out` of another length,
 *   "option" for an unknown name or an `out` over the returns.
 */
export function volatilityRegime(returns: VectorLike, options: VolatilityRegimeOptions = {}): Float64Array {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const settings = requireSettings(options);
  const series = requireVector("returns", returns);
  const out = outputVector(options.out, series.length);
  requireApart(out, "returns", series);
  const ranks = rollingRank(rollingStd(series, settings.volatilityWindow), settings.historyWindow);
  for (let t = 0; t < out.length; t++) out[t] = groupOf(ranks[t]!, settings);
  return out;
}

/** {@link volatilityRegime} return by return. */
export class VolatilityRegime {
  readonly #settings: Settings;
  #volatility: RollingStd;
  #rank: RollingRank;

  constructor(options: VolatilityRegimeWindows = {}) {
    requireKnownOptions(options, OPTIONS);
    this.#settings = requireSettings(options);
    this.#volatility = new RollingStd(this.#settings.volatilityWindow);
    this.#rank = new RollingRank(this.#settings.historyWindow);
  }

  /**
   * The regime after this return, as the batch form gives it; NaN is a missing return.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(value: number): number {
    const volatility = this.#volatility.push(requireNumber("return", value));
    return groupOf(this.#rank.push(volatility), this.#settings);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): VolatilityRegimeState {
    return { version: 1, ...this.#settings, volatility: this.#volatility.state, rank: this.#rank.state };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: VolatilityRegimeState): VolatilityRegime {
    const record = requireStateRecord(state, [...OPTIONS, "volatility", "rank"]);
    const { volatilityWindow, historyWindow, regimes } = state;
    const stream = new VolatilityRegime({ volatilityWindow, historyWindow, regimes });
    stream.#volatility = resumePart(record, "volatility", stream.#volatility, RollingStd.from);
    stream.#rank = resumePart(record, "rank", stream.#rank, RollingRank.from);
    return stream;
  }
}
