import { correlationBetween } from "@astra-quant/core-linalg";
import type { IcMethod } from "./information-coefficient.ts";
import { cosine } from "./rank-correlation-window.ts";

/** How many entries of a sorted array are below x (or, when `orEqual`, not above it). */
function countBelow(sorted: Float64Array, x: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle]!;
    if (value < x || (orEqual && value === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Σ_j sign(x_i − x_j) of each entry, twice its centred rank, of which equal values share the mean: an integer. */
export function centredRanks(x: Float64Array, out: Float64Array): void {
  const sorted = x.slice().sort();
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    const below = countBelow(sorted, value, false);
    let notAbove = below + 1; // itself
    if (notAbove < sorted.length && sorted[notAbove] === value) notAbove = countBelow(sorted, value, true);
    out[i] = below + notAbove - x.length;
  }
}

/** The correlation of two rows over the entries that both have, with room for rows of `width` entries. */
export class RowCorrelation {
  readonly #method: IcMethod;
  readonly #least: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #s: Float64Array;
  readonly #u: Float64Array;

  /** With fewer entries than `least` the answer is NaN. */
  constructor(width: number, method: IcMethod, least: number) {
    this.#method = method;
    this.#least = least;
    this.#x = new Float64Array(width);
    this.#y = new Float64Array(width);
    this.#s = new Float64Array(width);
    this.#u = new Float64Array(width);
  }

  of(first: Float64Array, second: Float64Array): number {
    let n = 0;
    for (let j = 0; j < first.length; j++) {
      const [a, b] = [first[j]!, second[j]!];
      if (!(Number.isFinite(a) && Number.isFinite(b))) continue;
      this.#x[n] = a;
      this.#y[n] = b;
      n++;
    }
    if (n < this.#least) return Number.NaN;
    const x = this.#x.subarray(0, n);
    const y = this.#y.subarray(0, n);
    if (this.#method === "pearson") return correlationBetween(x, y);
    centredRanks(x, this.#s);
    centredRanks(y, this.#u);
    return cosine(this.#s, this.#u, n);
  }
}
