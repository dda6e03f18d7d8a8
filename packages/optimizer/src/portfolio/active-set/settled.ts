import { noPrices, type PortfolioProblem, type PricedPortfolio } from "../problem/problem.ts";
import type { UnitProblem } from "../problem/units.ts";
import type { ActiveStates } from "./active-states.ts";
import type { Kinks } from "./kinks.ts";
import type { Piece } from "./piece.ts";

/** An active set that confirmed itself, with its portfolio: where the solve of a changed problem may begin. */
export interface Settled {
  readonly problem: PortfolioProblem;
  readonly kinks: Kinks;
  /** The units in which it was solved, and the breakpoints in them. */
  readonly units: UnitProblem;
  readonly unitKinks: Kinks;
  readonly states: ActiveStates;
  readonly portfolio: PricedPortfolio;
  /** Where the portfolio goes from here along the frontier, if somebody has asked. */
  readonly piece?: Piece;
}

/** The same stand under other data: breakpoints may lie elsewhere, and limits are known by their names. */
export function settledUnder(
  problem: PortfolioProblem,
  kinks: Kinks,
  earlier: Settled,
): { states: ActiveStates; portfolio: PricedPortfolio } {
  const { weights } = earlier.portfolio;
  const prices = noPrices(problem);
  const rows = new Int8Array(problem.rows.length);
  const sizes = new Uint8Array(problem.sizes.length);
  const rowOf = placesOf(earlier.problem.rows, problem.rows);
  problem.rows.forEach(({ min, max }, r) => {
    const before = rowOf(r);
    const state = before === undefined ? 0 : earlier.states.rows[before]!;
    if (before !== undefined) prices.rows[r] = earlier.portfolio.prices.rows[before]!;
    if (min === max) rows[r] = 1;
    else if (state > 0) rows[r] = max < Number.POSITIVE_INFINITY ? 1 : 0;
    else if (state < 0) rows[r] = min > Number.NEGATIVE_INFINITY ? -1 : 0;
  });
  const sizeOf = placesOf(earlier.problem.sizes, problem.sizes);
  problem.sizes.forEach((_, s) => {
    const before = sizeOf(s);
    if (before === undefined) return;
    prices.sizes[s] = earlier.portfolio.prices.sizes[before]!;
    sizes[s] = earlier.states.sizes[before]!;
  });
  const assets = earlier.states.assets.slice();
  for (let i = 0; i < assets.length; i++) {
    const state = assets[i]!;
    if (state % 2 === 0) assets[i] = kinks.segmentAt(i, weights[i]!);
    else if (kinks !== earlier.kinks) {
      const k = kinks.nearest(i, earlier.kinks.point(i, (state - 1) / 2));
      assets[i] = k >= 0 ? 2 * k + 1 : kinks.segmentAt(i, weights[i]!);
    }
  }
  return { states: { assets, rows, sizes }, portfolio: { weights, prices } };
}

interface Named {
  readonly name: string;
}

/** Where each of `now` was before, by its name. */
function placesOf(before: readonly Named[], now: readonly Named[]): (at: number) => number | undefined {
  if (before === now) return (at) => at;
  const places = new Map(before.map(({ name }, at) => [name, at]));
  return (at) => places.get(now[at]!.name);
}
