import type { PortfolioProblem, PricedPortfolio } from "../problem/problem.ts";
import type { PortfolioMethod } from "../solution.ts";
import { type Certificate, certify } from "./certificate.ts";

/** A proof this good is not improved upon by more work. */
const EXCELLENT = 1e-12;

/** A portfolio with its proof, and how it was found. */
export interface ProvenPortfolio {
  readonly portfolio: PricedPortfolio;
  readonly certificate: Certificate;
  readonly method: PortfolioMethod;
}

/** Of the portfolios that are offered, the one with the smallest gap and violation. */
export class BestProven {
  readonly #problem: PortfolioProblem;
  /** How large the weights are going to be. */
  readonly #expected: number;
  #best: ProvenPortfolio | undefined;

  constructor(problem: PortfolioProblem, expected: number) {
    this.#problem = problem;
    this.#expected = expected;
  }

  get best(): ProvenPortfolio | undefined {
    return this.#best;
  }

  /** How far the best proof is from perfect; ∞ where there is none. */
  get missing(): number {
    return this.#best === undefined ? Number.POSITIVE_INFINITY : distance(this.#best.certificate);
  }

  get isExcellent(): boolean {
    return this.missing <= EXCELLENT;
  }

  /** Whether it is the best so far. Between equals the one that stands exactly on its active set is taken. */
  offer(portfolio: PricedPortfolio, method: PortfolioMethod, isExact: boolean): boolean {
    const certificate = certify(this.#problem, portfolio, { expected: this.#expected });
    if (this.#best !== undefined) {
      const nearer = distance(certificate) - distance(this.#best.certificate);
      const isTie = nearer === 0 || Number.isNaN(nearer);
      if (!(nearer < 0 || (isTie && (isExact || isTidier(certificate, this.#best.certificate)))))
        return false;
    }
    this.#best = { portfolio, certificate, method };
    return true;
  }
}

/** How far a proof is from perfect; rounding does not count. */
function distance({ gap, rounding, relativeGap, relativeViolation }: Certificate): number {
  const most = Math.max(gap <= rounding ? 0 : relativeGap, relativeViolation);
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : Math.max(most, EXCELLENT);
}

/** Of two without a bound: which keeps to the limits better. */
function isTidier(mine: Certificate, theirs: Certificate): boolean {
  return theirs.gap === Number.POSITIVE_INFINITY && mine.relativeViolation < theirs.relativeViolation;
}
