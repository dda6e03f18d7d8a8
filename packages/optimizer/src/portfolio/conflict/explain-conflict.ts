import type { PortfolioProblem } from "../problem/problem.ts";
import type { PortfolioConflict, RelaxedLimit } from "../solution.ts";
import { leastRelaxation } from "./least-relaxation.ts";
import { directionOf, isBox, type LimitSide, limitOf, limitSides } from "./limit-sides.ts";
import { minimalConflict } from "./minimal-conflict.ts";

/** The price of a limit that is to be kept, against 1 for one that may give way. */
const KEPT = 1e4;
/** What rounding leaves of no relaxation. */
const NONE = 1e-8;

/** Which limits cannot hold together, in words, and how little would have to give; undefined when all can. */
export function explainConflict(
  problem: PortfolioProblem,
  names: readonly string[],
): PortfolioConflict | undefined {
  const conflict = minimalConflict(problem);
  if (conflict === undefined) return undefined;
  const sides = limitSides(problem);
  const smallestRelaxation = conflict
    .flatMap((side): RelaxedLimit[] => {
      const by = aloneBy(problem, sides, side);
      return by === undefined ? [] : [relaxed(problem, side, by)];
    })
    .sort((a, b) => relativeSize(a) - relativeSize(b));
  const total = totalOf(problem, sides);
  return {
    constraints: conflict.map(({ constraint }) => constraint),
    message: messageOf(problem, names, conflict, smallestRelaxation),
    smallestRelaxation,
    ...(total !== undefined && { total }),
  };
}

/** A change against what is changed, to the digits that a solve is sure of: equals keep their order. */
function relativeSize({ by, from = 1 }: RelaxedLimit): number {
  return Number((by / Math.max(Number.MIN_VALUE, Math.abs(from))).toPrecision(6));
}

/** By how much this side alone must give way, all others kept; undefined when that does not help. */
function aloneBy(
  problem: PortfolioProblem,
  sides: readonly LimitSide[],
  side: LimitSide,
): number | undefined {
  const { amounts } = leastRelaxation(problem, sides, (other) =>
    other === side || same(other, side) ? 1 : KEPT,
  );
  const others = amounts.some((amount, k) => amount > NONE && !same(sides[k]!, side));
  return others ? undefined : amounts[sides.findIndex((other) => same(other, side))];
}

/** The least sum of relaxations with the box kept; undefined when the box must give way. */
function totalOf(problem: PortfolioProblem, sides: readonly LimitSide[]): number | undefined {
  const { amounts } = leastRelaxation(problem, sides, (side) => (isBox(side) ? KEPT : 1));
  if (sides.some((side, k) => isBox(side) && amounts[k]! > NONE)) return undefined;
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function same(a: LimitSide, b: LimitSide): boolean {
  return a.constraint === b.constraint;
}

function relaxed(problem: PortfolioProblem, side: LimitSide, by: number): RelaxedLimit {
  const from = limitOf(problem, side);
  return {
    constraint: side.constraint,
    by,
    ...(from !== undefined && { from, to: from + directionOf(side) * by }),
  };
}

function messageOf(
  problem: PortfolioProblem,
  names: readonly string[],
  conflict: readonly LimitSide[],
  relaxations: readonly RelaxedLimit[],
): string {
  const { boundsInvolved } = leastRelaxation(problem, conflict, () => 1);
  const named = conflict.map((side) => {
    const limit = limitOf(problem, side);
    return limit === undefined
      ? boundsNamed(problem, names, side, boundsInvolved.get(side)!)
      : `${side.constraint} ${shown(limit)}`;
  });
  const list = `${named.slice(0, -1).join(", ")} and ${named[named.length - 1]}`;
  const ways = relaxations.map(({ constraint, to, by }) =>
    to === undefined ? `each bound of ${constraint} moved by ${shown(by)}` : `${constraint} of ${shown(to)}`,
  );
  if (ways.length === 0)
    return `${list} cannot hold together, and no single one of them could give way enough`;
  return `${list} cannot hold together; enough would be ${ways.join(", or ")}`;
}

/** The bounds of a few assets by name and number, of more by name. */
function boundsNamed(
  { boxes }: PortfolioProblem,
  names: readonly string[],
  { constraint, kind, index }: LimitSide,
  assets: readonly number[],
): string {
  const { lower, upper } = boxes[index]!;
  if (assets.length === 0) return constraint;
  if (assets.length <= 2) {
    const at = (i: number): number =>
      kind === "participation" ? (upper[i]! - lower[i]!) / 2 : (kind === "weights-min" ? lower : upper)[i]!;
    return assets.map((i) => `${constraint}[${names[i]}] ${shown(at(i))}`).join(" with ");
  }
  const first = assets.slice(0, 3).map((i) => names[i]);
  const more = assets.length - first.length;
  return `${constraint} of ${first.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** At most six digits: a relaxation is known to no more than its solve. */
function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
