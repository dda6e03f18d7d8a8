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
  const prices = noPrices(problem);
  const rowOf = new Map(earlier.problem.rows.map(({ name }, r) => [name, r]));
  const sizeOf = new Map(earlier.problem.sizes.map(({ name }, s) => [name, s]));
  const rows = Int8Array.from(problem.rows, ({ name, min, max }, r) => {
    const before = rowOf.get(name);
    const state = before === undefined ? 0 : earlier.states.rows[before]!;
    if (before !== undefined) prices.rows[r] = earlier.portfolio.prices.rows[before]!;
    if (min === max) return 1;
    if (state > 0) return max < Number.POSITIVE_INFINITY ? 1 : 0;
    return state < 0 && min > Number.NEGATIVE_INFINITY ? -1 : 0;
  });
  const sizes = Uint8Array.from(problem.sizes, ({ name }, s) => {
    const before = sizeOf.get(name);
    if (before === undefined) return 0;
    prices.sizes[s] = earlier.portfolio.prices.sizes[before]!;
    return earlier.states.sizes[before]!;
  });
  const assets = earlier.states.assets.map((state, i) => {
    const w = earlier.portfolio.weights[i]!;
    const k = kinks.nearest(i, state % 2 === 1 ? earlier.kinks.point(i, (state - 1) / 2) : w);
    return state % 2 === 1 && k >= 0 ? 2 * k + 1 : kinks.segmentAt(i, w);
  });
  return { states: { assets, rows, sizes }, portfolio: { weights: earlier.portfolio.weights, prices } };
}
