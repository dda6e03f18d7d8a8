import { orMissing } from "./recent-values.ts";

/**
 * Spearman's correlation of the last `window` rows in which both values are present.
 *
 * With s_i = Σ_j sign(x_i − x_j), twice the centred rank (ties share the mean of theirs), it is
 * Σ s_i u_i ÷ √(Σ s_i² Σ u_i²). All of these are integers: a row that enters or leaves moves each by −2 … 2, so nothing is
 * rounded before the last step and what has left leaves no trace.
 */
export class RankPairWindow {
  readonly #window: number;
  readonly #minPeriods: number;
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  readonly #s: number[] = [];
  readonly #u: number[] = [];
  /** Where the next row goes. */
  #slot = 0;
  #present = 0;

  constructor(window: number, minPeriods: number) {
    this.#window = window;
    this.#minPeriods = minPeriods;
  }

  push(x: number, y: number): number {
    const slot = this.#slot;
    const filled = Math.max(slot + 1, this.#x.length);
    if (slot < this.#x.length && !Number.isNaN(this.#x[slot]!)) this.#present--;
    const both = Number.isFinite(x) && Number.isFinite(y);
    if (both) this.#present++;
    replace(this.#x, this.#s, slot, both ? orMissing(x) : Number.NaN, filled);
    replace(this.#y, this.#u, slot, both ? orMissing(y) : Number.NaN, filled);
    this.#slot = (slot + 1) % this.#window;
    if (this.#present < this.#minPeriods || this.#present < 2) return Number.NaN;
    return cosine(this.#s, this.#u);
  }

  /** The rows of the window, the latest last. */
  get remembered(): { readonly x: readonly number[]; readonly y: readonly number[] } {
    const inOrder = (values: readonly number[]) => [
      ...values.slice(this.#slot),
      ...values.slice(0, this.#slot),
    ];
    return { x: inOrder(this.#x), y: inOrder(this.#y) };
  }
}

/** Puts `entering` in the place of `values[slot]` and keeps signs[i] = Σ_j sign(values_i − values_j); NaN has no sign. */
function replace(values: number[], signs: number[], slot: number, entering: number, filled: number): void {
  const leaving = slot < values.length ? values[slot]! : Number.NaN;
  values[slot] = Number.NaN;
  let own = 0;
  for (let i = 0; i < filled; i++) {
    const value = values[i]!;
    const entered = Number(value > entering) - Number(value < entering);
    const left = Number(value > leaving) - Number(value < leaving);
    signs[i] = ((signs[i] ?? 0) + entered - left) | 0; // integers throughout: no branch to guess
    own = (own - entered) | 0;
  }
  values[slot] = entering;
  signs[slot] = own;
}

/** Σ s u ÷ √(Σ s² Σ u²); NaN where either is all zeros. */
function cosine(s: readonly number[], u: readonly number[]): number {
  let product = 0;
  let ss = 0;
  let uu = 0;
  for (let i = 0; i < s.length; i++) {
    const a = s[i]!;
    const b = u[i]!;
    product += a * b;
    ss += a * a;
    uu += b * b;
  }
  return ss > 0 && uu > 0 ? product / Math.sqrt(ss * uu) : Number.NaN;
}
