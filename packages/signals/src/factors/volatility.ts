import {
  RollingMean,
  RollingStd,
  rollingMean,
  rollingStd,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requirePositive,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { resumePart } from "../stream/resume-part.ts";
import { realizedVolatility } from "./realized-volatility.ts";

export interface VolatilitySignalWindows {
  /** Returns in the realised volatility. @defaultValue 20 */
  readonly volatilityWindow?: number;
  /** Realised volatilities in the volatility of volatility. @defaultValue 20 */
  readonly volOfVolWindow?: number;
  /** Realised volatilities that say what is usual. @defaultValue 252 */
  readonly zScoreWindow?: number;
  /** Returns in a year. @defaultValue 252 */
  readonly periodsPerYear?: number;
}

export interface VolatilitySignalOptions<X extends TableLike> extends VolatilitySignalWindows {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link VolatilitySignal} stands, as plain JSON. */
export interface VolatilitySignalState extends Required<VolatilitySignalWindows> {
  readonly version: 1;
  readonly volatility: RollingStd["state"];
  readonly unsteadiness: RollingStd["state"];
  readonly usual: RollingMean["state"];
  readonly spread: RollingStd["state"];
}

const WINDOWS: readonly string[] = ["volatilityWindow", "volOfVolWindow", "zScoreWindow", "periodsPerYear"];

function requireWindows(options: VolatilitySignalWindows, within = ""): Required<VolatilitySignalWindows> {
  const { volatilityWindow = 20, volOfVolWindow = 20, zScoreWindow = 252, periodsPerYear = 252 } = options;
  return {
    volatilityWindow: requireInteger(`${within}volatilityWindow`, volatilityWindow, 2),
    volOfVolWindow: requireInteger(`${within}volOfVolWindow`, volOfVolWindow, 2),
    zScoreWindow: requireInteger(`${within}zScoreWindow`, zScoreWindow, 2),
    periodsPerYear: requirePositive(`${within}periodsPerYear`, periodsPerYear),
  };
}

// −(σ − mean σ) ÷ std σ · (1 + std₂₀ σ)
function scoreOf(volatility: number, usual: number, spread: number, unsteadiness: number): number {
  return numberOrMissing((-(volatility - usual) / spread) * (1 + unsteadiness));
}

/** Puts the scores where the unsteadiness was. */
function fillScores(
  volatility: Float64Array,
  usual: Float64Array,
  spread: Float64Array,
  unsteadiness: Float64Array,
): void {
  for (let k = 0; k < volatility.length; k++) {
    unsteadiness[k] = scoreOf(volatility[k]!, usual[k]!, spread[k]!, unsteadiness[k]!);
  }
}

/**
 * Mean reversion of volatility: negative while an asset is more volatile than is usual for it, the more so when
 * its volatility itself is unsteady. With σ the annualised realised volatility,
 * −(σ − mean σ) ÷ std σ · (1 + std₂₀ σ).
 *
 * Returns are simple fractions a period, a vector or time × assets (a matrix or `Panel`); the answer has their form
 * and size and no unit. Full windows only, looking back: with the default windows and a NaN in row 0, as returns
 * that keep the rows of their prices have it, row 271 is the first answer. A NaN in a window, or a usual volatility
 * that never varied (as of constant prices), is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2 or a year that is not positive, "shape" for
 *   returns or `out` of a wrong form.
 */
export function volatilitySignal<X extends TableLike>(
  returns: X,
  options: VolatilitySignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...WINDOWS, "out"]);
  const { volatilityWindow, volOfVolWindow, zScoreWindow, periodsPerYear } = requireWindows(options);

  const table = requireTable("returns", returns);
  return fillInKind(returns, table, options.out, [table], (answer, room) => {
    const [volatility, usual, spread] = [room(), room(), room()];
    realizedVolatility(table, volatilityWindow, periodsPerYear, volatility);
    rollingMean(volatility, zScoreWindow, { out: usual });
    rollingStd(volatility, zScoreWindow, { out: spread });
    rollingStd(volatility, volOfVolWindow, { out: answer });
    fillScores(volatility.data, usual.data, spread.data, answer.data);
  });
}

/** {@link volatilitySignal} return by return, for one asset. */
export class VolatilitySignal {
  readonly #windows: Required<VolatilitySignalWindows>;
  #volatility: RollingStd;
  #unsteadiness: RollingStd;
  #usual: RollingMean;
  #spread: RollingStd;

  /** @throws QuantError as {@link volatilitySignal} does. */
  constructor(options: VolatilitySignalWindows = {}) {
    requireKnownOptions(options, WINDOWS);
    this.#windows = requireWindows(options);
    const { volatilityWindow, volOfVolWindow, zScoreWindow } = this.#windows;
    this.#volatility = new RollingStd(volatilityWindow);
    this.#unsteadiness = new RollingStd(volOfVolWindow);
    this.#usual = new RollingMean(zScoreWindow);
    this.#spread = new RollingStd(zScoreWindow);
  }

  /** Returns that a first answer needs. */
  get warmUp(): number {
    const { volatilityWindow, volOfVolWindow, zScoreWindow } = this.#windows;
    return volatilityWindow + Math.max(volOfVolWindow, zScoreWindow) - 1;
  }

  /**
   * The signal after this return, in the bits of the batch form; NaN until the windows are full.
   *
   * @throws QuantError "data" when the return is no number; NaN is a missing one.
   */
  push(periodReturn: number): number {
    requireNumber("periodReturn", periodReturn);
    const volatility = this.#volatility.push(periodReturn) * Math.sqrt(this.#windows.periodsPerYear);
    const usual = this.#usual.push(volatility);
    return scoreOf(volatility, usual, this.#spread.push(volatility), this.#unsteadiness.push(volatility));
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): VolatilitySignalState {
    return {
      version: 1,
      ...this.#windows,
      volatility: this.#volatility.state,
      unsteadiness: this.#unsteadiness.state,
      usual: this.#usual.state,
      spread: this.#spread.state,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: VolatilitySignalState): VolatilitySignal {
    const record = requireStateRecord(state, WINDOWS);
    const stream = new VolatilitySignal(requireWindows(record, "state."));
    stream.#volatility = resumePart(record, "volatility", stream.#volatility, RollingStd.from);
    stream.#unsteadiness = resumePart(record, "unsteadiness", stream.#unsteadiness, RollingStd.from);
    stream.#usual = resumePart(record, "usual", stream.#usual, RollingMean.from);
    stream.#spread = resumePart(record, "spread", stream.#spread, RollingStd.from);
    return stream;
  }
}
