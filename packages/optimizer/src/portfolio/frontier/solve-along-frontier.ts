import { largest } from "../../vectors.ts";
import type { Settled } from "../active-set/settled.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import { certify, isOptimal } from "../proof/certificate.ts";
import { inWords } from "../proof/unboundedness.ts";
import type { FrontierAim, ReadSpec } from "../reading/read-spec.ts";
import { varianceOf } from "../risk/risk-model.ts";
import type { PortfolioSolution } from "../solution.ts";
import { solutionOf, withoutPortfolio } from "../solution-of.ts";
import { type SolvedPortfolio, solvePortfolio } from "../solve-portfolio.ts";
import type { SpecAnswer } from "../solve-spec.ts";
import { atBestRatio, atVolatility } from "./frontier-goals.ts";
import { type FrontierPoint, type FrontierSearch, missing, rewardOf } from "./frontier-point.ts";
import { type FrontierRoot, frontierRoot, ordinaryT } from "./frontier-root.ts";
import { leastRiskOfMost } from "./least-risk-of-most.ts";
import { leastVariance } from "./least-variance.ts";
import { mostReward } from "./most-reward.ts";
import { volatilityConflict } from "./volatility-conflict.ts";

/** A variance below this part of (Σσ|w|)² is what rounding leaves of none. */
const NO_RISK = 1e-13;
/** The limit on volatility holds with equality to this part of it. */
const HOLDS = 1e-9;
/** A reward above −this, relative, is not negative. */
const NO_LOSS = 1e-12;
/** A 1/γ this many times an ordinary one is without end. */
const FAR = 1e9;
/** Weights below this part of the largest have no part in a direction. */
const NO_PART = 1e-6;

/** The best ratio of return to risk, or the best portfolio within a cap on volatility. */
export function solveAlongFrontier(read: ReadSpec, aim: FrontierAim, earlier?: Settled): SpecAnswer {
  const search: FrontierSearch = { problem: read.problem, method: read.method };
  return aim.isRatio ? bestRatio(read, search, aim, earlier) : bestWithin(read, search, aim, earlier);
}

function bestWithin(
  read: ReadSpec,
  search: FrontierSearch,
  { volatilityMax }: FrontierAim,
  earlier: Settled | undefined,
): SpecAnswer {
  const { gamma } = read.problem;
  const solved = solvePortfolio(read.problem, read.method, earlier);
  const solution = solutionOf(read, solved, true);
  if (solution.status !== "optimal" && solution.status !== "unbounded")
    return { solution, settled: solved.settled };
  if (solution.status === "optimal" && solution.volatility <= volatilityMax) {
    return { solution, settled: solved.settled };
  }
  const start = { t: gamma > 0 ? 1 / gamma : startingT(search, earlier), settled: solved.settled ?? earlier };
  const root = capRoot(search, volatilityMax, start);
  return capAnswer(read, root, volatilityMax);
}

/** Where the frontier reaches the volatility; it ends there where no risk is that small, or no return that dear. */
export function capRoot(
  search: FrontierSearch,
  volatilityMax: number,
  start: { t: number; settled: Settled | undefined },
): FrontierRoot {
  const target = volatilityMax * volatilityMax;
  let least: number | undefined;
  return frontierRoot(
    search,
    atVolatility(volatilityMax, (point) => {
      if (point.variance < target) return isOptimal(certify(search.problem, point.solved.portfolio));
      least ??= leastVariance(search.problem).variance;
      return least > target;
    }),
    start,
  );
}

/** The best portfolio within the cap, from where the search ended. */
export function capAnswer(
  read: ReadSpec,
  { point, outcome, iterations }: FrontierRoot,
  volatilityMax: number,
): SpecAnswer {
  const { solved, problem } = point;
  const { settled } = solved;
  const { gamma } = read.problem;
  if (outcome === "unproven") return { solution: solutionOf({ ...read, problem }, solved), settled };
  if (outcome === "ended" && point.variance > volatilityMax * volatilityMax) {
    const conflict = volatilityConflict(read, volatilityMax);
    return {
      solution: { ...withoutPortfolio(read, "infeasible", conflict.message, solved), conflict },
      settled,
    };
  }
  // for any feasible w: utility ≤ ½(γ − γ₀) max² + the best of R − ½γV
  const pressure = outcome === "met" ? problem.gamma - gamma : 0;
  const slack = volatilityMax * volatilityMax - point.variance;
  const f = 0.5 * gamma * point.variance - point.reward;
  const solution = solutionOf(
    { ...read, problem, toObjective: () => read.toObjective(f) },
    { ...missing(point, 0.5 * pressure * Math.max(0, slack)), iterations },
  );
  return { solution: withCap(solution, volatilityMax, pressure * volatilityMax), settled };
}

function bestRatio(
  read: ReadSpec,
  search: FrontierSearch,
  { volatilityMax }: FrontierAim,
  earlier: Settled | undefined,
): SpecAnswer {
  const free = risklessGain(search);
  if (free !== undefined) return { solution: withoutEnd(read, free), settled: earlier };
  const far = FAR * ordinaryT(search);
  let most: SolvedPortfolio | undefined;
  const nothingEarns = (): boolean => {
    most ??= solvePortfolio({ ...search.problem, gamma: 0 }, search.method);
    return isOptimal(most.certificate) && !earns(search, most);
  };
  const root = frontierRoot(
    search,
    atBestRatio((point) => point.t > far || (!earnsAt(search, point) && nothingEarns())),
    { t: startingT(search, earlier), settled: earlier },
  );
  const { point, outcome, iterations } = root;
  const { settled } = point.solved;
  if (outcome === "unproven") {
    return { solution: solutionOf({ ...read, problem: point.problem }, point.solved), settled };
  }
  if (!earnsAt(search, point) && nothingEarns()) {
    return { solution: leastBad(read, search, most!, volatilityMax), settled };
  }
  if (outcome === "ended") return { solution: neverReached(read, point), settled };
  if (point.variance > volatilityMax * volatilityMax) {
    return ratioUnderCap(read, capRoot(search, volatilityMax, { t: point.t, settled }), volatilityMax);
  }
  return { solution: ratioSolution(read, point, iterations, true), settled };
}

function ratioUnderCap(read: ReadSpec, root: FrontierRoot, volatilityMax: number): SpecAnswer {
  const { point, outcome, iterations } = root;
  if (outcome !== "met") return capAnswer(read, root, volatilityMax);
  const solution = ratioSolution(read, point, iterations, false);
  const price = point.problem.gamma - point.reward / point.variance;
  return { solution: withCap(solution, volatilityMax, Math.max(0, price)), settled: point.solved.settled };
}

/** For any feasible w: R ≤ γ w*'Σw + gap + |R* − γV*|, and w*'Σw ≤ √V* √V. */
function ratioSolution(
  read: ReadSpec,
  point: FrontierPoint,
  iterations: number,
  isFree: boolean,
): PortfolioSolution {
  const { problem, reward, variance } = point;
  const volatility = Math.sqrt(variance);
  const missed = isFree ? Math.abs(reward - problem.gamma * variance) : 0;
  return solutionOf(
    {
      ...read,
      problem,
      toObjective: () => reward / volatility,
      toGap: (gap) => gap / volatility,
      toPrice: (multiplier) => multiplier / volatility,
    },
    { ...missing(point, missed), iterations },
  );
}

function withoutEnd(read: ReadSpec, solved: SolvedPortfolio): PortfolioSolution {
  const reward = rewardOf(read.problem, solved.portfolio.weights);
  const message = `nothing ends the Sharpe ratio: a portfolio within the limits earns ${shown(reward)} after costs and carries no risk by this covariance`;
  return withoutPortfolio({ ...read, toObjective: (f) => -f }, "unbounded", message, solved);
}

/** The ratio rises for ever as weights grow, towards one that no portfolio has. */
function neverReached(read: ReadSpec, { solved, reward, variance }: FrontierPoint): PortfolioSolution {
  const ratio = reward / Math.sqrt(variance);
  const size = largest(solved.portfolio.weights);
  const direction = solved.portfolio.weights.map((w) => (Math.abs(w) > NO_PART * size ? w / size : 0));
  const message = `the Sharpe ratio comes nearer to ${shown(ratio)} the more weight is held ${inWords(direction, read.names)}, and never gets there; a gross limit would end that, or bounds on these weights`;
  return { ...withoutPortfolio(read, "unbounded", message, solved), objective: ratio };
}

/** No portfolio earns anything: of those that lose least the one of least risk, its ratio stated, with the reason. */
function leastBad(
  read: ReadSpec,
  search: FrontierSearch,
  most: SolvedPortfolio,
  volatilityMax: number,
): PortfolioSolution {
  const point = leastRiskOfMost(search, most);
  const problem = { ...read.problem, gamma: 0 };
  const { weights } = point?.solved.portfolio ?? most.portfolio;
  const portfolio = { weights, prices: most.portfolio.prices };
  const reward = rewardOf(problem, weights);
  const volatility = Math.sqrt(Math.max(0, varianceOf(problem.risk, weights)));
  const message = `no portfolio within the limits earns more than the risk-free rate after costs: the best earns ${shown(reward)} in excess of it`;
  if (point !== undefined && volatility > volatilityMax) {
    const root = capRoot(search, volatilityMax, { t: point.t, settled: point.solved.settled });
    const { solution } = ratioUnderCap(read, root, volatilityMax);
    return root.outcome === "met" ? { ...solution, message } : solution;
  }
  const ratio = reward === 0 ? 0 : reward / volatility;
  const toGap = (gap: number): number => (gap === 0 ? 0 : gap / volatility);
  const solved = { ...most, portfolio, certificate: certify(problem, portfolio) };
  const solution = solutionOf({ ...read, problem, toObjective: () => ratio, toGap }, solved);
  return { ...solution, message };
}

/** Whether a point earns anything after costs. */
function earnsAt({ problem }: FrontierSearch, { solved, reward }: FrontierPoint): boolean {
  return reward > NO_LOSS * rewardSize(problem, solved.portfolio.weights);
}

function earns({ problem }: FrontierSearch, { portfolio: { weights } }: SolvedPortfolio): boolean {
  return rewardOf(problem, weights) > NO_LOSS * rewardSize(problem, weights);
}

/** Σ|μ_i w_i|. */
function rewardSize({ mu }: PortfolioProblem, weights: Float64Array): number {
  let size = 0;
  for (let i = 0; i < weights.length; i++) size += Math.abs(mu[i]! * weights[i]!);
  return size;
}

/** A portfolio that earns and has no risk, where a singular covariance leaves one. */
function risklessGain(search: FrontierSearch): SolvedPortfolio | undefined {
  const { problem } = search;
  if (problem.risk.isDefinite()) return undefined;
  const { solved, variance } = leastVariance(problem);
  const { weights } = solved.portfolio;
  let size = 0;
  for (let i = 0; i < weights.length; i++)
    size += Math.sqrt(problem.risk.variances[i]!) * Math.abs(weights[i]!);
  if (!isOptimal(solved.certificate) || variance > NO_RISK * size * size) return undefined;
  const best = mostReward(problem, weights);
  return isOptimal(best.certificate) && earns(search, best) ? best : undefined;
}

function withCap(solution: PortfolioSolution, max: number, shadowPrice: number): PortfolioSolution {
  const violation = Math.max(solution.violation, solution.volatility - max);
  if (!(solution.volatility >= max * (1 - HOLDS))) return { ...solution, violation };
  const binding = [...solution.binding, { constraint: "volatility.max", shadowPrice }];
  return { ...solution, violation, binding: binding.sort((a, b) => b.shadowPrice - a.shadowPrice) };
}

/** Where the last search ended, if there was one. */
function startingT(search: FrontierSearch, earlier: Settled | undefined): number {
  const t = 1 / (earlier?.problem.gamma ?? 0);
  return t < Number.POSITIVE_INFINITY && t > 0 ? t : ordinaryT(search);
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
