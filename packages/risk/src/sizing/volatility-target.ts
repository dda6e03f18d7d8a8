import {
  EwmStd,
  ewmStd,
  RollingStd,
  rollingStd,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  QuantError,
  refuseField,
  requireInteger,
  requireKnownOptions,
  requirePositive,
  requireStateNumber,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { scaleFor } from "./volatility-scale.ts";

export interface VolatilityEstimateOptions {
  /** The annual volatility wanted, a fraction, positive. */
  readonly target: number;
  /** Returns in a year: 252 for trading days. */
  readonly periodsPerYear: number;
  /** Returns whose standard deviation (ddof 1) is taken, at least 2. @defaultValue 20 */
  readonly window?: number;
  /** Instead of a window: weights that halve after so many returns, positive. */
  readonly halfLife?: number;
  /** The most leverage, positive. @defaultValue 3 */
  readonly maxLeverage?: number;
}

export interface VolatilityTargetOptions<X extends TableLike> extends VolatilityEstimateOptions {
  /** Periods by which the last return used lies back; 0 looks at the period's own return. @defaultValue 1 */
  readonly lag?: number;
  /** An array of the answer's form and size that shares no memory with the input. */
  readonly out?: TableOf<X>;
}

/** Where a {@link VolatilityTarget} stands, as plain JSON. */
export interface VolatilityTargetState {
  readonly version: 1;
  readonly target: number;
  readonly periodsPerYear: number;
  readonly window: number | null;
  readonly halfLife: number | null;
  readonly maxLeverage: number;
  /** The state of the standard deviation, as core-linalg's `RollingStd` or `EwmStd` writes it. */
  readonly deviation: RollingStd["state"] | EwmStd["state"];
}

const OPTIONS = ["target", "periodsPerYear", "window", "halfLife", "maxLeverage"] as const;
/** Weighted returns needed before there is a figure, as many as the window's default. */
const WARM_UP = 20;

interface Settings {
  readonly target: number;
  readonly periodsPerYear: number;
  readonly window: number | null;
  readonly halfLife: number | null;
  readonly maxLeverage: number;
}

function requireSettings(options: VolatilityEstimateOptions): Settings {
  const { target, periodsPerYear, window, halfLife, maxLeverage = 3 } = options;
  if (window !== undefined && halfLife !== undefined) {
    throw new QuantError("option", "window and halfLife exclude each other: give one", { window, halfLife });
  }
  return {
    target: requirePositive("target", target),
    periodsPerYear: requirePositive("periodsPerYear", periodsPerYear),
    window: halfLife === undefined ? requireInteger("window", window ?? 20, 2) : null,
    halfLife: halfLife === undefined ? null : requirePositive("halfLife", halfLife),
    maxLeverage: requirePositive("maxLeverage", maxLeverage),
  };
}

/**
 * The leverage that would have given a strategy the volatility wanted, one entry a return in the form of `returns`:
 * target ÷ the annual volatility of the returns up to `lag` periods before, at most `maxLeverage` (which is also the
 * answer where they did not vary). Entry t times return t is the return of the managed strategy. NaN until `window`
 * returns are known (20 with a half-life), or while one is missing from the window.
 *
 * @param returns - simple returns, fractions a period: a vector, a time × assets matrix or a panel
 * @throws QuantError "range" for options that are not positive or a window below 2, "option" for a window beside a
 *   half-life.
 */
export function volatilityTarget<X extends TableLike>(
  returns: X,
  options: VolatilityTargetOptions<X>,
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "lag", "out"]);
  const { lag = 1, out } = options;
  const settings = requireSettings(options);
  requireInteger("lag", lag, 0);
  const { rows, columns } = requireTable("returns", returns);
  const { window, halfLife } = settings;
  const room = out === undefined ? {} : { out };
  const leverage =
    halfLife === null
      ? rollingStd(returns, window!, room)
      : ewmStd(returns, { halfLife, minPeriods: WARM_UP, ...room });
  // In place, the last first: each deviation becomes the leverage of `lag` rows later.
  const { data } = requireTable("leverage", leverage);
  const { target, maxLeverage } = settings;
  const year = Math.sqrt(settings.periodsPerYear);
  const shift = Math.min(rows, lag) * columns;
  for (let k = data.length - 1; k >= shift; k--)
    data[k] = scaleFor(data[k - shift]! * year, target, maxLeverage);
  data.fill(Number.NaN, 0, shift);
  return leverage;
}

/** {@link volatilityTarget} return by return, for one series. */
export class VolatilityTarget {
  readonly #settings: Settings;
  #deviation: RollingStd | EwmStd;

  constructor(options: VolatilityEstimateOptions) {
    requireKnownOptions(options, OPTIONS);
    this.#settings = requireSettings(options);
    const { window, halfLife } = this.#settings;
    this.#deviation =
      halfLife === null ? new RollingStd(window!) : new EwmStd({ halfLife, minPeriods: WARM_UP });
  }

  /** The leverage for the period after this return, in the bits of the batch form; NaN while it is not known. */
  push(periodReturn: number): number {
    const { target, periodsPerYear, maxLeverage } = this.#settings;
    return scaleFor(this.#deviation.push(periodReturn) * Math.sqrt(periodsPerYear), target, maxLeverage);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): VolatilityTargetState {
    return { version: 1, ...this.#settings, deviation: this.#deviation.state };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: VolatilityTargetState): VolatilityTarget {
    const { target, periodsPerYear, window, halfLife, maxLeverage, deviation } = requireStateRecord(state);
    const positive = (name: string, value: unknown): number =>
      requireStateNumber(`state.${name}`, "positive and finite", value, (number) => number > 0);
    const byWindow = halfLife === null;
    if (!byWindow && window !== null) refuseField("state.window", "null beside a halfLife", window);
    const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 2;
    const stream = new VolatilityTarget({
      target: positive("target", target),
      periodsPerYear: positive("periodsPerYear", periodsPerYear),
      maxLeverage: positive("maxLeverage", maxLeverage),
      ...(byWindow
        ? { window: requireStateNumber("state.window", "an integer ≥ 2", window, whole) }
        : { halfLife: positive("halfLife", halfLife) }),
    });
    stream.#deviation = byWindow
      ? resumeRolling(deviation, stream.#settings.window!)
      : resumeWeighted(deviation, stream.#settings.halfLife!);
    return stream;
  }
}

function resumeRolling(state: unknown, window: number): RollingStd {
  const its = (state as { readonly window?: unknown } | null | undefined)?.window;
  if (its !== window) refuseField("state.deviation.window", `the state's own, ${window}`, its);
  return RollingStd.from(state as RollingStd["state"]);
}

function resumeWeighted(state: unknown, halfLife: number): EwmStd {
  const its = (state as { readonly halfLife?: unknown } | null | undefined)?.halfLife;
  if (its !== halfLife) refuseField("state.deviation.halfLife", `the state's own, ${halfLife}`, its);
  return EwmStd.from(state as EwmStd["state"]);
}
