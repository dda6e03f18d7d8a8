import { largest, multiple, quotient } from "../../vectors.ts";
import type { PortfolioProblem, PricedPortfolio, RowLimit } from "./problem.ts";

/** The problem in units of its own: weights, slopes and loadings of ordinary size. The units are powers of two, so nothing is rounded. */
export interface UnitProblem {
  readonly problem: PortfolioProblem;
  readonly user: PortfolioProblem;
  /** A weight of 1 here, in the user's units. */
  readonly weight: number;
  /** A slope of 1 here, in the user's units. */
  readonly slope: number;
  /** Of each row: a loading of 1 here, in the user's units. */
  readonly loadings: Float64Array;
  /** A portfolio of the unit problem in the user's units. */
  restore(solution: PricedPortfolio): PricedPortfolio;
  /** A portfolio of the user's in those of the unit problem. */
  adopt(portfolio: PricedPortfolio): PricedPortfolio;
}

/**
 * `size` is about how large the weights are; without it that is guessed from the limits. What the user's problem shares
 * with that of an earlier one in the same units is shared here too.
 */
export function toUnits(user: PortfolioProblem, size?: number, earlier?: UnitProblem): UnitProblem {
  const { weight, slope } = unitsOf(user, size);
  const isAlike = earlier?.weight === weight && earlier.slope === slope;
  const loadings = earlier?.user.rows === user.rows ? earlier.loadings : loadingUnits(user.rows);
  return {
    problem: inUnits(user, { weight, slope, loadings }, isAlike ? earlier : undefined),
    user,
    weight,
    slope,
    loadings,
    restore: ({ weights: w, prices }) => ({
      weights: multiple(w, weight),
      prices: {
        rows: prices.rows.map((value, r) => (value * slope) / loadings[r]!),
        sizes: multiple(prices.sizes, slope),
      },
    }),
    adopt: ({ weights: w, prices }) => ({
      weights: quotient(w, weight),
      prices: {
        rows: prices.rows.map((value, r) => (value * loadings[r]!) / slope),
        sizes: quotient(prices.sizes, slope),
      },
    }),
  };
}

function loadingUnits(rows: readonly RowLimit[]): Float64Array {
  const units = new Float64Array(rows.length);
  for (let r = 0; r < rows.length; r++) units[r] = powerOfTwoNear(largest(rows[r]!.loadings));
  return units;
}

function inUnits(
  user: PortfolioProblem,
  { weight, slope, loadings: units }: Pick<UnitProblem, "weight" | "slope" | "loadings">,
  earlier: UnitProblem | undefined,
): PortfolioProblem {
  const { n, risk, gamma, costs } = user;
  const shared = <Part extends keyof PortfolioProblem>(part: Part): PortfolioProblem[Part] | undefined =>
    earlier?.user[part] === user[part] ? earlier?.problem[part] : undefined;
  return {
    n,
    risk,
    gamma: (gamma * weight) / slope,
    mu: quotient(user.mu, slope),
    current: shared("current") ?? quotient(user.current, weight),
    costs: shared("costs") ?? {
      buy: quotient(costs.buy, slope),
      sell: quotient(costs.sell, slope),
      long: quotient(costs.long, slope),
      short: quotient(costs.short, slope),
      quadratic: quotient(multiple(costs.quadratic, weight), slope),
    },
    lower: shared("lower") ?? quotient(user.lower, weight),
    upper: shared("upper") ?? quotient(user.upper, weight),
    boxes:
      shared("boxes") ??
      user.boxes.map(({ name, lower, upper }) => ({
        name,
        lower: quotient(lower, weight),
        upper: quotient(upper, weight),
      })),
    rows:
      shared("rows") ??
      user.rows.map(({ name, loadings, min, max }, r) => {
        const unit = units[r]!;
        return {
          name,
          loadings: quotient(loadings, unit),
          min: min / (weight * unit),
          max: max / (weight * unit),
        };
      }),
    sizes: shared("sizes") ?? user.sizes.map((size) => ({ ...size, max: size.max / weight })),
  };
}

/** A weight and a slope of ordinary size; their product is an objective of ordinary size. */
export function unitsOf(
  user: PortfolioProblem,
  size: number = expectedScale(user),
): { weight: number; slope: number } {
  const { n, risk, mu, gamma, costs } = user;
  const weight = powerOfTwoNear(size);
  let steepest = 0;
  for (let i = 0; i < n; i++) {
    const curvature = gamma * risk.variances[i]! + costs.quadratic[i]!;
    steepest = Math.max(steepest, curvature * weight, Math.abs(mu[i]!));
  }
  return { weight, slope: powerOfTwoNear(steepest) };
}

/** How large weights are that were found: the larger of themselves and of the limits on them, but no more than expected. */
export function foundScale(
  problem: PortfolioProblem,
  weights: Float64Array,
  expected: number = expectedScale(problem),
): number {
  const { current, lower, upper, sizes } = problem;
  let found = Math.max(largest(weights), largestFinite(lower), largestFinite(upper));
  for (const { of, max } of sizes) {
    if (max < Number.POSITIVE_INFINITY) {
      found = Math.max(found, of === "weights" ? max : largest(current) + max);
    }
  }
  return found > 0 ? Math.min(found, expected) : expected;
}

function largestFinite(ends: Float64Array): number {
  let most = 0;
  for (let i = 0; i < ends.length; i++) {
    const size = Math.abs(ends[i]!);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/** How large the weights are going to be, roughly: what the limits force, or the least of what stops them. */
export function expectedScale(problem: PortfolioProblem): number {
  const { n, risk, mu, gamma, costs, lower, upper, rows, sizes } = problem;
  let forced = 0;
  for (const { loadings, min, max } of rows) {
    const least = leastSize(min, max);
    if (least === 0) continue;
    const most = largest(loadings);
    if (most > 0) forced = Math.max(forced, least / most);
  }
  let widest = 0;
  let natural = 0;
  for (let i = 0; i < n; i++) {
    forced = Math.max(forced, leastSize(lower[i]!, upper[i]!));
    widest = Math.max(widest, Math.abs(lower[i]!), Math.abs(upper[i]!));
    const curvature = gamma * risk.variances[i]! + costs.quadratic[i]!;
    if (curvature > 0) natural = Math.max(natural, Math.abs(mu[i]!) / curvature);
  }
  let stop = Number.POSITIVE_INFINITY;
  if (widest > 0) stop = Math.min(stop, widest);
  if (natural > 0) stop = Math.min(stop, natural);
  for (const { of, max } of sizes) if (of === "weights" && max > 0) stop = Math.min(stop, max);
  const scale = Math.max(forced, stop < Number.POSITIVE_INFINITY ? stop : 0);
  return scale > 0 && scale < Number.POSITIVE_INFINITY ? scale : 1;
}

/** Of the numbers from min to max the least in size. */
function leastSize(min: number, max: number): number {
  return Math.abs(Math.min(Math.max(0, min), max));
}

/** The power of two in (x/2, x]; 1 for 0 and for what is not finite. */
function powerOfTwoNear(x: number): number {
  let power = 1;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return power;
  while (power > x) power /= 2;
  while (power * 2 <= x) power *= 2;
  return power;
}
