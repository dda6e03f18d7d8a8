import { type LimitSide, limitSides } from "../conflict/limit-sides.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import type { ReadSpec } from "../reading/read-spec.ts";
import type { PortfolioConflict } from "../solution.ts";
import { leastVariance } from "./least-variance.ts";

/** Which limits keep the risk above a cap: all but any one of them would let it be met. */
export function volatilityConflict({ problem }: ReadSpec, max: number): PortfolioConflict {
  const least = Math.sqrt(leastVariance(problem).variance);
  let kept = limitSides(problem);
  for (const side of [...kept]) {
    const rest = kept.filter((other) => other !== side);
    if (Math.sqrt(leastVariance(only(problem, rest)).variance) > max) kept = rest;
  }
  const constraints = ["volatility.max", ...kept.map(({ constraint }) => constraint)];
  const message = `volatility.max ${shown(max)} cannot hold with ${list(constraints.slice(1))}: the least volatility within the limits is ${shown(least)}`;
  return {
    constraints,
    message,
    smallestRelaxation: [{ constraint: "volatility.max", by: least - max, from: max, to: least }],
  };
}

/** The problem with no limits but these sides. */
function only(problem: PortfolioProblem, sides: readonly LimitSide[]): PortfolioProblem {
  const { n } = problem;
  const kept = new Set(sides.map(({ constraint }) => constraint));
  const lower = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const boxes = problem.boxes.filter(({ name, ...box }) => {
    const hasMin = kept.has(name) || kept.has(`${name}.min`);
    const hasMax = kept.has(name) || kept.has(`${name}.max`);
    for (let i = 0; i < n; i++) {
      if (hasMin) lower[i] = Math.max(lower[i]!, box.lower[i]!);
      if (hasMax) upper[i] = Math.min(upper[i]!, box.upper[i]!);
    }
    return hasMin || hasMax;
  });
  const rows = problem.rows
    .map((row) => ({
      ...row,
      min: kept.has(`${row.name}.min`) ? row.min : Number.NEGATIVE_INFINITY,
      max: kept.has(`${row.name}.max`) ? row.max : Number.POSITIVE_INFINITY,
    }))
    .filter(({ min, max }) => min > Number.NEGATIVE_INFINITY || max < Number.POSITIVE_INFINITY);
  const sizes = problem.sizes.filter(({ name }) => kept.has(`${name}.max`));
  return { ...problem, lower, upper, boxes, rows, sizes };
}

function list(names: readonly string[]): string {
  if (names.length < 2) return names.join();
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
