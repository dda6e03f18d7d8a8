import { SortedWindow } from "./sorted-window.ts";

/** The names of {@link RankMethod}. */
export const RANK_METHODS = ["average", "min", "max"] as const;

/** Which rank equal values share: the average of theirs, the lowest or the highest. */
export type RankMethod = (typeof RANK_METHODS)[number];

/** A rank as less × perLess + (less or equal) × perLessOrEqual + offset, counts of the window's values. */
export interface RankWeights {
  readonly perLess: number;
  readonly perLessOrEqual: number;
  readonly offset: number;
}

export const RANK_WEIGHTS: Readonly<Record<RankMethod, RankWeights>> = {
  average: { perLess: 0.5, perLessOrEqual: 0.5, offset: 0.5 },
  min: { perLess: 1, perLessOrEqual: 0, offset: 1 },
  max: { perLess: 0, perLessOrEqual: 1, offset: 0 },
};

/** The rank of the latest value among the last `window`. */
export class RankWindow {
  readonly #sorted: SortedWindow;
  readonly #minPeriods: number;
  readonly #weights: RankWeights;
  readonly #pct: boolean;

  constructor(window: number, minPeriods: number, method: RankMethod, pct: boolean) {
    this.#sorted = new SortedWindow(window);
    this.#minPeriods = minPeriods;
    this.#weights = RANK_WEIGHTS[method];
    this.#pct = pct;
  }

  get values(): number[] {
    return this.#sorted.recent.toArray();
  }

  push(x: number): number {
    const latest = this.#sorted.push(x);
    const { present } = this.#sorted;
    if (Number.isNaN(latest) || present < this.#minPeriods) return Number.NaN;
    const { perLess, perLessOrEqual, offset } = this.#weights;
    const rank =
      this.#sorted.less(latest) * perLess + this.#sorted.lessOrEqual(latest) * perLessOrEqual + offset;
    return this.#pct ? rank / present : rank;
  }
}
