import type { RollingPairState } from "@astra-quant/core-linalg";
import {
  refuseField,
  requireStateSeries,
  type StateRecord,
  toJsonSeries,
} from "@astra-quant/core-linalg/guards";

/**
 * Spearman's correlation of the last `window` rows in which both values are present.
 *
 * With s_i = Σ_j sign(x_i − x_j), twice the centred rank (ties share the mean of theirs), it is
 * Σ s_i u_i ÷ √(Σ s_i² Σ u_i²). All of these are integers: a row that enters or leaves moves each by −2 … 2, so nothing is
 * rounded before the last step and what has left leaves no trace.
 */
export class RankCorrelationWindow {
  readonly #window: number;
  readonly #minPeriods: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #s: Int32Array;
  readonly #u: Int32Array;
  #rows = 0;
  #present = 0;

  constructor(window: number, minPeriods: number) {
    this.#window = window;
    this.#minPeriods = minPeriods;
    this.#x = new Float64Array(window).fill(Number.NaN);
    this.#y = new Float64Array(window).fill(Number.NaN);
    this.#s = new Int32Array(window);
    this.#u = new Int32Array(window);
  }

  push(x: number, y: number): number {
    const slot = this.#rows % this.#window;
    if (!Number.isNaN(this.#x[slot]!)) this.#present--;
    const both = Number.isFinite(x) && Number.isFinite(y);
    if (both) this.#present++;
    const filled = Math.min(this.#rows + 1, this.#window);
    replace(this.#x, this.#s, slot, both ? x : Number.NaN, filled);
    replace(this.#y, this.#u, slot, both ? y : Number.NaN, filled);
    this.#rows++;
    if (this.#present < this.#minPeriods || this.#present < 2) return Number.NaN;
    return cosine(this.#s, this.#u, filled);
  }

  /** Where the window stands; `x` and `y` are its rows, the latest last. */
  get state(): RollingPairState {
    const filled = Math.min(this.#rows, this.#window);
    const first = this.#rows - filled;
    const slots = Array.from({ length: filled }, (_, k) => (first + k) % this.#window);
    return {
      version: 1,
      window: this.#window,
      minPeriods: this.#minPeriods,
      x: toJsonSeries(slots.map((slot) => this.#x[slot]!)),
      y: toJsonSeries(slots.map((slot) => this.#y[slot]!)),
    };
  }

  static from(state: RollingPairState): RankCorrelationWindow {
    const { window, minPeriods, ...series } = state as RollingPairState & StateRecord;
    const x = requireStateSeries("state.x", series.x, window);
    const y = requireStateSeries("state.y", series.y, window);
    if (x.length !== y.length) refuseField("state.y", `as long as x, ${x.length} entries`, series.y);
    const stream = new RankCorrelationWindow(window, minPeriods);
    for (let k = 0; k < x.length; k++) stream.push(x[k]!, y[k]!);
    return stream;
  }
}

/** Puts `entering` in the place of `values[slot]` and keeps signs[i] = Σ_j sign(values_i − values_j); NaN has no sign. */
function replace(
  values: Float64Array,
  signs: Int32Array,
  slot: number,
  entering: number,
  filled: number,
): void {
  const leaving = values[slot]!;
  values[slot] = Number.NaN;
  let own = 0;
  for (let i = 0; i < filled; i++) {
    const value = values[i]!;
    const entered = Number(value > entering) - Number(value < entering);
    const left = Number(value > leaving) - Number(value < leaving);
    signs[i] = (signs[i]! + entered - left) | 0; // integers throughout: no branch to guess
    own = (own - entered) | 0;
  }
  values[slot] = entering;
  signs[slot] = own;
}

/** Σ s u ÷ √(Σ s² Σ u²) of the first n entries; NaN where either is all zeros. */
export function cosine(s: ArrayLike<number>, u: ArrayLike<number>, n: number): number {
  let product = 0;
  let ss = 0;
  let uu = 0;
  for (let i = 0; i < n; i++) {
    const a = s[i]!;
    const b = u[i]!;
    product += a * b;
    ss += a * a;
    uu += b * b;
  }
  return ss > 0 && uu > 0 ? product / Math.sqrt(ss * uu) : Number.NaN;
}
