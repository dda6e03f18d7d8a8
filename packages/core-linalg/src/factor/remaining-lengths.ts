/** A length whose square fell below this share of what it was is all rounding: √ε. */
const FEW_DIGITS = 2 ** -26;

/** The length of column j from row k on, without squares that leave the doubles. */
export function columnLength(data: Float64Array, m: number, n: number, j: number, k: number): number {
  let largest = 0;
  for (let i = k; i < m; i++) largest = Math.max(largest, Math.abs(data[i * n + j]!));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = k; i < m; i++) {
    const ratio = data[i * n + j]! / largest;
    sum += ratio * ratio;
  }
  return largest * Math.sqrt(sum);
}

/** The lengths of the columns that remain, kept up as rows are taken off them. */
export class RemainingLengths {
  readonly #packed: Float64Array;
  readonly #m: number;
  readonly #n: number;
  readonly #lengths: Float64Array;
  /** What each length was when it was last computed from its column. */
  readonly #computed: Float64Array;

  constructor(packed: Float64Array, m: number, n: number) {
    this.#packed = packed;
    this.#m = m;
    this.#n = n;
    this.#lengths = Float64Array.from({ length: n }, (_, j) => columnLength(packed, m, n, j, 0));
    this.#computed = this.#lengths.slice();
  }

  /** The longest column from k on, the first of equals. */
  longest(k: number): number {
    let longest = k;
    for (let j = k + 1; j < this.#n; j++) if (this.#lengths[j]! > this.#lengths[longest]!) longest = j;
    return longest;
  }

  /** Column k has gone to j: what stood there is done. */
  moved(k: number, j: number): void {
    this.#lengths[j] = this.#lengths[k]!;
    this.#computed[j] = this.#computed[k]!;
  }

  /** Takes row k off the columns after k; a length of which too few digits would be left is computed anew. */
  takeRow(k: number): void {
    for (let j = k + 1; j < this.#n; j++) {
      const length = this.#lengths[j]!;
      if (length === 0) continue;
      const ratio = Math.abs(this.#packed[k * this.#n + j]!) / length;
      const left = Math.max(0, (1 - ratio) * (1 + ratio));
      const shrunk = length / this.#computed[j]!;
      if (left * shrunk * shrunk > FEW_DIGITS) this.#lengths[j] = length * Math.sqrt(left);
      else {
        this.#lengths[j] = columnLength(this.#packed, this.#m, this.#n, j, k + 1);
        this.#computed[j] = this.#lengths[j]!;
      }
    }
  }
}
