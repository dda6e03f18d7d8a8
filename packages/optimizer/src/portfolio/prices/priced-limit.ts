import { slopeLeftOf, slopeRightOf } from "../problem/asset-cost.ts";
import { limitUse } from "../problem/limit-use.ts";
import { type BoxLimit, type PortfolioProblem, type PricedPortfolio, pressures } from "../problem/problem.ts";
import { slopesAt } from "../problem/slopes.ts";

/** One side of one limit: of a size, of a row, or of an asset's box. */
export interface PricedLimit {
  readonly kind: "size" | "row" | "box";
  /** Of the size, the row or the asset. */
  readonly index: number;
  /** 1 of a max, −1 of a min: where loosening moves it. */
  readonly side: 1 | -1;
  /** Of a box: which, where there are two. */
  readonly box?: BoxLimit["name"];
}

/** How far the end of a box can move to one side before another box ends there. */
export function roomOf({ boxes }: PortfolioProblem, level: number, limit: PricedLimit, sign: 1 | -1): number {
  const { index, box } = limit;
  let room = Number.POSITIVE_INFINITY;
  for (const { name, lower, upper } of boxes) {
    const end = sign > 0 ? upper[index]! : lower[index]!;
    if (name !== box) room = Math.min(room, Math.max(0, sign * (end - level)));
  }
  return room;
}

/** Where the limit stands. */
export function levelOf({ sizes, rows, lower, upper }: PortfolioProblem, limit: PricedLimit): number {
  const { kind, index, side } = limit;
  if (kind === "size") return sizes[index]!.max;
  if (kind === "row") return side > 0 ? rows[index]!.max : rows[index]!.min;
  return side > 0 ? upper[index]! : lower[index]!;
}

/** Whether the limit's other side stands at the same level, and so moves with it. */
export function isLevel({ rows, boxes }: PortfolioProblem, { kind, index, box }: PricedLimit): boolean {
  if (kind === "row") return rows[index]!.min === rows[index]!.max;
  return boxes.some(({ name, lower, upper }) => name === box && lower[index] === upper[index]);
}

/** The problem with the limit elsewhere. */
export function withLevel(problem: PortfolioProblem, limit: PricedLimit, level: number): PortfolioProblem {
  const { kind, index, side } = limit;
  const isBoth = isLevel(problem, limit);
  const movesMin = side < 0 || isBoth;
  const movesMax = side > 0 || isBoth;
  if (kind === "size") {
    return { ...problem, sizes: problem.sizes.with(index, { ...problem.sizes[index]!, max: level }) };
  }
  if (kind === "row") {
    const row = problem.rows[index]!;
    const moved = { ...row, min: movesMin ? level : row.min, max: movesMax ? level : row.max };
    return { ...problem, rows: problem.rows.with(index, moved) };
  }
  return {
    ...problem,
    lower: movesMin ? problem.lower.with(index, level) : problem.lower,
    upper: movesMax ? problem.upper.with(index, level) : problem.upper,
  };
}

/** Whether the portfolio uses the limit up, to rounding. */
export function isReached(problem: PortfolioProblem, weights: Float64Array, limit: PricedLimit): boolean {
  const { kind, index } = limit;
  const level = levelOf(problem, limit);
  const use = limitUse(problem, weights);
  const value = kind === "box" ? weights[index]! : kind === "row" ? use.rows[index]! : use.sizes[index]!;
  return Math.abs(value - level) <= REACHED * Math.max(1, Math.abs(level));
}

export const REACHED = 1e-9;

/** What f would lose per unit by which the limit alone is loosened, as if no kink stood at the end of a box. */
export function multiplierOf(
  problem: PortfolioProblem,
  portfolio: PricedPortfolio,
  { kind, index, side }: PricedLimit,
): number {
  const { weights, prices } = portfolio;
  if (kind === "size") return prices.sizes[index]!;
  if (kind === "row") return side * prices.rows[index]!;
  const { onWeights, onTrades } = pressures(problem, prices);
  const pressure = { onWeight: onWeights[index]!, onTrade: onTrades[index]! };
  const inside = side > 0 ? slopeLeftOf : slopeRightOf;
  const w = weights[index]!;
  const at = [0, problem.current[index]!].find((kink) => Math.abs(w - kink) <= REACHED) ?? w;
  return -side * (slopesAt(problem, portfolio)[index]! + inside(problem, index, at, pressure));
}
