/**
 * Below what an entry of a square matrix, after elimination, is nothing that rounding could not have left: n·ε times
 * its row's unit times its column's. Units are chosen so that their product is nowhere below the entry of the matrix
 * itself, hence rows and columns may be in any units of the user's.
 */
export class RoundingFloor {
  readonly #rowUnits: Float64Array;
  readonly #columnUnits: Float64Array;
  readonly #fraction: number;

  constructor(A: Float64Array, n: number) {
    this.#fraction = n * Number.EPSILON;
    this.#rowUnits = new Float64Array(n);
    this.#columnUnits = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let unit = 0;
      for (let j = 0; j < n; j++) unit = Math.max(unit, Math.abs(A[i * n + j]!));
      this.#rowUnits[i] = unit;
      if (unit === 0) continue;
      for (let j = 0; j < n; j++) {
        this.#columnUnits[j] = Math.max(this.#columnUnits[j]!, Math.abs(A[i * n + j]!) / unit);
      }
    }
  }

  /** True when `value`, left in row i and column j of the matrix, counts as zero. */
  covers(value: number, i: number, j: number): boolean {
    return Math.abs(value) <= this.#fraction * this.#columnUnits[j]! * this.#rowUnits[i]!;
  }
}
