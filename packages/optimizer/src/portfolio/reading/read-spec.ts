import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import type { PortfolioProblem } from "../problem/problem.ts";
import { type RiskModel, varianceOf } from "../risk/risk-model.ts";
import type { PortfolioSpec } from "../spec.ts";
import { readNames } from "./read-assets.ts";
import { readConstraints } from "./read-constraints.ts";
import { readCosts } from "./read-costs.ts";
import { readRisk } from "./read-risk.ts";

/** A spec that was checked, with the problem it poses. */
export interface ReadSpec {
  readonly problem: PortfolioProblem;
  /** The user's word for each asset. */
  readonly names: readonly string[];
  /** The objective in the user's sense, of f(w). */
  readonly toObjective: (f: number) => number;
  /** A gap of f in the objective's units, where the objective is at `objective`. */
  readonly toGap: (gap: number, objective: number) => number;
  /** μ as given, or undefined. */
  readonly expectedReturns: Float64Array | undefined;
  readonly method: (typeof METHODS)[number];
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

/**
 * With `known`, the spec's covariance was read before and is not looked at again.
 *
 * @throws QuantError naming the field, the rule and the value.
 */
export function readSpec(spec: PortfolioSpec, known?: RiskModel): ReadSpec {
  requireKnownOptions(spec, FIELDS, "spec");
  const risk = known ?? readRisk(spec.covariance);
  const { n } = risk;
  const names = readNames(spec.assets, n);
  const optional = (name: "expectedReturns" | "currentWeights"): Float64Array | undefined =>
    spec[name] === undefined ? undefined : requireFiniteVector(name, spec[name], n).slice();
  const expectedReturns = optional("expectedReturns");
  const current = optional("currentWeights") ?? new Float64Array(n);
  const wanted = readObjective(spec, risk, expectedReturns);
  const limits = readConstraints(spec.constraints ?? {}, names, expectedReturns);
  const costs = readCosts(spec.costs ?? {}, names, current);
  const { gamma, mu, toObjective, toGap } = wanted;
  return {
    problem: { n, risk, gamma, mu, current, costs, ...limits },
    names,
    toObjective,
    toGap,
    expectedReturns,
    method: requireOneOf("method", spec.method ?? "auto", METHODS),
  };
}

type Wanted = Pick<ReadSpec, "toObjective" | "toGap"> & { readonly gamma: number; readonly mu: Float64Array };

function readObjective(
  { objective, costs }: PortfolioSpec,
  risk: RiskModel,
  expectedReturns: Float64Array | undefined,
): Wanted {
  if (typeof objective === "object" && objective !== null && "maximize" in objective) {
    requireKnownOptions(objective, ["maximize", "riskAversion"], "objective");
    requireOneOf("objective.maximize", objective.maximize, ["utility"]);
    const gamma = 2 * requireNonNegative("objective.riskAversion", objective.riskAversion);
    if (expectedReturns === undefined) {
      throw new QuantError("shape", "expectedReturns must be given to maximize utility, got undefined", {
        argument: "expectedReturns",
      });
    }
    return { gamma, mu: expectedReturns, toObjective: (f) => -f, toGap: (gap) => gap };
  }
  requireKnownOptions(objective, ["minimize", "benchmark"], "objective");
  const kind = requireOneOf("objective.minimize", objective.minimize, ["variance", "tracking-error"]);
  if (costs !== undefined) {
    throw new QuantError("option", `costs must go with an objective in returns, not with '${kind}'`, {
      kind,
    });
  }
  if (objective.minimize === "variance") {
    requireKnownOptions(objective, ["minimize"], "objective");
    return { gamma: 2, mu: new Float64Array(risk.n), toObjective: (f) => f, toGap: (gap) => gap };
  }
  return trackingError(requireFiniteVector("objective.benchmark", objective.benchmark, risk.n), risk);
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
    toObjective: root,
    toGap: (gap, objective) => objective - Math.sqrt(Math.max(0, objective * objective - gap)),
  };
}
