import type { PortfolioProblem } from "../problem/problem.ts";
import { leastRelaxation, NO_PART } from "./least-relaxation.ts";
import { isBox, type LimitSide, limitSides } from "./limit-sides.ts";

/** Limits that miss each other by less, against their size, are taken to meet. */
const MISSED = 1e-8;
const one = (): number => 1;

/** Whether no weights meet all limits. */
export function hasConflict(problem: PortfolioProblem): boolean {
  return leastRelaxation(problem, limitSides(problem), one).cost > MISSED * limitScale(problem);
}

/**
 * A set of sides that cannot hold together, while all but any one of them can; undefined when all can. Pairs are tried
 * first, then triples, for those are what a reader understands; then sides are let go one by one, exposures and groups
 * before net, gross and the box.
 */
export function minimalConflict(problem: PortfolioProblem): readonly LimitSide[] | undefined {
  const scale = limitScale(problem);
  const sides = limitSides(problem);
  const whole = leastRelaxation(problem, sides, one);
  if (!(whole.cost > MISSED * scale)) return undefined;
  const excludes = (some: readonly LimitSide[]): boolean =>
    leastRelaxation(problem, some, one).cost > MISSED * scale;
  const named = sides.filter((_, k) => whole.prices[k]! > NO_PART);
  const involved = excludes(named) ? named : sides;
  const small = [...pairsOf(involved), ...(involved.length <= MOST_FOR_TRIPLES ? triplesOf(involved) : [])];
  const found = small.find((some) => some.length < involved.length && excludes(some));
  if (found !== undefined) return found;
  let kept = [...involved].sort((a, b) => rankOf(problem, a) - rankOf(problem, b));
  for (const side of [...kept]) {
    const rest = kept.filter((other) => other !== side);
    if (excludes(rest)) kept = rest;
  }
  return sides.filter((side) => kept.includes(side));
}

const MOST_FOR_TRIPLES = 8;

function pairsOf(sides: readonly LimitSide[]): LimitSide[][] {
  return sides.flatMap((a, i) => sides.slice(i + 1).map((b) => [a, b]));
}

function triplesOf(sides: readonly LimitSide[]): LimitSide[][] {
  return sides.flatMap((a, i) => pairsOf(sides.slice(i + 1)).map((pair) => [a, ...pair]));
}

/** What is let go first: exposures, then groups, the largest first; net, sizes and the box last. */
function rankOf({ rows, sizes }: PortfolioProblem, side: LimitSide): number {
  const { constraint, kind, index } = side;
  if (constraint.startsWith("exposures.")) return -3e9;
  if (constraint.startsWith("groups.")) {
    const members: ArrayLike<number> = kind === "size" ? sizes[index]!.members : rows[index]!.loadings;
    return -2e9 - Array.from(members).filter((member) => member !== 0).length;
  }
  return isBox(side) ? 0 : -1e9;
}

/** The size of what is limited; at least 1. */
function limitScale({ boxes, rows, sizes }: PortfolioProblem): number {
  let scale = 1;
  const see = (value: number): void => {
    if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
  };
  for (const { lower, upper } of boxes) for (const ends of [lower, upper]) ends.forEach(see);
  for (const { min, max } of rows) for (const end of [min, max]) see(end);
  for (const { max } of sizes) see(max);
  return scale;
}
