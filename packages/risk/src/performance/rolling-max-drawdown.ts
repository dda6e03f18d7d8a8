import type { VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  QuantError,
  requireApart,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireStateSeries,
  requireVector,
  toJsonSeries,
} from "@astra-quant/core-linalg/guards";

export interface RollingMaxDrawdownOptions {
  /** n entries that share no memory with the returns; receives the result. */
  readonly out?: Float64Array;
}

export interface RollingMaxDrawdownState {
  readonly version: 1;
  readonly window: number;
  /** The returns still remembered, the latest last; null is a missing one. */
  readonly values: readonly (number | null)[];
}

/** The value, if it is above −1 or missing. */
function requireGrowth(name: string, value: number): number {
  if (!(value <= -1) || value === Number.NEGATIVE_INFINITY) return value;
  throw new QuantError("range", `${name} must be greater than -1 to be compounded, got ${value}`, {
    argument: name,
    value,
  });
}

/** The deepest drawdown within returns[start … end − 1], an equity of its own that starts at 1. */
function deepest(returns: ArrayLike<number>, start: number, end: number): number {
  let level = 1;
  let lowest = 1;
  let missing = 0;
  for (let t = start; t < end; t++) {
    missing += 0 * returns[t]!;
    level = Math.min(1, level * (1 + returns[t]!));
    lowest = Math.min(lowest, level);
  }
  return lowest - 1 + missing;
}

/**
 * The maximum drawdown (≤ 0) of the last `window` returns at each time, as if the equity had started with the window. NaN
 * until the window is full, and while it holds a missing return (one that is not finite).
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a return ≤ −1, "shape" for no vector or an `out` of
 *   another length, "option" for an unknown option or an `out` over the returns.
 */
export function rollingMaxDrawdown(
  returns: VectorLike,
  window: number,
  options: RollingMaxDrawdownOptions = {},
): Float64Array {
  requireKnownOptions(options, ["out"]);
  requireInteger("window", window, 1);
  const r = requireVector("returns", returns);
  for (let t = 0; t < r.length; t++) requireGrowth(`returns[${t}]`, r[t]!);
  const out = outputVector(options.out, r.length);
  requireApart(out, "returns", r);
  for (let t = 0; t < r.length; t++) {
    out[t] = t + 1 < window ? Number.NaN : deepest(r, t + 1 - window, t + 1);
  }
  return out;
}

/** {@link rollingMaxDrawdown} return by return. */
export class RollingMaxDrawdown {
  readonly #window: number;
  readonly #values: number[] = [];

  constructor(window: number) {
    this.#window = requireInteger("window", window, 1);
  }

  /**
   * The maximum drawdown of the window that ends with this return, in the bits that the batch form gives.
   *
   * @throws QuantError "data" for what is no number, "range" for a return ≤ −1; NaN is a missing return.
   */
  push(value: number): number {
    this.#values.push(requireGrowth("return", requireNumber("return", value)));
    if (this.#values.length > this.#window) this.#values.shift();
    return this.#values.length < this.#window ? Number.NaN : deepest(this.#values, 0, this.#window);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RollingMaxDrawdownState {
    return { version: 1, window: this.#window, values: toJsonSeries(this.#values) };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingMaxDrawdownState): RollingMaxDrawdown {
    const record = requireStateRecord(state);
    const window = requireInteger("state.window", record.window, 1);
    const stream = new RollingMaxDrawdown(window);
    requireStateSeries("state.values", record.values, window).forEach((value, i) => {
      stream.#values.push(requireGrowth(`state.values[${i}]`, value));
    });
    return stream;
  }
}
