import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import { lasting } from "../../scratch.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import { type RiskModel, varianceOf } from "../risk/risk-model.ts";
import type { PortfolioConstraints, PortfolioSpec } from "../spec.ts";
import { currentNotes } from "./current-notes.ts";
import { readVector } from "./per-asset.ts";
import { readNames } from "./read-assets.ts";
import { type NamedParts, readConstraints } from "./read-constraints.ts";
import { readCosts } from "./read-costs.ts";
import { readRisk } from "./read-risk.ts";

/** A spec that was checked, with the problem it poses. */
export interface ReadSpec {
  readonly problem: PortfolioProblem;
  /** The user's word for each asset. */
  readonly names: readonly string[];
  readonly parts: NamedParts;
  /** The objective in the user's sense, of f(w). */
  readonly toObjective: (f: number) => number;
  /** A gap of f in the objective's units, where the objective is at `objective`. */
  readonly toGap: (gap: number, objective: number) => number;
  /** A multiplier of f in the objective's units, where the objective is at `objective`. */
  readonly toPrice: (multiplier: number, objective: number) => number;
  /** What is allowed and yet worth knowing. */
  readonly notes: readonly string[];
  /** What is sought along the frontier where one solve does not answer; undefined where it does. */
  readonly aim: FrontierAim | undefined;
  /** μ as given, or undefined. */
  readonly expectedReturns: Float64Array | undefined;
  readonly method: (typeof METHODS)[number];
}

/** A portfolio sought among those of the most return for their risk. */
export interface FrontierAim {
  /** The best ratio of return to risk, not the best utility. */
  readonly isRatio: boolean;
  /** The cap of √(w'Σw); ∞ for none. */
  readonly volatilityMax: number;
}

const FIELDS = [
  "assets",
  "covariance",
  "expectedReturns",
  "currentWeights",
  "objective",
  "constraints",
  "costs",
  "method",
];
const METHODS = ["auto", "native", "interior-point", "osqp"] as const;

/** A spec that was read before, and the fields that are other now: what they do not touch is not looked at again. */
export interface EarlierReading {
  readonly read: ReadSpec;
  readonly changes: object;
}

interface Reading {
  /** The spec's covariance, read before: it is not looked at again. */
  readonly risk?: RiskModel;
  readonly earlier?: EarlierReading;
  /** What was read is used after the call, when the caller may have changed Σ: it is copied. */
  readonly outlives?: boolean;
}

/** @throws QuantError naming the field, the rule and the value. */
export function readSpec(
  spec: PortfolioSpec,
  { risk: known, earlier, outlives = false }: Reading = {},
): ReadSpec {
  requireKnownOptions(spec, FIELDS, "spec");
  const kept = (...fields: (keyof PortfolioSpec)[]): ReadSpec | undefined =>
    earlier === undefined || fields.some((field) => field in earlier.changes) ? undefined : earlier.read;
  const risk = known ?? readRisk(spec.covariance, { outlives });
  const { n } = risk;
  const names = earlier?.read.names ?? readNames(spec.assets, n);
  const optional = (name: "expectedReturns" | "currentWeights"): Float64Array | undefined =>
    spec[name] === undefined ? undefined : readVector(name, spec[name], n);
  const expectedReturns = kept("expectedReturns")?.expectedReturns ?? optional("expectedReturns");
  const current = kept("currentWeights")?.problem.current ?? optional("currentWeights") ?? lasting(n);
  const wanted = readObjective(spec, risk, expectedReturns);
  const before = kept(
    "constraints",
    "currentWeights",
    ...(spec.constraints?.expectedReturn === undefined ? [] : (["expectedReturns"] as const)),
  );
  const { limits, parts } =
    before === undefined
      ? readConstraints(spec.constraints ?? {}, names, expectedReturns, current)
      : { limits: limitsOf(before.problem), parts: before.parts };
  const costs = kept("costs", "currentWeights")?.problem.costs ?? readCosts(spec.costs ?? {}, names, current);
  const { gamma, mu, isRatio, toObjective, toGap } = wanted;
  const volatilityMax = readVolatilityMax(spec.constraints?.volatility, spec.objective);
  const problem = { n, risk, gamma, mu, current, costs, ...limits };
  return {
    problem,
    names,
    parts,
    notes: before?.notes ?? currentNotes(problem, names),
    toObjective,
    toGap,
    toPrice: wanted.toPrice ?? same,
    aim: isRatio || volatilityMax < Number.POSITIVE_INFINITY ? { isRatio, volatilityMax } : undefined,
    expectedReturns,
    method: requireOneOf("method", spec.method ?? "auto", METHODS),
  };
}

function limitsOf({
  lower,
  upper,
  boxes,
  rows,
  sizes,
}: PortfolioProblem): Pick<PortfolioProblem, "lower" | "upper" | "boxes" | "rows" | "sizes"> {
  return { lower, upper, boxes, rows, sizes };
}

function readVolatilityMax(
  volatility: PortfolioConstraints["volatility"],
  objective: PortfolioSpec["objective"],
): number {
  if (volatility === undefined) return Number.POSITIVE_INFINITY;
  requireKnownOptions(volatility, ["max"], "constraints.volatility");
  if ("minimize" in objective && objective.minimize === "tracking-error") {
    throw new QuantError("option", "constraints.volatility must not go with minimize 'tracking-error'", {});
  }
  const { max } = volatility;
  return max === Number.POSITIVE_INFINITY ? max : requireNonNegative("constraints.volatility.max", max);
}

interface Wanted extends Pick<ReadSpec, "toObjective" | "toGap"> {
  readonly gamma: number;
  readonly mu: Float64Array;
  readonly isRatio: boolean;
  readonly toPrice?: ReadSpec["toPrice"];
}

function readObjective(
  spec: PortfolioSpec,
  risk: RiskModel,
  expectedReturns: Float64Array | undefined,
): Wanted {
  const { objective } = spec;
  return typeof objective === "object" && objective !== null && "maximize" in objective
    ? readMaximized(objective, expectedReturns)
    : readMinimized(spec, risk);
}

function readMaximized(
  objective: Extract<PortfolioSpec["objective"], { maximize: string }>,
  expectedReturns: Float64Array | undefined,
): Wanted {
  requireKnownOptions(objective, ["maximize", "riskAversion", "riskFree"], "objective");
  const kind = requireOneOf("objective.maximize", objective.maximize, ["utility", "return", "sharpe"]);
  const gamma =
    objective.maximize === "utility"
      ? 2 * requireNonNegative("objective.riskAversion", objective.riskAversion)
      : 0;
  if (expectedReturns === undefined) {
    const what = kind === "sharpe" ? "the Sharpe ratio" : kind;
    throw new QuantError("shape", `expectedReturns must be given to maximize ${what}, got undefined`, {
      argument: "expectedReturns",
    });
  }
  const wanted = { gamma, mu: expectedReturns, isRatio: false, toObjective: negated, toGap: same };
  if (objective.maximize === "utility")
    requireKnownOptions(objective, ["maximize", "riskAversion"], "objective");
  if (objective.maximize === "return") requireKnownOptions(objective, ["maximize"], "objective");
  if (objective.maximize !== "sharpe") return wanted;
  requireKnownOptions(objective, ["maximize", "riskFree"], "objective");
  const riskFree = requireFinite("objective.riskFree", objective.riskFree ?? 0);
  return { ...wanted, mu: expectedReturns.map((value) => value - riskFree), isRatio: true };
}

function readMinimized({ objective, costs }: PortfolioSpec, risk: RiskModel): Wanted {
  requireKnownOptions(objective, ["minimize", "benchmark"], "objective");
  const { minimize } = objective as { minimize: unknown };
  if (minimize === undefined) {
    throw new QuantError("option", "objective must say what to maximize or minimize, got neither", {});
  }
  const kind = requireOneOf("objective.minimize", minimize, ["variance", "tracking-error", "funding"]);
  const wanted = { gamma: 2, mu: new Float64Array(risk.n), isRatio: false, toObjective: same, toGap: same };
  if (kind === "funding") {
    requireKnownOptions(objective, ["minimize"], "objective");
    if (costs?.funding !== undefined) return { ...wanted, gamma: 0 };
    throw new QuantError("option", "costs.funding must be given to minimize funding, got undefined", {
      kind,
    });
  }
  if (costs !== undefined) {
    throw new QuantError("option", `costs must go with an objective in returns, not with '${kind}'`, {
      kind,
    });
  }
  if (kind === "variance") {
    requireKnownOptions(objective, ["minimize"], "objective");
    return wanted;
  }
  const { benchmark } = objective as { benchmark: unknown };
  return trackingError(requireFiniteVector("objective.benchmark", benchmark, risk.n), risk);
}

function same(value: number): number {
  return value;
}

function negated(value: number): number {
  return -value;
}

/** (w − b)'Σ(w − b) = w'Σw − 2 (Σb)'w + b'Σb, and its root. */
function trackingError(benchmark: Float64Array, risk: RiskModel): Wanted {
  const mu = new Float64Array(risk.n);
  risk.addProduct(benchmark, mu);
  for (let i = 0; i < mu.length; i++) mu[i]! *= 2;
  const constant = varianceOf(risk, benchmark);
  const root = (f: number): number => Math.sqrt(Math.max(0, f + constant));
  return {
    gamma: 2,
    mu,
    isRatio: false,
    toObjective: root,
    toPrice: (multiplier, objective) => (multiplier === 0 ? 0 : multiplier / (2 * objective)),
    toGap: (gap, objective) => objective - Math.sqrt(Math.max(0, objective * objective - gap)),
  };
}
