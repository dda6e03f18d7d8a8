import { type Matrix, normalQuantile } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireProbability,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireCholesky } from "../var/covariance.ts";
import { requireTail, tailProbability } from "../var/tail-probability.ts";
import { type Law, readDistribution } from "./distribution.ts";
import {
  MONTE_CARLO_OPTIONS,
  type MonteCarloVarOptions,
  type NormalSource,
  type Sampling,
} from "./monte-carlo-options.ts";
import { dailyReturn, requireLowerTriangular } from "./scenario-returns.ts";

/** A simulation, its options checked and its portfolio put in the terms of independent shocks. */
export interface Plan {
  readonly law: Law;
  /** The lower factor of one day's covariance. */
  readonly L: Matrix;
  readonly weights: Float64Array;
  /** The assets' means over one of a path's returns. */
  readonly mean: Float64Array;
  /** √ of how many days one of a path's returns stands for. */
  readonly stretch: number;
  /** Returns that a path compounds: the horizon, or 1 under the square-root rule. */
  readonly days: number;
  /** What one of them earns is drift + loadings · z, the law's own scale aside. */
  readonly drift: number;
  /** n of them, or the portfolio's volatility alone. */
  readonly loadings: Float64Array;
  /** The standard deviation of one of them. */
  readonly volatility: number;
  readonly scenarios: number;
  readonly sampling: Sampling;
  readonly replicates: number;
  /** Standard deviations of a whole path towards the loss; 0 without importance sampling. */
  readonly tilt: number;
  readonly alpha: number;
  readonly intervalConfidence: number;
  readonly seed: string | number | undefined;
  readonly random: NormalSource | undefined;
}

const SAMPLINGS: readonly Sampling[] = [
  "independent",
  "antithetic",
  "sobol",
  "control-variate",
  "importance",
];
/** Returns of 800 MB. */
const MOST_SCENARIOS = 1e8;
/** A stream of core-linalg's generators has this many draws. */
const MOST_DRAWS = 2 ** 40;

function chosen<A, B>(names: readonly [string, string], a: A | undefined, b: B | undefined): void {
  if ((a === undefined) !== (b === undefined)) return;
  const got = a === undefined ? "neither" : "both";
  throw new QuantError("option", `give either ${names[0]} or ${names[1]}, got ${got}`, { options: names });
}

function factorOf({ covariance, cholesky }: MonteCarloVarOptions): Matrix {
  chosen(["covariance", "cholesky"], covariance, cholesky);
  return covariance === undefined
    ? requireLowerTriangular("cholesky", cholesky!)
    : requireCholesky(covariance);
}

function requireSource({ seed, random }: MonteCarloVarOptions): void {
  chosen(["seed", "random"], seed, random);
  if (random === undefined) {
    if (typeof seed === "string" || Number.isFinite(seed)) return;
    throw new QuantError("option", `seed must be a string or a finite number, got ${show(seed)}`, { seed });
  }
  if (typeof random?.fillNormal === "function") return;
  throw new QuantError("option", `random must be a generator with fillNormal, got ${show(random)}`, {
    argument: "random",
  });
}

/** Refuses what does not go together, in the words of the options. */
function requireMatch(options: MonteCarloVarOptions, law: Law, sampling: Sampling): void {
  const refuse = (message: string): never => {
    throw new QuantError("option", message, { distribution: law.name, sampling });
  };
  if ((sampling === "control-variate" || sampling === "importance") && law.name !== "normal") {
    refuse(`sampling '${sampling}' must go with normal shocks, got distribution '${law.name}'`);
  }
  if (law.name === "copula" && options.shocks === "portfolio") {
    refuse("shocks 'portfolio' must go with normal or Student t shocks, got a copula");
  }
  if (law.name === "copula" && options.scaling === "square-root") {
    refuse("scaling 'square-root' must go with normal or Student t shocks, got a copula");
  }
  if (
    options.random !== undefined &&
    (law.name === "studentT" || law.name === "copula" || sampling === "sobol")
  ) {
    const what = sampling === "sobol" ? "sampling 'sobol'" : `distribution '${law.name}'`;
    refuse(`${what} must be drawn from a seed, got random`);
  }
  if (options.replicates !== undefined && sampling !== "sobol") {
    refuse(`replicates must go with sampling 'sobol', got '${sampling}'`);
  }
  if (options.tilt !== undefined && sampling !== "importance") {
    refuse(`tilt must go with sampling 'importance', got '${sampling}'`);
  }
}

function requireScenarios(options: MonteCarloVarOptions, alpha: number, sampling: Sampling): number {
  const scenarios = requireInteger("scenarios", options.scenarios, 1);
  if (scenarios > MOST_SCENARIOS) {
    throw new QuantError("range", `scenarios must be at most ${MOST_SCENARIOS}, got ${scenarios}`, {
      argument: "scenarios",
      greatest: MOST_SCENARIOS,
      value: scenarios,
    });
  }
  if (sampling !== "importance") requireTail("scenarios", scenarios, alpha);
  return scenarios;
}

function requireMultiple(scenarios: number, of: number, why: string): void {
  if (scenarios % of === 0) return;
  throw new QuantError("range", `scenarios must be a multiple of ${of} for ${why}, got ${scenarios}`, {
    argument: "scenarios",
    value: scenarios,
  });
}

const norm = (a: Float64Array): number => Math.sqrt(a.reduce((sum, x) => sum + x * x, 0));

/** The simulation that the options describe. */
export function readPlan(options: MonteCarloVarOptions): Plan {
  requireKnownOptions(options, MONTE_CARLO_OPTIONS);
  const { scaling = "compounded", shocks = "assets", distribution = "normal" } = options;
  const { intervalConfidence = 0.95, seed, random } = options;
  const alpha = tailProbability(options.confidence);
  const horizon = requireInteger("horizon", options.horizon, 1);
  requireOneOf("scaling", scaling, ["compounded", "square-root"]);
  requireOneOf("shocks", shocks, ["assets", "portfolio"]);
  const sampling = requireOneOf("sampling", options.sampling ?? "independent", SAMPLINGS);
  requireProbability("intervalConfidence", intervalConfidence);
  if (options.capital !== undefined) requirePositive("capital", options.capital);
  requireSource(options);
  const scenarios = requireScenarios(options, alpha, sampling);
  const L = factorOf(options);
  const law = readDistribution(distribution, L.rows);
  requireMatch(options, law, sampling);
  const replicates = requireInteger("replicates", options.replicates ?? 16, 2);
  if (sampling === "antithetic") requireMultiple(scenarios, 2, "antithetic pairs");
  if (sampling === "sobol") requireMultiple(scenarios, replicates, "its replicates");
  const daily = dailyReturn(L, options.weights, options.mean);
  const days = scaling === "compounded" ? horizon : 1;
  const stretch = Math.sqrt(horizon / days);
  const loadings = stretch === 1 ? daily.loadings : daily.loadings.map((a) => a * stretch);
  const volatility = norm(loadings);
  const width = shocks === "portfolio" ? 1 : loadings.length;
  if (scenarios * days * width > MOST_DRAWS) {
    throw new QuantError(
      "range",
      `scenarios × days × shocks must be at most 2^40, got ${scenarios} × ${days} × ${width}`,
      { argument: "scenarios" },
    );
  }
  return {
    law,
    L,
    weights: requireFiniteVector("weights", options.weights, L.rows),
    mean: requireFiniteVector("mean", options.mean ?? new Float64Array(L.rows), L.rows).map(
      (mu) => (mu * horizon) / days,
    ),
    stretch,
    days,
    drift: (daily.drift * horizon) / days,
    loadings: shocks === "portfolio" ? Float64Array.of(volatility) : loadings,
    volatility,
    scenarios,
    sampling,
    replicates,
    tilt:
      sampling === "importance"
        ? requireNonNegative("tilt", options.tilt ?? Math.max(0, -normalQuantile(alpha)))
        : 0,
    alpha,
    intervalConfidence,
    seed,
    random,
  };
}
