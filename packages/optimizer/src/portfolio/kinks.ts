import type { PortfolioProblem } from "./problem.ts";

/** Where an asset stands: state 2k + 1 is at its breakpoint k, state 2j inside segment j, which ends at breakpoint j. */
export type AssetState = number;

const MOST_BREAKPOINTS = 3;

/**
 * The breakpoints of each asset's piecewise-linear cost: the finite ends of its box, and 0 where the gross limit
 * makes a kink there. Segment j lies between breakpoints j − 1 and j; the first and the last exist only where the
 * box is open.
 */
export class Kinks {
  readonly count: Uint8Array;
  readonly #points: Float64Array;
  readonly #openBelow: Uint8Array;
  readonly #openAbove: Uint8Array;

  constructor({ n, lower, upper, gross }: PortfolioProblem) {
    this.count = new Uint8Array(n);
    this.#points = new Float64Array(MOST_BREAKPOINTS * n);
    this.#openBelow = new Uint8Array(n);
    this.#openAbove = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const least = lower[i]!;
      const greatest = upper[i]!;
      this.#openBelow[i] = least === Number.NEGATIVE_INFINITY ? 1 : 0;
      this.#openAbove[i] = greatest === Number.POSITIVE_INFINITY ? 1 : 0;
      if (!this.#openBelow[i]) this.#append(i, least);
      if (gross < Number.POSITIVE_INFINITY && least < 0 && greatest > 0) this.#append(i, 0);
      if (!this.#openAbove[i] && greatest !== least) this.#append(i, greatest);
    }
  }

  #append(i: number, point: number): void {
    this.#points[MOST_BREAKPOINTS * i + this.count[i]!++] = point;
  }

  point(i: number, k: number): number {
    return this.#points[MOST_BREAKPOINTS * i + k]!;
  }

  /** The ends of segment j of asset i. */
  segmentLower(i: number, j: number): number {
    return j === 0 ? Number.NEGATIVE_INFINITY : this.point(i, j - 1);
  }

  segmentUpper(i: number, j: number): number {
    return j === this.count[i]! ? Number.POSITIVE_INFINITY : this.point(i, j);
  }

  /** The sign of the weights in segment j: the slope of |w| there. */
  sign(i: number, j: number): 1 | -1 {
    return this.segmentLower(i, j) >= 0 ? 1 : -1;
  }

  /** The slope of λ|w| just right of breakpoint k; ∞ at the box's upper end. */
  slopeRight(i: number, k: number, lambda: number): number {
    if (k === this.count[i]! - 1 && !this.#openAbove[i]) return Number.POSITIVE_INFINITY;
    return lambda === 0 ? 0 : lambda * this.sign(i, k + 1);
  }

  /** The slope just left of breakpoint k; −∞ at the box's lower end. */
  slopeLeft(i: number, k: number, lambda: number): number {
    if (k === 0 && !this.#openBelow[i]) return Number.NEGATIVE_INFINITY;
    return lambda === 0 ? 0 : lambda * this.sign(i, k);
  }

  /** The state in which asset i would be at weight w: the nearest breakpoint if it is within `reach`. */
  stateAt(i: number, w: number, reach: (k: number) => number): AssetState {
    let segment = 0;
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.count[i]!; k++) {
      const distance = Math.abs(w - this.point(i, k));
      if (distance < least) {
        least = distance;
        nearest = k;
      }
      if (w > this.point(i, k)) segment = k + 1;
    }
    if (nearest >= 0 && least <= reach(nearest)) return 2 * nearest + 1;
    if (segment === 0 && !this.#openBelow[i]) return 1;
    if (segment === this.count[i]! && !this.#openAbove[i]) return 2 * this.count[i]! - 1;
    return 2 * segment;
  }
}
