import { correlationBetween } from "@astra-quant/core-linalg";
import { centredRanks } from "./centred-ranks.ts";
import type { IcMethod } from "./information-coefficient.ts";
import { cosine } from "./rank-correlation-window.ts";

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
