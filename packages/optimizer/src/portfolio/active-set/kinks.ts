import { scratch } from "../../scratch.ts";
import type { PortfolioProblem, SizeLimit } from "../problem/problem.ts";

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
  /** The slope of h in each segment. */
  readonly #costs: Float64Array;

  /** Those of an earlier problem, where nothing that they are made of has changed. */
  static of(problem: PortfolioProblem, earlier?: Kinks): Kinks {
    return earlier !== undefined && haveSameKinks(earlier.#problem, problem) ? earlier : new Kinks(problem);
  }

  constructor(problem: PortfolioProblem) {
    this.#problem = problem;
    const { n, lower, upper, current, costs, sizes } = problem;
    this.count = new Uint8Array(n);
    this.#points = scratch(MOST_POINTS * n);
    this.#costs = scratch(MOST_SEGMENTS * n);
    const ofWeights = countedBy(sizes, "weights", n);
    const ofTrades = countedBy(sizes, "trades", n);
    for (let i = 0; i < n; i++) {
      const least = lower[i]!;
      const greatest = upper[i]!;
      const start = current[i]!;
      const isInside = start > least && start < greatest;
      const atZero = ofWeights?.[i] === 1 || costs.long[i] !== -costs.short[i]!;
      const atStart = ofTrades?.[i] === 1 || costs.buy[i] !== -costs.sell[i]!;
      if (least > Number.NEGATIVE_INFINITY) this.#append(i, least);
      if (atStart && isInside && start < 0) this.#append(i, start);
      if (atZero && least < 0 && greatest > 0) this.#append(i, 0);
      if (atStart && isInside && start >= 0) this.#append(i, start);
      if (greatest < Number.POSITIVE_INFINITY) this.#append(i, greatest);
      this.#measure(i, problem);
    }
  }

  #append(i: number, point: number): void {
    const k = this.count[i]!;
    if (k > 0 && this.#points[MOST_POINTS * i + k - 1] === point) return;
    this.#points[MOST_POINTS * i + k] = point;
    this.count[i] = k + 1;
  }

  #measure(i: number, { costs }: PortfolioProblem): void {
    const last = this.count[i]!;
    for (let j = 0; j <= last; j++) {
      this.#costs[MOST_SEGMENTS * i + j] =
        (this.weightSign(i, j) > 0 ? costs.long[i]! : -costs.short[i]!) +
        (this.tradeSign(i, j) > 0 ? costs.buy[i]! : -costs.sell[i]!);
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
    if (j === 0) return this.#problem.lower[i] === Number.NEGATIVE_INFINITY;
    return j < this.count[i]! || this.#problem.upper[i] === Number.POSITIVE_INFINITY;
  }

  /** The slope of h in segment j. */
  cost(i: number, j: number): number {
    return this.#costs[MOST_SEGMENTS * i + j]!;
  }

  /** The slope of |v| in segment j. */
  weightSign(i: number, j: number): 1 | -1 {
    return this.segmentLower(i, j) >= 0 ? 1 : -1;
  }

  /** The slope of |v − w0| in segment j. */
  tradeSign(i: number, j: number): 1 | -1 {
    return this.segmentLower(i, j) >= this.#problem.current[i]! ? 1 : -1;
  }

  /** The slope of φ in segment j, for the pressures p and t; infinite outside the box. */
  slope(i: number, j: number, p: number, t: number): number {
    if (!this.isOpen(i, j)) return j === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return this.cost(i, j) + p * this.weightSign(i, j) + t * this.tradeSign(i, j);
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

/** 1 for each asset that a size of this kind counts; undefined where there is none. */
function countedBy(sizes: readonly SizeLimit[], kind: SizeLimit["of"], n: number): Uint8Array | undefined {
  const alike = sizes.filter(({ of }) => of === kind);
  if (alike.length < 2) return alike[0]?.members;
  const counted = new Uint8Array(n);
  for (const { members } of alike) for (let i = 0; i < n; i++) if (members[i] === 1) counted[i] = 1;
  return counted;
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
