import {
  CompensatedSum,
  Matrix,
  type MatrixLike,
  matVec,
  QuantError,
  sampleCovariance,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  requireProbability,
} from "@astra-quant/core-linalg/guards";
import { explainConflict } from "../portfolio/conflict/explain-conflict.ts";
import { isOptimal } from "../portfolio/proof/certificate.ts";
import { unboundedMessage } from "../portfolio/proof/unboundedness.ts";
import { type ReadSpec, readSpec } from "../portfolio/reading/read-spec.ts";
import { DenseRisk } from "../portfolio/risk/dense-risk.ts";
import { ZeroRisk } from "../portfolio/risk/zero-risk.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import { withoutPortfolio, withPortfolio } from "../portfolio/solution-of.ts";
import type { SolvedPortfolio } from "../portfolio/solve-portfolio.ts";
import type { PortfolioConstraints, PortfolioCosts } from "../portfolio/spec.ts";
import type { CvarProgram } from "./cvar/cvar-program.ts";
import { endlessGain } from "./cvar/endless-gain.ts";
import { bestOf, better, type CvarProof } from "./cvar/prove-cvar.ts";
import { solveCvar, solveCvarPatiently } from "./cvar/solve-cvar.ts";
import { weightedMoments } from "./cvar/weighted-moments.ts";

export interface MinimumCvarOptions {
  /**
   * Which part of the scenarios is not in the tail, strictly between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidence?: number;
  /**
   * How likely each of the S scenarios is: non-negative, with a sum of 1.
   * @defaultValue all alike
   */
  readonly probabilities?: VectorLike;
  /**
   * n weights against which is measured: a loss is what the portfolio falls behind them.
   * @defaultValue zeros
   */
  readonly benchmark?: VectorLike;
  /** n distinct names; without them assets are called by their 0-based index. */
  readonly assets?: readonly string[];
  /**
   * n returns per period, for a limit on the expected return.
   * @defaultValue the means of the scenarios
   */
  readonly expectedReturns?: VectorLike;
  /**
   * The weights before trading, n. They need not meet the limits.
   * @defaultValue zeros
   */
  readonly currentWeights?: VectorLike;
  /** All but a limit on the volatility. Net is 1 unless said. */
  readonly constraints?: Omit<PortfolioConstraints, "volatility">;
  /** What trading and holding cost, in returns of the scenarios' period. */
  readonly costs?: PortfolioCosts;
}

/** A portfolio whose `objective` is its expected shortfall and its costs together. */
export interface MinimumCvarSolution extends PortfolioSolution {
  /** The mean loss of the tail, a positive loss; NaN when infeasible or unbounded. */
  readonly expectedShortfall: number;
  /** The least loss in the tail. */
  readonly valueAtRisk: number;
}

const OPTIONS = [
  "confidence",
  "probabilities",
  "benchmark",
  "assets",
  "expectedReturns",
  "currentWeights",
  "constraints",
  "costs",
];
const LIMITS = [
  "gross",
  "net",
  "weights",
  "groups",
  "exposures",
  "turnover",
  "participation",
  "expectedReturn",
];
/** How far from 1 probabilities may sum. */
const ROUNDED = 1e-9;

/**
 * The portfolio of the least expected shortfall over scenarios (S×n returns, one row a scenario), costs added: the mean
 * loss −r'w of the worst (1 − confidence) of them, where the scenario on the boundary counts with the fraction that is
 * missing. `objective` is that shortfall, a positive loss, and what trading and holding cost; `volatility` is that of the
 * scenarios, with Bessel's correction where they are equally likely.
 *
 * Only the scenarios near the threshold are solved for, by an interior point that eliminates them; which those are is
 * verified over all. The proof is that no portfolio within the limits does better against the worst weighting of scenarios
 * that was found. Several portfolios may share the least shortfall; then one of them is returned. Shadow prices are in
 * units of the objective.
 *
 * @throws QuantError for scenarios that are not finite or fewer than 2, for a confidence outside (0, 1), for probabilities
 *   that are negative or do not sum to 1, and for a limit on the volatility, which this program does not know.
 */
export function minimumCvar(scenarios: MatrixLike, options: MinimumCvarOptions = {}): MinimumCvarSolution {
  requireKnownOptions(options, OPTIONS);
  const { confidence = 0.95, constraints = {}, benchmark } = options;
  requireProbability("confidence", confidence);
  requireKnownOptions(constraints, LIMITS, "constraints");
  const given = requireFiniteMatrix("scenarios", scenarios);
  if (given.rows < 2 || given.columns === 0) {
    throw new QuantError(
      "shape",
      `scenarios must have at least 2 rows and 1 column, got ${given.rows}×${given.columns}`,
      { rows: given.rows, columns: given.columns },
    );
  }
  const { table, probabilities, isEven } = likely(given, options.probabilities);
  const moments = isEven ? sampleCovariance(table) : weightedMoments(table, probabilities);
  const read = readLimits(moments, options);
  const n = table.columns;
  const program: CvarProgram = {
    scenarios: table,
    base: benchmark && matVec(table, requireFiniteVector("benchmark", benchmark, n)).map((r) => -r),
    caps: probabilities.map((p) => Math.min(1, p / (1 - confidence))),
    limits: { ...read.problem, mu: new Float64Array(n), risk: new ZeroRisk(n) },
  };
  return solutionTo(program, read);
}

/** The scenarios that can happen, with their probabilities; equally likely ones need none. */
function likely(
  table: Matrix,
  given: VectorLike | undefined,
): { table: Matrix; probabilities: Float64Array; isEven: boolean } {
  const { rows, columns, data } = table;
  if (given === undefined) {
    return { table, probabilities: new Float64Array(rows).fill(1 / rows), isEven: true };
  }
  const probabilities = requireFiniteVector("probabilities", given, rows);
  const sum = new CompensatedSum();
  probabilities.forEach((p, s) => {
    requireNonNegative(`probabilities[${s}]`, p);
    sum.add(p);
  });
  if (Math.abs(sum.value - 1) > ROUNDED) {
    throw new QuantError("range", `probabilities must sum to 1, got ${sum.value}`, { sum: sum.value });
  }
  const kept = Array.from({ length: rows }, (_, s) => s).filter((s) => probabilities[s]! > 0);
  const possible = new Matrix(kept.length, columns);
  kept.forEach((s, k) => {
    possible.data.set(data.subarray(s * columns, (s + 1) * columns), k * columns);
  });
  return {
    table: possible,
    probabilities: Float64Array.from(kept, (s) => probabilities[s]! / sum.value),
    isEven: false,
  };
}

/** The limits with a portfolio problem around them, whose risk is the scenarios' own. */
function readLimits(
  { covariance, mean }: { covariance: Matrix; mean: Float64Array },
  { assets, expectedReturns, currentWeights, constraints, costs }: MinimumCvarOptions,
): ReadSpec {
  return readSpec(
    {
      covariance,
      expectedReturns: expectedReturns ?? mean,
      objective: { maximize: "return" },
      constraints: { net: { equal: 1 }, ...constraints },
      ...(assets !== undefined && { assets }),
      ...(currentWeights !== undefined && { currentWeights }),
      ...(costs !== undefined && { costs }),
    },
    { risk: new DenseRisk(covariance) },
  );
}

function solutionTo(program: CvarProgram, read: ReadSpec): MinimumCvarSolution {
  const answer = solveCvar(program);
  const proof = bestOf(program, answer);
  if (isOptimal(proof.certificate)) return described(read, proof, answer.iterations);
  const { wanted, solved } = inWordsOf(read, proof, answer.iterations);
  const nothing = { expectedShortfall: Number.NaN, valueAtRisk: Number.NaN };
  const conflict = explainConflict(proof.problem, read.names);
  if (conflict !== undefined) {
    return { ...withoutPortfolio(wanted, "infeasible", conflict.message, solved), conflict, ...nothing };
  }
  const direction = endlessGain(program);
  if (direction !== undefined) {
    const message = unboundedMessage(direction, read.names);
    return { ...withoutPortfolio(wanted, "unbounded", message, solved), ...nothing };
  }
  const patient = solveCvarPatiently(program);
  if (patient === undefined) return described(read, proof, answer.iterations);
  return described(read, better(bestOf(program, patient), proof), answer.iterations + patient.iterations);
}

function described(read: ReadSpec, proof: CvarProof, iterations: number): MinimumCvarSolution {
  const { wanted, solved } = inWordsOf(read, proof, iterations);
  const { shortfall, threshold } = proof;
  return { ...withPortfolio(wanted, solved), expectedShortfall: shortfall, valueAtRisk: threshold };
}

/** What was found as the portfolio's own answers are described: the slopes of bounds are those of the worst weighting. */
function inWordsOf(
  read: ReadSpec,
  { point, certificate, problem }: CvarProof,
  iterations: number,
): { wanted: ReadSpec; solved: SolvedPortfolio } {
  return {
    wanted: {
      ...read,
      problem: { ...problem, risk: read.problem.risk },
      toObjective: same,
      toGap: same,
      toPrice: same,
    },
    solved: { portfolio: point, certificate, iterations, method: "interior-point", settled: undefined },
  };
}

function same(value: number): number {
  return value;
}
