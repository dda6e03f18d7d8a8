import { type QuantileMethod, quantilePosition } from "../statistics/quantile.ts";
import { SortedWindow } from "./sorted-window.ts";

/** The q-quantile of the last `window` values. */
export class QuantileWindow {
  readonly #sorted: SortedWindow;
  readonly #minPeriods: number;
  readonly #q: number;
  readonly #method: QuantileMethod;

  constructor(window: number, minPeriods: number, q: number, method: QuantileMethod) {
    this.#sorted = new SortedWindow(window);
    this.#minPeriods = minPeriods;
    this.#q = q;
    this.#method = method;
  }

  get values(): number[] {
    return this.#sorted.recent.toArray();
  }

  push(x: number): number {
    this.#sorted.push(x);
    const { present } = this.#sorted;
    if (present < this.#minPeriods) return Number.NaN;
    return this.#sorted.at(quantilePosition(present, this.#q, this.#method));
  }
}
