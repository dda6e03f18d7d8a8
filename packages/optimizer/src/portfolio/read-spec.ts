import {
  cholesky,
  type Matrix,
  QuantError,
  symmetricEigenvalues,
  symmetrize,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requireSymmetricMatrix,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import type { PortfolioProblem } from "./problem.ts";
import type { PortfolioConstraints, PortfolioObjective, PortfolioSpec } from "./spec.ts";

/** A spec that was checked, with the problem it poses. */
export interface ReadSpec {
  readonly problem: PortfolioProblem;
  /** The user's word for each asset. */
  readonly names: readonly string[];
  /** objective = sign · f(w): −1 where the user maximises. */
  readonly sign: 1 | -1;
  /** μ as given, or undefined. */
  readonly expectedReturns: Float64Array | undefined;
}

/** An eigenvalue below −this · the largest variance is no rounding. */
const NEGATIVE_EIGENVALUE = 1e-10;

/** @throws QuantError naming the field, the rule and the value. */
export function readSpec(spec: PortfolioSpec): ReadSpec {
  requireKnownOptions(spec, ["assets", "covariance", "expectedReturns", "objective", "constraints"], "spec");
  const sigma = readCovariance(spec.covariance);
  const n = sigma.rows;
  const names = readNames(spec.assets, n);
  const { gamma, sign } = readObjective(spec.objective);
  const expectedReturns =
    spec.expectedReturns === undefined
      ? undefined
      : requireFiniteVector("expectedReturns", spec.expectedReturns, n).slice();
  if (sign < 0 && expectedReturns === undefined) {
    throw new QuantError("shape", "expectedReturns must be given to maximize utility, got undefined", {
      argument: "expectedReturns",
    });
  }
  const mu = sign < 0 ? expectedReturns! : new Float64Array(n);
  return {
    problem: { n, sigma, mu, gamma, ...readConstraints(spec.constraints ?? {}, n) },
    names,
    sign,
    expectedReturns,
  };
}

function readCovariance(covariance: PortfolioSpec["covariance"]): Matrix {
  const sigma = symmetrize(requireSymmetricMatrix("covariance", covariance));
  const n = sigma.rows;
  if (n === 0) throw new QuantError("shape", "covariance must have at least one asset, got 0", {});
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(sigma.data[i * n + i]!));
  for (const value of sigma.data) scale = Math.max(scale, Math.abs(value));
  const shifted = sigma.clone();
  for (let i = 0; i < n; i++) shifted.data[i * n + i]! += NEGATIVE_EIGENVALUE * scale;
  if (scale === 0 || cholesky(shifted).status === "ok") return sigma;
  const least = symmetricEigenvalues(sigma)[0]!;
  if (least >= -NEGATIVE_EIGENVALUE * scale) return sigma;
  throw new QuantError(
    "data",
    `covariance must be positive semidefinite, but its smallest eigenvalue is ${least}`,
    { argument: "covariance", eigenvalue: least },
  );
}

function readNames(assets: readonly string[] | undefined, n: number): readonly string[] {
  if (assets === undefined) return Array.from({ length: n }, (_, i) => String(i));
  if (!Array.isArray(assets) || assets.length !== n) {
    throw new QuantError("shape", `assets must have ${n} names as covariance has rows, got ${show(assets)}`, {
      argument: "assets",
      expected: n,
    });
  }
  assets.forEach((name, i) => {
    if (typeof name === "string" && assets.indexOf(name) === i) return;
    throw new QuantError("data", `assets[${i}] must be a name of its own, got ${show(name)}`, { index: i });
  });
  return [...assets];
}

function readObjective(objective: PortfolioObjective): { gamma: number; sign: 1 | -1 } {
  if (typeof objective === "object" && objective !== null && "maximize" in objective) {
    requireKnownOptions(objective, ["maximize", "riskAversion"], "objective");
    requireOneOf("objective.maximize", objective.maximize, ["utility"]);
    return { gamma: 2 * requireNonNegative("objective.riskAversion", objective.riskAversion), sign: -1 };
  }
  requireKnownOptions(objective, ["minimize"], "objective");
  requireOneOf("objective.minimize", objective.minimize, ["variance"]);
  return { gamma: 2, sign: 1 };
}

type Limits = Pick<PortfolioProblem, "lower" | "upper" | "gross" | "netMin" | "netMax">;

function readConstraints(constraints: PortfolioConstraints, n: number): Limits {
  requireKnownOptions(constraints, ["gross", "net", "weights"], "constraints");
  const { gross, net, weights = {} } = constraints;
  requireKnownOptions(weights, ["min", "max"], "constraints.weights");
  return {
    lower: readBound("constraints.weights.min", weights.min, n, Number.NEGATIVE_INFINITY),
    upper: readBound("constraints.weights.max", weights.max, n, Number.POSITIVE_INFINITY),
    gross: readGross(gross),
    ...readNet(net),
  };
}

function readGross(gross: PortfolioConstraints["gross"]): number {
  if (gross === undefined) return Number.POSITIVE_INFINITY;
  requireKnownOptions(gross, ["max"], "constraints.gross");
  const { max } = gross;
  return max === Number.POSITIVE_INFINITY ? max : requireNonNegative("constraints.gross.max", max);
}

function readNet(net: PortfolioConstraints["net"]): { netMin: number; netMax: number } {
  if (net === undefined) return { netMin: Number.NEGATIVE_INFINITY, netMax: Number.POSITIVE_INFINITY };
  requireKnownOptions(net, ["min", "max", "equal"], "constraints.net");
  if ("equal" in net) {
    requireKnownOptions(net, ["equal"], "constraints.net");
    const equal = requireFinite("constraints.net.equal", net.equal);
    return { netMin: equal, netMax: equal };
  }
  return {
    netMin: requireNumber("constraints.net.min", net.min ?? Number.NEGATIVE_INFINITY),
    netMax: requireNumber("constraints.net.max", net.max ?? Number.POSITIVE_INFINITY),
  };
}

function readBound(
  name: string,
  bound: number | VectorLike | undefined,
  n: number,
  absent: number,
): Float64Array {
  if (bound === undefined) return new Float64Array(n).fill(absent);
  if (typeof bound === "number") return new Float64Array(n).fill(requireNumber(name, bound));
  const bounds = requireVector(name, bound, n).slice();
  bounds.forEach((value, i) => {
    requireNumber(`${name}[${i}]`, value);
  });
  return bounds;
}

function requireNumber(name: string, value: number): number {
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  throw new QuantError("not-finite", `${name} must be a number or infinite, got ${show(value)}`, {
    argument: name,
  });
}
