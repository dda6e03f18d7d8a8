import {
  RollingSum,
  rollingSum,
  type TableLike,
  type TableOf,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireTable,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { resumePart } from "../stream/resume-part.ts";

export interface MomentumSignalSettings {
  /** Returns in the fast sum, the latest among them. @defaultValue 20 */
  readonly fastWindow?: number;
  /** Returns in the slow sum. @defaultValue 60 */
  readonly slowWindow?: number;
  /** Weight of the fast sum's excess over the market's. @defaultValue 0.7 */
  readonly excessWeight?: number;
  /** Weight of the fast sum less the slow one. @defaultValue 0.3 */
  readonly trendWeight?: number;
}

export interface MomentumSignalOptions<X extends TableLike> extends MomentumSignalSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link MomentumSignal} stands, as plain JSON. */
export interface MomentumSignalState extends Required<MomentumSignalSettings> {
  readonly version: 1;
  readonly fast: RollingSum["state"];
  readonly slow: RollingSum["state"];
  readonly market: RollingSum["state"];
}

const SETTINGS: readonly string[] = ["fastWindow", "slowWindow", "excessWeight", "trendWeight"];

function requireSettings(options: MomentumSignalSettings, within = ""): Required<MomentumSignalSettings> {
  const { fastWindow = 20, slowWindow = 60, excessWeight = 0.7, trendWeight = 0.3 } = options;
  return {
    fastWindow: requireInteger(`${within}fastWindow`, fastWindow, 1),
    slowWindow: requireInteger(`${within}slowWindow`, slowWindow, 1),
    excessWeight: requireFinite(`${within}excessWeight`, excessWeight),
    trendWeight: requireFinite(`${within}trendWeight`, trendWeight),
  };
}

// 0.7 (Σ₂₀ r − Σ₂₀ market) + 0.3 (Σ₂₀ r − Σ₆₀ r)
function weigh(
  fast: number,
  slow: number,
  market: number,
  excessWeight: number,
  trendWeight: number,
): number {
  return numberOrMissing(excessWeight * (fast - market) + trendWeight * (fast - slow));
}

/** Puts the scores where the slow sums were. */
function fillScores(
  fast: Float64Array,
  slow: Float64Array,
  benchmark: Float64Array,
  columns: number,
  excessWeight: number,
  trendWeight: number,
): void {
  for (let t = 0, k = 0; t < benchmark.length; t++) {
    const ofMarket = benchmark[t]!;
    for (const end = k + columns; k < end; k++) {
      slow[k] = weigh(fast[k]!, slow[k]!, ofMarket, excessWeight, trendWeight);
    }
  }
}

/**
 * Momentum against the market and against the asset's own slower past:
 * 0.7 (Σ₂₀ r − Σ₂₀ market) + 0.3 (Σ₂₀ r − Σ₆₀ r), sums of simple returns, not compounded.
 *
 * Returns are fractions a period, a vector or time × assets (a matrix or `Panel`); `market` is one vector of as many
 * rows, returns of the benchmark. The answer has the returns' form and size and is a fraction. Full windows only,
 * looking back: with the default windows and a NaN in row 0, as returns that keep the rows of their prices have it,
 * row 60 is the first answer. A NaN in a window is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "shape" for a market of another length, returns
 *   or `out` of a wrong form, "not-finite" for a weight.
 */
export function momentumSignal<X extends TableLike>(
  returns: X,
  market: VectorLike,
  options: MomentumSignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...SETTINGS, "out"]);
  const { fastWindow, slowWindow, excessWeight, trendWeight } = requireSettings(options);

  const table = requireTable("returns", returns);
  const benchmark = rollingSum(requireVector("market", market, table.rows), fastWindow);
  return fillInKind(returns, table, options.out, [table], (answer, room) => {
    const fast = rollingSum(table, fastWindow, { out: room() });
    const slow = rollingSum(table, slowWindow, { out: answer });
    fillScores(fast.data, slow.data, benchmark, table.columns, excessWeight, trendWeight);
  });
}

/** {@link momentumSignal} row by row, for one asset. */
export class MomentumSignal {
  readonly #settings: Required<MomentumSignalSettings>;
  #fast: RollingSum;
  #slow: RollingSum;
  #market: RollingSum;

  /** @throws QuantError as {@link momentumSignal} does. */
  constructor(options: MomentumSignalSettings = {}) {
    requireKnownOptions(options, SETTINGS);
    this.#settings = requireSettings(options);
    this.#fast = new RollingSum(this.#settings.fastWindow);
    this.#slow = new RollingSum(this.#settings.slowWindow);
    this.#market = new RollingSum(this.#settings.fastWindow);
  }

  /** Returns that a first answer needs. */
  get warmUp(): number {
    return Math.max(this.#settings.fastWindow, this.#settings.slowWindow);
  }

  /**
   * The signal after these returns, in the bits of the batch form; NaN until the windows are full.
   *
   * @throws QuantError "data" when one of them is no number; NaN is a missing one.
   */
  push(periodReturn: number, marketReturn: number): number {
    requireNumber("periodReturn", periodReturn);
    requireNumber("marketReturn", marketReturn);
    const { excessWeight, trendWeight } = this.#settings;
    const fast = this.#fast.push(periodReturn);
    const slow = this.#slow.push(periodReturn);
    return weigh(fast, slow, this.#market.push(marketReturn), excessWeight, trendWeight);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): MomentumSignalState {
    return {
      version: 1,
      ...this.#settings,
      fast: this.#fast.state,
      slow: this.#slow.state,
      market: this.#market.state,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: MomentumSignalState): MomentumSignal {
    const record = requireStateRecord(state, SETTINGS);
    const stream = new MomentumSignal(requireSettings(record, "state."));
    stream.#fast = resumePart(record, "fast", stream.#fast, RollingSum.from);
    stream.#slow = resumePart(record, "slow", stream.#slow, RollingSum.from);
    stream.#market = resumePart(record, "market", stream.#market, RollingSum.from);
    return stream;
  }
}
