import { RollingStd, rollingStd, type VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireApart,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requirePositive,
  requireStateRecord,
  requireStateSeries,
  requireVector,
} from "@astra-quant/core-linalg/guards";

export interface VolatilityWindowOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** @defaultValue 1 */
  readonly ddof?: number;
}

export interface RollingVolatilityOptions extends VolatilityWindowOptions {
  /** n entries that share no memory with the returns; receives the result. */
  readonly out?: Float64Array;
}

export interface RollingVolatilityState {
  readonly version: 1;
  readonly window: number;
  readonly periodsPerYear: number;
  readonly ddof: number;
  /** The returns still remembered, the latest last; null is a missing one. */
  readonly values: readonly (number | null)[];
}

/**
 * The annualised standard deviation of the last `window` returns at each time, a fraction ≥ 0. NaN until the window is
 * full, while it holds a missing return (one that is not finite), and where it has no more than ddof returns.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, periodsPerYear that is not positive or a ddof that is no
 *   integer ≥ 0, "shape" for no vector or an `out` of another length, "option" for an unknown option or an `out` over the
 *   returns.
 */
export function rollingVolatility(
  returns: VectorLike,
  window: number,
  options: RollingVolatilityOptions,
): Float64Array {
  requireKnownOptions(options, ["periodsPerYear", "ddof", "out"]);
  const { periodsPerYear, ddof = 1 } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireVector("returns", returns);
  const out = outputVector(options.out, r.length);
  requireApart(out, "returns", r);
  rollingStd(r, window, { ddof, out });
  const year = Math.sqrt(periodsPerYear);
  for (let t = 0; t < out.length; t++) out[t]! *= year;
  return out;
}

/** {@link rollingVolatility} return by return. */
export class RollingVolatility {
  readonly #settings: { readonly window: number; readonly periodsPerYear: number; readonly ddof: number };
  readonly #std: RollingStd;

  constructor(window: number, options: VolatilityWindowOptions) {
    requireKnownOptions(options, ["periodsPerYear", "ddof"]);
    const { periodsPerYear, ddof = 1 } = options;
    requirePositive("periodsPerYear", periodsPerYear);
    this.#std = new RollingStd(window, { ddof });
    this.#settings = { window, periodsPerYear, ddof };
  }

  /**
   * The volatility of the window that ends with this return, in the bits that the batch form gives.
   *
   * @throws QuantError "data" for what is no number; NaN and the infinities are missing returns.
   */
  push(value: number): number {
    return this.#std.push(requireNumber("return", value)) * Math.sqrt(this.#settings.periodsPerYear);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RollingVolatilityState {
    return { version: 1, ...this.#settings, values: this.#std.state.values };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingVolatilityState): RollingVolatility {
    const record = requireStateRecord(state);
    const window = requireInteger("state.window", record.window, 1);
    const periodsPerYear = requirePositive("state.periodsPerYear", record.periodsPerYear);
    const ddof = requireInteger("state.ddof", record.ddof, 0);
    const stream = new RollingVolatility(window, { periodsPerYear, ddof });
    for (const value of requireStateSeries("state.values", record.values, 2 * window)) {
      stream.push(value);
    }
    return stream;
  }
}
