import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { Settled } from "./active-set/settled.ts";
import { type ReadSpec, readSpec } from "./reading/read-spec.ts";
import type { PortfolioSolution } from "./solution.ts";
import { solveSpec } from "./solve-spec.ts";
import type { PortfolioSpec } from "./spec.ts";

/** What may change from one solve to the next: everything but the assets and their covariance. */
export type PortfolioChanges = Partial<Omit<PortfolioSpec, "assets" | "covariance" | "method">>;

const CHANGES = ["expectedReturns", "currentWeights", "objective", "constraints", "costs"];

/**
 * One universe, solved again and again: what changes is given to {@link solve}, the rest stays, and each solve begins
 * from the active set of the last. The answers are those of {@link optimizePortfolio}, found in a few steps.
 *
 * @throws QuantError as {@link optimizePortfolio} does.
 */
export class PortfolioOptimizer {
  #spec: PortfolioSpec;
  #read: ReadSpec;
  #settled: Settled | undefined;

  constructor(spec: PortfolioSpec) {
    this.#read = readSpec(spec, { outlives: true });
    this.#spec = { ...spec };
  }

  /** Solves with the changes, which stay for the solves that follow. A field given replaces the whole field. */
  solve(changes: PortfolioChanges = {}): PortfolioSolution {
    requireKnownOptions(changes, CHANGES, "changes");
    const spec = { ...this.#spec, ...changes };
    const read = readSpec(spec, {
      risk: this.#read.problem.risk,
      earlier: { read: this.#read, changes },
    });
    this.#spec = spec;
    this.#read = read;
    const { solution, settled } = solveSpec(read, this.#settled);
    this.#settled = settled ?? this.#settled;
    return solution;
  }
}
