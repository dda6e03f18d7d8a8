import { RollingMean, RollingStd, rollingMean, rollingStd, type VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireApart,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requirePositive,
  requireStateRecord,
  requireStateSeries,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface SharpeWindowOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction). @defaultValue 0 */
  readonly riskFree?: number;
  /** @defaultValue 1 */
  readonly ddof?: number;
}

export interface RollingSharpeOptions extends Omit<SharpeWindowOptions, "riskFree"> {
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** n entries that share no memory with the returns; receives the result. */
  readonly out?: Float64Array;
}

export interface RollingSharpeState {
  readonly version: 1;
  readonly window: number;
  readonly periodsPerYear: number;
  readonly riskFree: number;
  readonly ddof: number;
  /** The excess returns still remembered, the latest last; null is a missing one. */
  readonly values: readonly (number | null)[];
}

/** mean ÷ risk, annualised: NaN where the risk is no more than what rounding leaves of a constant window. */
function ratioOf(mean: number, risk: number, year: number): number {
  return rewardToRisk(mean, risk, Math.abs(mean)) * year;
}

/**
 * The Sharpe ratio of the last `window` returns at each time, annualised: `sharpeRatio` of every window.
 * NaN until the window is full, while it holds a missing return (one that is not finite), and where the window does not vary.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, a ddof that is no integer ≥ 0 or periodsPerYear that is not positive, "shape"
 *   for no vector or a riskFree or `out` of another length, "not-finite" for a NaN in riskFree, "option" for an unknown
 *   option or an `out` over the returns.
 */
export function rollingSharpe(
  returns: VectorLike,
  window: number,
  options: RollingSharpeOptions,
): Float64Array {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "ddof", "out"]);
  const { periodsPerYear, riskFree = 0, ddof = 1 } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireVector("returns", returns);
  const out = outputVector(options.out, r.length);
  requireApart(out, "returns", r);
  const excess = less(r, riskFreePerPeriod(riskFree, r.length, periodsPerYear));
  const means = rollingMean(excess, window);
  const risks = rollingStd(excess, window, { ddof });
  const year = Math.sqrt(periodsPerYear);
  for (let t = 0; t < out.length; t++) out[t] = ratioOf(means[t]!, risks[t]!, year);
  return out;
}

/** {@link rollingSharpe} return by return. */
export class RollingSharpe {
  readonly #settings: {
    readonly window: number;
    readonly periodsPerYear: number;
    readonly riskFree: number;
    readonly ddof: number;
  };
  readonly #mean: RollingMean;
  readonly #risk: RollingStd;

  constructor(window: number, options: SharpeWindowOptions) {
    requireKnownOptions(options, ["periodsPerYear", "riskFree", "ddof"]);
    const { periodsPerYear, riskFree = 0, ddof = 1 } = options;
    requirePositive("periodsPerYear", periodsPerYear);
    requireFinite("riskFree", riskFree);
    this.#mean = new RollingMean(window);
    this.#risk = new RollingStd(window, { ddof });
    this.#settings = { window, periodsPerYear, riskFree, ddof };
  }

  /**
   * The ratio of the window that ends with this return, in the bits that the batch form gives.
   *
   * @throws QuantError "data" for what is no number; NaN and the infinities are missing returns.
   */
  push(value: number): number {
    const { periodsPerYear, riskFree } = this.#settings;
    return this.#pushExcess(requireNumber("return", value) - riskFree / periodsPerYear);
  }

  #pushExcess(excess: number): number {
    const risk = this.#risk.push(excess);
    return ratioOf(this.#mean.push(excess), risk, Math.sqrt(this.#settings.periodsPerYear));
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RollingSharpeState {
    return { version: 1, ...this.#settings, values: this.#mean.state.values };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingSharpeState): RollingSharpe {
    const record = requireStateRecord(state);
    const window = requireInteger("state.window", record.window, 1);
    const periodsPerYear = requirePositive("state.periodsPerYear", record.periodsPerYear);
    const riskFree = requireFinite("state.riskFree", record.riskFree);
    const ddof = requireInteger("state.ddof", record.ddof, 0);
    const stream = new RollingSharpe(window, { periodsPerYear, riskFree, ddof });
    for (const value of requireStateSeries("state.values", record.values, 2 * window)) {
      stream.#pushExcess(value);
    }
    return stream;
  }
}
