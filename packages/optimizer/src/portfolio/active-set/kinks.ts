import type { PortfolioProblem } from "../problem/problem.ts";

/** Where an asset stands: state 2k + 1 is at its breakpoint k, state 2j inside segment j, which ends at breakpoint j. */
export type AssetState = number;

/** The ends of the box, 0 and w0. */
const MOST_POINTS = 4;
const MOST_SEGMENTS = MOST_POINTS + 1;

/**
 * The breakpoints of each asset's piecewise-linear cost φ(v) = h(v) + p|v| + t|v − w0|, where p and t are what the
 * sizes charge: the finite ends of its box, 0 where carry or a size of weights makes a kink there, w0 where trading
 * costs or a size of trades do. Segment j lies between breakpoints j − 1 and j; the first and the last exist only where
 * the box is open.
 */
export class Kinks {
  readonly #problem: PortfolioProblem;
  readonly count: Uint8Array;
  readonly #points: Float64Array;
  readonly #openBelow: Uint8Array;
  readonly #openAbove: Uint8Array;
  /** Of each segment: the slope of h, and the slopes of |v| and |v − w0|. */
  readonly #costs: Float64Array;
  readonly #weightSigns: Int8Array;
  readonly #tradeSigns: Int8Array;

  /** Those of an earlier problem, where nothing that they are made of has changed. */
  static of(problem: PortfolioProblem, earlier?: Kinks): Kinks {
    return earlier !== undefined && haveSameKinks(earlier.#problem, problem) ? earlier : new Kinks(problem);
  }

  constructor(problem: PortfolioProblem) {
    this.#problem = problem;
    const { n, lower, upper, current, costs, sizes } = problem;
    this.count = new Uint8Array(n);
    this.#points = new Float64Array(MOST_POINTS * n);
    this.#openBelow = new Uint8Array(n);
    this.#openAbove = new Uint8Array(n);
    this.#costs = new Float64Array(MOST_SEGMENTS * n);
    this.#weightSigns = new Int8Array(MOST_SEGMENTS * n);
    this.#tradeSigns = new Int8Array(MOST_SEGMENTS * n);
    const counted = { weights: new Uint8Array(n), trades: new Uint8Array(n) };
    for (const { of, members } of sizes) {
      for (let i = 0; i < n; i++) if (members[i] === 1) counted[of][i] = 1;
    }
    for (let i = 0; i < n; i++) {
      const least = lower[i]!;
      const greatest = upper[i]!;
      this.#openBelow[i] = least === Number.NEGATIVE_INFINITY ? 1 : 0;
      this.#openAbove[i] = greatest === Number.POSITIVE_INFINITY ? 1 : 0;
      const inside: number[] = [];
      if (counted.weights[i] === 1 || costs.long[i] !== -costs.short[i]!) inside.push(0);
      if (counted.trades[i] === 1 || costs.buy[i] !== -costs.sell[i]!) inside.push(current[i]!);
      if (inside.length === 2 && inside[0]! > inside[1]!) inside.reverse();
      if (!this.#openBelow[i]) this.#append(i, least);
      for (const point of inside) if (point > least && point < greatest) this.#append(i, point);
      if (!this.#openAbove[i]) this.#append(i, greatest);
      this.#measure(i, problem);
    }
  }

  #append(i: number, point: number): void {
    const k = this.count[i]!;
    if (k > 0 && this.#points[MOST_POINTS * i + k - 1] === point) return;
    this.#points[MOST_POINTS * i + k] = point;
    this.count[i] = k + 1;
  }

  #measure(i: number, { costs, current }: PortfolioProblem): void {
    for (let j = 0; j <= this.count[i]!; j++) {
      const isLong = this.segmentLower(i, j) >= 0;
      const isBought = this.segmentLower(i, j) >= current[i]!;
      const s = MOST_SEGMENTS * i + j;
      this.#weightSigns[s] = isLong ? 1 : -1;
      this.#tradeSigns[s] = isBought ? 1 : -1;
      this.#costs[s] =
        (isLong ? costs.long[i]! : -costs.short[i]!) + (isBought ? costs.buy[i]! : -costs.sell[i]!);
    }
  }

  point(i: number, k: number): number {
    return this.#points[MOST_POINTS * i + k]!;
  }

  /** The ends of segment j of asset i. */
  segmentLower(i: number, j: number): number {
    return j === 0 ? Number.NEGATIVE_INFINITY : this.point(i, j - 1);
  }

  segmentUpper(i: number, j: number): number {
    return j === this.count[i]! ? Number.POSITIVE_INFINITY : this.point(i, j);
  }

  /** Whether segment j is inside the box. */
  isOpen(i: number, j: number): boolean {
    if (j === 0) return this.#openBelow[i] === 1;
    return j < this.count[i]! || this.#openAbove[i] === 1;
  }

  /** The slope of h in segment j. */
  cost(i: number, j: number): number {
    return this.#costs[MOST_SEGMENTS * i + j]!;
  }

  /** The slope of |v| in segment j. */
  weightSign(i: number, j: number): number {
    return this.#weightSigns[MOST_SEGMENTS * i + j]!;
  }

  /** The slope of |v − w0| in segment j. */
  tradeSign(i: number, j: number): number {
    return this.#tradeSigns[MOST_SEGMENTS * i + j]!;
  }

  /** The slope of φ in segment j, for the pressures p and t; infinite outside the box. */
  slope(i: number, j: number, p: number, t: number): number {
    if (!this.isOpen(i, j)) return j === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const s = MOST_SEGMENTS * i + j;
    return this.#costs[s]! + p * this.#weightSigns[s]! + t * this.#tradeSigns[s]!;
  }

  /** The breakpoint nearest to w; −1 where an asset has none. */
  nearest(i: number, w: number): number {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.count[i]!; k++) {
      const distance = Math.abs(w - this.point(i, k));
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    return nearest;
  }

  /** The state of weight w when it stands at no breakpoint but an end of the box that it has reached. */
  segmentAt(i: number, w: number): AssetState {
    let j = 0;
    while (j < this.count[i]! && w > this.point(i, j)) j++;
    if (this.isOpen(i, j)) return 2 * j;
    return j === 0 ? 1 : 2 * j - 1;
  }
}

function haveSameKinks(a: PortfolioProblem, b: PortfolioProblem): boolean {
  return (
    a.sizes.length === b.sizes.length &&
    a.sizes.every(({ of, members }, s) => of === b.sizes[s]!.of && areAlike(members, b.sizes[s]!.members)) &&
    areAlike(a.lower, b.lower) &&
    areAlike(a.upper, b.upper) &&
    areAlike(a.current, b.current) &&
    areAlike(a.costs.buy, b.costs.buy) &&
    areAlike(a.costs.sell, b.costs.sell) &&
    areAlike(a.costs.long, b.costs.long) &&
    areAlike(a.costs.short, b.costs.short)
  );
}

function areAlike(v: Float64Array | Uint8Array, w: Float64Array | Uint8Array): boolean {
  if (v === w) return true;
  if (v.length !== w.length) return false;
  for (let i = 0; i < v.length; i++) if (v[i] !== w[i]) return false;
  return true;
}
