import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { optimizePortfolio, type PortfolioSolution } from "../../../src/index.ts";
import { type RandomPortfolio, randomPortfolio } from "../random-portfolios.ts";
import { type StoredPortfolios, specOf } from "../stored-portfolios.ts";
import type { RandomClass } from "./random-classes.ts";

export const METHODS = ["auto", "native", "interior-point", "osqp"] as const;
export type Method = (typeof METHODS)[number];

/** How often a method ended optimal, and the furthest that its objective was from what it should be, relative. */
export interface MethodCount {
  readonly optimal: number;
  readonly worst: number;
}

export interface GoldenCount {
  readonly assets: number;
  readonly cases: number;
  readonly methods: Readonly<Record<Method, MethodCount>>;
}

export interface RandomCount extends RandomClass {
  /** Problems whose covariance is singular. */
  readonly singular: number;
  readonly optimal: number;
  readonly unbounded: number;
  /** Seeds that ended otherwise, or unbounded though every weight has two ends. */
  readonly failed: readonly number[];
  readonly worstGap: number;
  readonly worstViolation: number;
  readonly median: number;
}

export interface AgreementCount {
  readonly problems: number;
  readonly methods: Readonly<Record<Method, MethodCount>>;
}

/** A gap below this, where rates and weights are of ordinary size, is rounding: that of doing nothing is of no other size. */
const ROUNDING = 1e-14;
const PROVEN = 1e-9;

/** The certified optima beside the project; undefined where that folder is absent. */
export function goldenCounts(): GoldenCount[] | undefined {
  const folder = fileURLToPath(new URL("../../../../../../shared/golden/qp/", import.meta.url));
  if (!existsSync(folder)) return undefined;
  return [6, 20, 50, 200].map((assets) => {
    const truth: StoredPortfolios = JSON.parse(readFileSync(`${folder}portfolio-${assets}.json`, "utf8"));
    return {
      assets,
      cases: truth.cases.length,
      methods: counted((method) =>
        truth.cases.map((item) => {
          const solution = optimizePortfolio({ ...specOf(truth, item), method });
          const { objective } = item.optimum;
          const error = Math.abs(-solution.objective - objective) / Math.max(1, Math.abs(objective));
          return { solution, error };
        }),
      ),
    };
  });
}

/** Random problems by `auto`. */
export function randomCount(kind: RandomClass): RandomCount {
  const failed: number[] = [];
  const sizes: number[] = [];
  let [singular, optimal, unbounded, worstGap, worstViolation] = [0, 0, 0, 0, 0];
  for (let seed = kind.from; seed < kind.from + kind.count; seed++) {
    const problem = randomPortfolio(seed, kind.mostAssets);
    const solution = optimizePortfolio(problem.spec);
    sizes.push(problem.feasible.length);
    if (!problem.isDefinite) singular++;
    if (solution.status === "unbounded" && !problem.isBounded) unbounded++;
    else if (!isProven(solution)) failed.push(seed);
    else {
      optimal++;
      if (solution.certifiedGap > ROUNDING) worstGap = Math.max(worstGap, solution.relativeGap);
      worstViolation = Math.max(worstViolation, solution.violation);
    }
  }
  const median = sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)]!;
  return { ...kind, singular, optimal, unbounded, failed, worstGap, worstViolation, median };
}

function isProven({ status, certifiedGap, relativeGap, violation }: PortfolioSolution): boolean {
  const isTight = relativeGap <= PROVEN || certifiedGap <= ROUNDING;
  return status === "optimal" && isTight && violation <= PROVEN;
}

/** Every method on the same bounded problems, against `auto`. */
export function agreementCount({ mostAssets, count, from }: RandomClass): AgreementCount {
  const problems = Array.from({ length: count }, (_, k) => randomPortfolio(from + k, mostAssets)).filter(
    ({ isBounded }) => isBounded,
  );
  const best = problems.map(({ spec }) => optimizePortfolio(spec));
  return {
    problems: problems.length,
    methods: counted((method) =>
      problems.map(({ spec }, k) => {
        const solution = optimizePortfolio({ ...spec, method });
        const error = Math.abs(solution.objective - best[k]!.objective) / sizeOf(spec, best[k]!);
        return { solution, error };
      }),
    ),
  };
}

/** The size of what an objective is summed from; of next to nothing, what is ordinary. */
function sizeOf(
  { objective: { riskAversion } }: RandomPortfolio["spec"],
  { expectedReturn, volatility, objective }: PortfolioSolution,
): number {
  return Math.max(
    1e-6,
    Math.abs(expectedReturn) + riskAversion * volatility * volatility + Math.abs(objective),
  );
}

function counted(
  solve: (method: Method) => { solution: PortfolioSolution; error: number }[],
): Record<Method, MethodCount> {
  const of = (method: Method): MethodCount => {
    const proven = solve(method).filter(({ solution }) => solution.status === "optimal");
    return { optimal: proven.length, worst: proven.reduce((most, { error }) => Math.max(most, error), 0) };
  };
  return {
    auto: of("auto"),
    native: of("native"),
    "interior-point": of("interior-point"),
    osqp: of("osqp"),
  };
}
