import type { ParameterPoint } from "./parameter-sets.ts";
import type { SweptPoint } from "./sweep-points.ts";

/** The best points by Sharpe ratio so far, the best first; of equals the one that came first. An undefined ratio is none. */
export class BestPoints<Point extends ParameterPoint> {
  readonly points: SweptPoint<Point>[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(point: SweptPoint<Point>): void {
    const { points } = this;
    const { sharpe } = point.record;
    if (Number.isNaN(sharpe)) return;
    if (points.length === this.#most && !(sharpe > points.at(-1)!.record.sharpe)) return;
    let [low, high] = [0, points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (points[middle]!.record.sharpe >= sharpe) low = middle + 1;
      else high = middle;
    }
    points.splice(low, 0, point);
    if (points.length > this.#most) points.pop();
  }
}
