import type { PortfolioProblem, RowLimit } from "../problem/problem.ts";

/**
 * The box with its open ends closed where sizes or rows imply an end: |w_i| ≤ max, |w_i − w0_i| ≤ max, and from each
 * row what the others leave to an asset. Never narrower than what the limits allow.
 */
export function impliedBox(problem: PortfolioProblem): Box {
  if (isClosed(problem)) return problem;
  const box = { lower: problem.lower.slice(), upper: problem.upper.slice() };
  const { lower, upper } = box;
  for (const { of, members, max } of problem.sizes) {
    for (let i = 0; i < lower.length; i++) {
      if (members[i] === 0) continue;
      const centre = of === "weights" ? 0 : problem.current[i]!;
      if (lower[i] === Number.NEGATIVE_INFINITY) lower[i] = Math.min(centre - max, upper[i]!);
      if (upper[i] === Number.POSITIVE_INFINITY) upper[i] = Math.max(centre + max, lower[i]!);
    }
  }
  for (const row of problem.rows) if (!isClosed(box)) closeByRow(row, lower, upper);
  return box;
}

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

function isClosed({ lower, upper }: Box): boolean {
  for (let i = 0; i < lower.length; i++) {
    if (!(Number.isFinite(lower[i]!) && Number.isFinite(upper[i]!))) return false;
  }
  return true;
}

/** a_i w_i lies between what the row asks and the most that the other assets can bring. */
function closeByRow({ loadings, min, max }: RowLimit, lower: Float64Array, upper: Float64Array): void {
  const least = sumOfAllButOne(loadings, (a, i) => (a > 0 ? a * lower[i]! : a * upper[i]!));
  const greatest = sumOfAllButOne(loadings, (a, i) => (a > 0 ? a * upper[i]! : a * lower[i]!));
  const before = { lower: lower.slice(), upper: upper.slice() };
  for (let i = 0; i < loadings.length; i++) {
    const a = loadings[i]!;
    if (a === 0) continue;
    const most = (max - least(i)) / a;
    const fewest = (min - greatest(i)) / a;
    const [low, high] = a > 0 ? [fewest, most] : [most, fewest];
    // rounding may cross the ends of a set of one point
    if (before.lower[i] === Number.NEGATIVE_INFINITY && low <= before.upper[i]!) lower[i] = low;
    if (before.upper[i] === Number.POSITIVE_INFINITY && high >= before.lower[i]!) upper[i] = high;
  }
}

/** The sum of terms without one of them: infinite when another is. */
function sumOfAllButOne(
  loadings: Float64Array,
  term: (a: number, i: number) => number,
): (without: number) => number {
  let sum = 0;
  let infinity = 0;
  let infinite = 0;
  const terms = loadings.map((a, i) => (a === 0 ? 0 : term(a, i)));
  for (const value of terms) {
    if (Number.isFinite(value)) sum += value;
    else {
      infinite++;
      infinity = value;
    }
  }
  return (without) => {
    const own = terms[without]!;
    if (Number.isFinite(own)) return infinite > 0 ? infinity : sum - own;
    return infinite > 1 ? infinity : sum;
  };
}
