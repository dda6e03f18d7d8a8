/**
 * Sums over a growing set of blocks, for many strategies at once. Level l holds the sums of l blocks; a search that
 * takes blocks and puts them back only moves between levels, so nothing is ever subtracted.
 */
export class HalfSums {
  /** Blocks taken so far. */
  level = 0;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array[];
  readonly #squares: Float64Array[];

  constructor(strategies: number, levels: number) {
    this.#counts = new Float64Array(levels + 1);
    this.#sums = Array.from({ length: levels + 1 }, () => new Float64Array(strategies));
    this.#squares = Array.from({ length: levels + 1 }, () => new Float64Array(strategies));
  }

  get count(): number {
    return this.#counts[this.level]!;
  }

  get sums(): Float64Array {
    return this.#sums[this.level]!;
  }

  get squares(): Float64Array {
    return this.#squares[this.level]!;
  }

  take(count: number, sums: Float64Array, squares: Float64Array): void {
    const [s, q, n] = [this.sums, this.squares, this.count];
    this.level++;
    const [nextS, nextQ] = [this.sums, this.squares];
    for (let j = 0; j < sums.length; j++) {
      nextS[j] = s[j]! + sums[j]!;
      nextQ[j] = q[j]! + squares[j]!;
    }
    this.#counts[this.level] = n + count;
  }

  putBack(): void {
    this.level--;
  }
}
