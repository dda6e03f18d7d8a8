import { solveQp } from "../qp/solve-qp.ts";
import { scratch } from "../scratch.ts";
import { largest } from "../vectors.ts";
import { type ActiveStates, coldStates, statesOf } from "./active-set/active-states.ts";
import { Kinks } from "./active-set/kinks.ts";
import { type NewtonOptions, solveByNewton } from "./active-set/newton-active-set.ts";
import { alongPiece, type Piece } from "./active-set/piece.ts";
import { type Settled, settledUnder } from "./active-set/settled.ts";
import { type Start, uncorrelatedStart } from "./active-set/uncorrelated-start.ts";
import { hasConflict } from "./conflict/minimal-conflict.ts";
import { epigraphForm } from "./epigraph.ts";
import type { BarrierPoint } from "./interior-point/barrier-residuals.ts";
import { solveByInteriorPoint } from "./interior-point/interior-point.ts";
import { noPrices, type PortfolioProblem, type PricedPortfolio } from "./problem/problem.ts";
import { expectedScale, toUnits, type UnitProblem } from "./problem/units.ts";
import { BestProven, type ProvenPortfolio } from "./proof/best-proven.ts";
import { unboundedDirection } from "./proof/unboundedness.ts";
import type { PortfolioMethod } from "./solution.ts";

/** The best portfolio found, with its proof. */
export interface SolvedPortfolio extends ProvenPortfolio {
  readonly iterations: number;
  /** Where a changed problem may begin; undefined when the active set did not settle. */
  readonly settled: Settled | undefined;
}

/** What the interior point is asked for: what the active set may begin from, then what it can, and then all there is. */
const TOLERANCES: readonly number[] = [1e-2, 1e-4, 1e-7, 1e-10];
/** Nothing but the limits holds the portfolio of a linear program: its active set shows itself later. */
const TOLERANCES_WITHOUT_RISK: readonly number[] = TOLERANCES.slice(1);
/** A proof worse than this is worth another method; worse than the next, there may be none to be had. */
const WELL_PROVEN = 1e-10;
const NEAR = 1e-3;
/** A pull of the proximal term that no proof can see. */
const NO_PULL = 1e-17;
/** How long the active set is given: from nothing, and from nearby. */
const COLD: NewtonOptions = { mostSteps: 60 };
const WARM: NewtonOptions = { mostSteps: 25 };
/** The weight, against the largest curvature, of a proximal term that makes any Σ definite. */
const SOFTENED = 0.1;
/** Weights this many times their unit, or so small a part of it, ask for another. */
const FAR = 64;
/** Weights of this part of what was expected are none; of its inverse, a path that led astray. */
const NOTHING = 1e-15;
const MOST_UNITS = 4;

/**
 * Solves a feasible problem. By `auto`: from an earlier answer's active set if there is one, else from nothing, by the
 * active set alone; where that does not prove itself, by the interior point and the active set it points to; where a
 * proof is left wanting, as a quadratic program. The proof decides which candidate is returned.
 */
export function solvePortfolio(
  user: PortfolioProblem,
  method: PortfolioMethod | "auto",
  earlier?: Settled,
): SolvedPortfolio {
  const search = new Search(user, earlier);
  if (method === "osqp") search.bySplitting();
  else if (method === "interior-point") search.byInteriorPoint();
  else {
    if (earlier !== undefined) search.warm(earlier);
    const isDefinite = user.gamma > 0 && user.risk.isDefinite();
    const budget = method === "native" ? COLD : trialOf(user);
    if (!search.isExcellent && user.gamma > 0 && !isDefinite) search.softened(budget);
    if (!search.isExcellent && (isDefinite || method === "native")) search.cold(budget);
    if (!search.isExcellent && method === "auto") search.byRest();
    if (!search.isExcellent && method === "auto") search.byInteriorPoint();
    if (method === "auto" && search.isOpen) search.bySplitting();
  }
  return search.result();
}

/** The methods, each of which offers what it finds. */
class Search {
  readonly #user: PortfolioProblem;
  readonly #earlier: Settled | undefined;
  readonly #found: BestProven;
  #units: UnitProblem;
  #kinks: Kinks;
  /** In the user's units. */
  #userKinks: Kinks | undefined;
  #iterations = 0;
  #settled: Settled | undefined;

  constructor(user: PortfolioProblem, earlier: Settled | undefined) {
    this.#user = user;
    this.#earlier = earlier;
    const expected = expectedScale(user);
    this.#found = new BestProven(user, expected);
    this.#units = toUnits(user, expected, earlier?.units);
    this.#kinks = Kinks.of(this.#units.problem, earlier?.unitKinks);
  }

  get isExcellent(): boolean {
    return this.#found.isExcellent;
  }

  /** Short of a good proof though there is one: near to it, or far from it while limits agree and end the gain. */
  get isOpen(): boolean {
    const { missing } = this.#found;
    if (missing <= WELL_PROVEN) return false;
    return missing <= NEAR || !(hasConflict(this.#user) || unboundedDirection(this.#user) !== undefined);
  }

  warm(earlier: Settled): void {
    // states are numbers of breakpoints, and so the same in any units
    const ahead = alongPiece(earlier, this.#user);
    if (ahead !== undefined) {
      this.byActiveSet(earlier.states, this.#units.adopt(ahead), WARM, "native", earlier.piece);
      return;
    }
    const { states, portfolio } = settledUnder(this.#user, this.#kinksOfUser(), earlier);
    this.byActiveSet(states, this.#units.adopt(portfolio), WARM);
  }

  cold(budget: NewtonOptions): void {
    const { states, portfolio } = this.#start();
    this.byActiveSet(states, portfolio, budget);
  }

  /** Where Σ is singular: first as if it were not, which comes near enough for the rest to be a few steps, or none. */
  softened(budget: NewtonOptions): void {
    const { states, portfolio } = this.#start();
    const soft = solveByNewton(this.#units.problem, this.#kinks, states, portfolio, {
      ...budget,
      proximal: SOFTENED,
      pull: Number.POSITIVE_INFINITY,
    });
    this.#iterations += soft.steps;
    if (soft.settled) this.byActiveSet(soft.states, soft.portfolio, budget);
  }

  #start(): Start {
    const { problem } = this.#units;
    return (
      uncorrelatedStart(problem, this.#kinks) ?? {
        states: coldStates(problem, this.#kinks),
        portfolio: zeroPortfolio(problem),
      }
    );
  }

  #kinksOfUser(): Kinks {
    this.#userKinks ??= Kinks.of(this.#user, this.#earlier?.kinks);
    return this.#userKinks;
  }

  /** `from` lies on the piece, if one is given, and so needs no solve where it contradicts nothing. */
  byActiveSet(
    states: ActiveStates,
    from: PricedPortfolio,
    budget: NewtonOptions,
    method: PortfolioMethod = "native",
    piece?: Piece,
  ): void {
    const { problem } = this.#units;
    let result = solveByNewton(problem, this.#kinks, states, from, {
      ...budget,
      isSolved: piece !== undefined,
    });
    this.#iterations += result.steps;
    let isBest = this.#offer(result.portfolio, method, result.settled);
    if (result.settled && !this.isExcellent) {
      result = solveByNewton(problem, this.#kinks, result.states, result.portfolio, {
        ...budget,
        pull: NO_PULL,
      });
      this.#iterations += result.steps;
      isBest = this.#offer(result.portfolio, method, result.settled) || isBest;
    }
    if (!isBest || !result.settled) return;
    const { portfolio } = this.#found.best!;
    this.#settled = {
      problem: this.#user,
      kinks: this.#kinksOfUser(),
      units: this.#units,
      unitKinks: this.#kinks,
      states: result.states,
      portfolio,
      ...(piece !== undefined && result.states === states && { piece }),
    };
  }

  /** Where doing nothing is best, on a face of equals, no method gets nearer than it is. */
  byRest(): void {
    this.#offer(zeroPortfolio(this.#units.problem), "native", true);
  }

  /** Where the weights come out far from the size that was expected, once more in units of their own size. */
  byInteriorPoint(): void {
    const expected = this.#units.weight;
    for (let round = 1; round <= MOST_UNITS; round++) {
      const size = this.#alongPath();
      const change = (size * this.#units.weight) / expected;
      if (this.isExcellent || !(change > NOTHING && change < 1 / NOTHING)) return;
      if (size < FAR && size > 1 / FAR) return;
      this.#units = toUnits(this.#user, size * this.#units.weight);
      this.#kinks = new Kinks(this.#units.problem);
    }
  }

  /** The largest weight at the end of the path, which ends where the active set can do the rest. */
  #alongPath(): number {
    const { problem } = this.#units;
    let from: BarrierPoint | undefined;
    let size = 0;
    const tolerances = problem.gamma > 0 ? TOLERANCES : TOLERANCES_WITHOUT_RISK;
    for (const tolerance of tolerances) {
      const { portfolio, iterations, end } = solveByInteriorPoint(problem, tolerance, from);
      this.#iterations += iterations;
      const isLast = end === undefined || tolerance === tolerances.at(-1);
      const states = statesOf(problem, this.#kinks, portfolio);
      this.byActiveSet(states, portfolio, isLast ? WARM : trialOf(problem), "interior-point");
      size = largest(portfolio.weights);
      if (this.isExcellent) break;
      this.#offer(portfolio, "interior-point", false);
      if (end === undefined) break;
      from = end;
    }
    return size;
  }

  bySplitting(): void {
    const { problem } = this.#units;
    if (isCrossed(problem)) return;
    const form = epigraphForm(problem);
    const { x, y, info } = solveQp(form.qp, { accurate: true });
    this.#iterations += info.iterations;
    if (!x.every(Number.isFinite)) return;
    const portfolio = form.portfolio(x, y);
    this.#offer(portfolio, "osqp", false);
    this.byActiveSet(statesOf(problem, this.#kinks, portfolio), portfolio, WARM, "osqp");
  }

  /** Whether the candidate is the best so far; once more without prices that may be none, if that proves more. */
  #offer(candidate: PricedPortfolio, method: PortfolioMethod, isExact: boolean): boolean {
    const { problem, restore } = this.#units;
    const offered = (least: number): boolean =>
      this.#found.offer(restore(tidied(problem, candidate, least)), method, isExact);
    const isBest = offered(ROUNDED_PRICE);
    return (!this.isExcellent && offered(DOUBTFUL_PRICE)) || isBest;
  }

  result(): SolvedPortfolio {
    if (this.#found.best === undefined) this.byRest();
    return { ...this.#found.best!, iterations: this.#iterations, settled: this.#settled };
  }
}

/** How long the active set is given where there is another way, which is the dearer the more assets there are. */
function trialOf({ n }: PortfolioProblem): NewtonOptions {
  return { ...COLD, patience: 4 + Math.floor(n / 32) };
}

/** Whether no number lies between a min and its max: then there is no program to solve. */
function isCrossed({ lower, upper, rows }: PortfolioProblem): boolean {
  return rows.some(({ min, max }) => isEmpty(min, max)) || lower.some((end, i) => isEmpty(end, upper[i]!));
}

function isEmpty(min: number, max: number): boolean {
  return !(min <= max) || min === Number.POSITIVE_INFINITY || max === Number.NEGATIVE_INFINITY;
}

/** w = 0, clipped into the box. */
function zeroPortfolio(problem: PortfolioProblem): PricedPortfolio {
  const weights = problem.lower.map((end, i) => Math.min(Math.max(0, end), problem.upper[i]!));
  return { weights, prices: noPrices(problem) };
}

/** A multiplier below this, where slopes are of size 1, is rounding; below that, it may be what a solve left of none. */
const ROUNDED_PRICE = 1e-15;
const DOUBTFUL_PRICE = 1e-10;

/** Takes back what rounding, or an unfinished solve, left outside the box, and multipliers that are no more than `least`. */
function tidied(
  { n, lower, upper }: PortfolioProblem,
  { weights: found, prices }: PricedPortfolio,
  least: number,
): PricedPortfolio {
  const weights = scratch(n);
  for (let i = 0; i < n; i++) weights[i] = Math.min(Math.max(found[i]!, lower[i]!), upper[i]!);
  return {
    weights,
    prices: {
      rows: prices.rows.map((eta) => (Math.abs(eta) > least ? eta : 0)),
      sizes: prices.sizes.map((price) => (price > least ? price : 0)),
    },
  };
}
