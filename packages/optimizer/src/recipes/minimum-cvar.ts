import {
  type Matrix,
  type MatrixLike,
  QuantError,
  sampleCovariance,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireKnownOptions,
  requireProbability,
} from "@astra-quant/core-linalg/guards";
import { explainConflict } from "../portfolio/conflict/explain-conflict.ts";
import type { PortfolioProblem } from "../portfolio/problem/problem.ts";
import { certify } from "../portfolio/proof/certificate.ts";
import { type ReadSpec, readSpec } from "../portfolio/reading/read-spec.ts";
import { DenseRisk } from "../portfolio/risk/dense-risk.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import { solutionOf, withoutPortfolio } from "../portfolio/solution-of.ts";
import { isOptimal, type SolvedPortfolio } from "../portfolio/solve-portfolio.ts";
import type { PortfolioConstraints } from "../portfolio/spec.ts";
import { type CvarPoint, solveCvar } from "./cvar/cvar-interior-point.ts";
import { portfolioReturns, weightedReturns } from "./cvar/cvar-program.ts";
import { expectedShortfall } from "./cvar/expected-shortfall.ts";
import { withoutFixed } from "./cvar/without-fixed.ts";

export interface MinimumCvarOptions {
  /**
   * Which part of the scenarios is not in the tail, strictly between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidence?: number;
  /** n distinct names; without them assets are called by their 0-based index. */
  readonly assets?: readonly string[];
  /**
   * n returns per period, for a limit on the expected return.
   * @defaultValue the means of the scenarios
   */
  readonly expectedReturns?: VectorLike;
  /** Net is 1 unless said. */
  readonly constraints?: Pick<
    PortfolioConstraints,
    "net" | "weights" | "groups" | "exposures" | "expectedReturn"
  >;
}

const OPTIONS = ["confidence", "assets", "expectedReturns", "constraints"];
const LIMITS = ["net", "weights", "groups", "exposures", "expectedReturn"];

/**
 * The portfolio of the least expected shortfall over equally likely scenarios (S×n returns, one row a scenario): the mean
 * loss −r'w of the worst (1 − confidence) of them, where the scenario on the boundary counts with the fraction that is
 * missing. `objective` is that shortfall, a positive loss, from the sorted losses; `volatility` is that of the scenarios.
 *
 * The linear program in the scenarios is solved by an interior point that eliminates them, and the proof is that no
 * portfolio within the limits does better against the worst weighting of scenarios that was found. Several portfolios may
 * share the least shortfall; then one of them is returned.
 *
 * @throws QuantError for scenarios that are not finite or fewer than 2, for a confidence outside (0, 1), and for limits on
 *   gross, turnover or volatility, which this program does not know.
 */
export function minimumCvar(scenarios: MatrixLike, options: MinimumCvarOptions = {}): PortfolioSolution {
  requireKnownOptions(options, OPTIONS);
  const { confidence = 0.95, constraints = {} } = options;
  requireProbability("confidence", confidence);
  requireKnownOptions(constraints, LIMITS, "constraints");
  const table = requireFiniteMatrix("scenarios", scenarios);
  if (table.rows < 2 || table.columns === 0) {
    throw new QuantError(
      "shape",
      `scenarios must have at least 2 rows and 1 column, got ${table.rows}×${table.columns}`,
      { rows: table.rows, columns: table.columns },
    );
  }
  const read = readLimits(table, options);
  const returns = columnsOf(table);
  const reduced = withoutFixed({ returns, scenarios: table.rows, confidence, limits: read.problem });
  const point = reduced.restore(solveCvar(reduced.program));
  return portfolioOf(read, returns, confidence, point);
}

/** The limits with a portfolio problem around them, whose risk is the scenarios' own. */
function readLimits(table: Matrix, { assets, expectedReturns, constraints }: MinimumCvarOptions): ReadSpec {
  const { covariance, mean } = sampleCovariance(table);
  const read = readSpec(
    {
      covariance,
      expectedReturns: expectedReturns ?? mean,
      objective: { maximize: "return" },
      constraints: { net: { equal: 1 }, ...constraints },
      ...(assets !== undefined && { assets }),
    },
    new DenseRisk(covariance),
  );
  const [size] = read.problem.sizes;
  if (size === undefined) return read;
  throw new QuantError(
    "option",
    `constraints.${size.name} must be absent: minimumCvar does not limit it`,
    {},
  );
}

function columnsOf({ rows, columns, data }: Matrix): Float64Array[] {
  return Array.from({ length: columns }, (_, i) =>
    Float64Array.from({ length: rows }, (_row, s) => data[s * columns + i]!),
  );
}

/**
 * Weights y of the scenarios, each at most 1 / ((1 − confidence) S), that sum to 1, bound the shortfall of every portfolio
 * from below by −(R'y)'w, and the least of that within the limits is a linear program with a certificate of its own.
 */
function portfolioOf(
  read: ReadSpec,
  returns: readonly Float64Array[],
  confidence: number,
  { w: weights, y, eta, iterations }: CvarPoint,
): PortfolioSolution {
  const losses = portfolioReturns(returns, weights, new Float64Array(y.length)).map((r) => -r);
  const { shortfall } = expectedShortfall(losses, confidence);
  const shares = sharesFrom(y, 1 / ((1 - confidence) * y.length));
  const mu = weightedReturns(returns, shares);
  const problem: PortfolioProblem = { ...read.problem, mu };
  const portfolio = { weights, prices: { rows: eta, sizes: new Float64Array(0) } };
  const linear = certify(problem, portfolio);
  const size = sizeOf(returns, weights, shares);
  const gap = linear.gap + shortfall - linear.objective;
  const certificate = { ...linear, gap, relativeGap: gap === 0 ? 0 : gap / size, objective: shortfall };
  const solved: SolvedPortfolio = {
    portfolio,
    certificate,
    iterations,
    method: "interior-point",
    settled: undefined,
  };
  const wanted: ReadSpec = {
    ...read,
    problem,
    toObjective: () => shortfall,
    toGap: (g) => g,
    toPrice: (p) => p,
  };
  if (isOptimal(certificate)) return solutionOf(wanted, solved);
  const conflict = explainConflict(problem, read.names);
  if (conflict === undefined) return { ...solutionOf(wanted, solved), status: "stalled" };
  return { ...withoutPortfolio(wanted, "infeasible", conflict.message, solved), conflict };
}

/** Σ_s y_s Σ_i |w_i r_si|: what the shortfall is summed from. */
function sizeOf(returns: readonly Float64Array[], weights: Float64Array, shares: Float64Array): number {
  let size = 0;
  returns.forEach((r, i) => {
    let sum = 0;
    for (let s = 0; s < shares.length; s++) sum += shares[s]! * Math.abs(r[s]!);
    size += Math.abs(weights[i]!) * sum;
  });
  return size;
}

/** The multipliers as weights: none above the most, their sum 1. */
function sharesFrom(y: Float64Array, most: number): Float64Array {
  const shares = y.map((value) => Math.min(Math.max(0, value), most));
  let missing = 1 - shares.reduce((sum, value) => sum + value, 0);
  for (let s = 0; s < shares.length && missing !== 0; s++) {
    const moved = Math.min(Math.max(shares[s]! + missing, 0), most);
    missing -= moved - shares[s]!;
    shares[s] = moved;
  }
  return shares;
}
