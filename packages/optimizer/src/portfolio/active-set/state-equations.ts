import { noPrices, type PortfolioProblem, type PricedPortfolio, type Prices } from "../problem/problem.ts";
import { curvatureProduct } from "../problem/slopes.ts";
import type { ActiveStates } from "./active-states.ts";
import { solveBordered } from "./bordered-solve.ts";
import type { Kinks } from "./kinks.ts";

/** The weight, against the largest curvature, of staying where one was: it makes a singular covariance solvable. */
const PROXIMAL = 1e-8;
/** Without a term in risk it is all there is: the less, the nearer to the limits' own corner. */
const PROXIMAL_WITHOUT_RISK = 1e-12;

/** A definite covariance needs none. */
export function proximalOf({ risk, gamma }: PortfolioProblem): number {
  if (!risk.isDefinite()) return PROXIMAL;
  return gamma > 0 ? 0 : PROXIMAL_WITHOUT_RISK;
}

/** What the free assets' weights and the active limits' prices must meet: [K C; C' 0] [w; m] = [r; limits]. */
export interface StateEquations {
  readonly free: Int32Array;
  /** K = γΣ_FF + diag(shift). */
  readonly shift: Float64Array;
  /** The part of `shift` that holds the weights where they were. */
  readonly delta: number;
  readonly r: Float64Array;
  readonly border: Border;
  /** The weights of the assets at breakpoints; zero for the free. */
  readonly held: Float64Array;
}

/** With `proximal` times the largest curvature for staying at `previous`. */
export function stateEquations(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  previous: PricedPortfolio,
  proximal: number,
): StateEquations {
  const { n, mu, costs, current } = problem;
  const held = new Float64Array(n);
  const free = freeAssets(states);
  for (let i = 0; i < n; i++) {
    const state = states.assets[i]!;
    if (state % 2 === 1) held[i] = kinks.point(i, (state - 1) / 2);
  }
  const pull = curvatureProduct(problem, held);
  const delta = proximal * curvatureScale(problem);
  const f = free.length;
  const shift = new Float64Array(f);
  const r = new Float64Array(f);
  for (let a = 0; a < f; a++) {
    const i = free[a]!;
    const quadratic = costs.quadratic[i]!;
    shift[a] = quadratic + delta;
    r[a] =
      mu[i]! +
      quadratic * current[i]! -
      kinks.cost(i, states.assets[i]! / 2) -
      pull[i]! +
      delta * previous.weights[i]!;
  }
  return { free, shift, delta, r, border: borderOf(problem, kinks, states, free, held), held };
}

/** The portfolio that meets the equations of its states; undefined when the free assets' block has no factor. */
export function solveStates(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  previous: PricedPortfolio,
  proximal: number,
): PricedPortfolio | undefined {
  const equations = stateEquations(problem, kinks, states, previous, proximal);
  const { free, shift, r, border } = equations;
  const solved = problem.risk.withBlock(free, problem.gamma, shift, (block) =>
    solveBordered(
      { block, columns: border.columns, count: border.owners.length },
      r,
      border.limits,
      pricesAsked(border, previous.prices),
    ),
  );
  return solved === undefined ? undefined : portfolioOf(problem, equations, solved);
}

/** The prices of the active limits, in the border's order. */
export function pricesAsked({ owners }: Border, prices: Prices): Float64Array {
  return Float64Array.from(owners, ({ kind, index }) => prices[kind][index]!);
}

/** A solution of the equations, asset by asset and limit by limit. */
export function portfolioOf(
  problem: PortfolioProblem,
  { free, border, held }: StateEquations,
  { w, m }: { w: Float64Array; m: Float64Array },
): PricedPortfolio {
  const weights = held.slice();
  for (let a = 0; a < free.length; a++) weights[free[a]!] = w[a]!;
  const prices = noPrices(problem);
  border.owners.forEach(({ kind, index }, c) => {
    prices[kind][index] = m[c]!;
  });
  return { weights, prices };
}

/** The assets inside a segment. */
export function freeAssets({ assets }: ActiveStates): Int32Array {
  let count = 0;
  for (let i = 0; i < assets.length; i++) if (assets[i]! % 2 === 0) count++;
  const free = new Int32Array(count);
  let a = 0;
  for (let i = 0; i < assets.length; i++) if (assets[i]! % 2 === 0) free[a++] = i;
  return free;
}

export interface Border {
  /** f×c, row-major: what each active limit counts of each free asset. */
  readonly columns: Float64Array;
  /** What the free assets must bring to each active limit. */
  readonly limits: Float64Array;
  readonly owners: readonly { readonly kind: "rows" | "sizes"; readonly index: number }[];
}

/** The active limits, seen from the free assets; `weights` holds those of the others and zero for the free. */
export function borderOf(
  { n, rows, sizes, current }: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  free: Int32Array,
  weights: Float64Array,
): Border {
  const owners: { kind: "rows" | "sizes"; index: number }[] = [];
  states.rows.forEach((state, index) => {
    if (state !== 0) owners.push({ kind: "rows", index });
  });
  states.sizes.forEach((state, index) => {
    if (state === 1) owners.push({ kind: "sizes", index });
  });
  const c = owners.length;
  const columns = new Float64Array(free.length * c);
  const limits = new Float64Array(c);
  owners.forEach(({ kind, index }, column) => {
    if (kind === "rows") {
      const { loadings, min, max } = rows[index]!;
      let rest = states.rows[index]! > 0 ? max : min;
      for (let i = 0; i < n; i++) rest -= loadings[i]! * weights[i]!;
      limits[column] = rest;
      for (let a = 0; a < free.length; a++) columns[a * c + column] = loadings[free[a]!]!;
      return;
    }
    const { of, members, max } = sizes[index]!;
    let rest = max;
    for (let i = 0; i < n; i++) {
      if (members[i] === 0) continue;
      const centre = of === "weights" ? 0 : current[i]!;
      const state = states.assets[i]!;
      if (state % 2 === 1) rest -= Math.abs(weights[i]! - centre);
      else rest += centre * signOf(kinks, of, i, state / 2);
    }
    limits[column] = rest;
    for (let a = 0; a < free.length; a++) {
      const i = free[a]!;
      if (members[i] === 1) columns[a * c + column] = signOf(kinks, of, i, states.assets[i]! / 2);
    }
  });
  return { columns, limits, owners };
}

function signOf(kinks: Kinks, of: "weights" | "trades", i: number, j: number): number {
  return of === "weights" ? kinks.weightSign(i, j) : kinks.tradeSign(i, j);
}

/** The size of the curvature, or 1 where there is none. */
export function curvatureScale({ n, risk, gamma, costs }: PortfolioProblem): number {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, gamma * risk.variances[i]! + costs.quadratic[i]!);
  return most > 0 ? most : 1;
}
