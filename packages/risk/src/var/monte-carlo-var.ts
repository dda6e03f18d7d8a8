import {
  createRandom,
  type Matrix,
  type MatrixLike,
  quantile,
  type Random,
  type VectorLike,
} from "@astra-quant/core-linalg";
import { QuantError, requireInteger, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { requireCholesky } from "./covariance.ts";
import { worstFractionLoss } from "./expected-shortfall.ts";
import { type SamplingError, samplingError } from "./sampling-error.ts";
import { compoundPaths, type DailyReturn, dailyReturn, requireLowerTriangular } from "./scenario-returns.ts";
import { monetaryLoss, type TailLoss } from "./tail-loss.ts";
import { tailCount, tailProbability } from "./tail-probability.ts";

/** What a simulation draws its standard normals from: core-linalg's `Random`, or anything that fills like it. */
export type NormalSource = Pick<Random, "fillNormal">;

export interface MonteCarloVarOptions {
  /** n weights, fractions of capital, negative when short; restored every day. */
  readonly weights: VectorLike;
  /** n×n covariance of one day's returns, positive definite. Either this or `cholesky`. */
  readonly covariance?: MatrixLike;
  /** n×n lower triangular factor of the covariance. */
  readonly cholesky?: MatrixLike;
  /** n expected returns of one day. @defaultValue zeros: shocks have no drift */
  readonly mean?: VectorLike;
  /** Days that the portfolio is held. */
  readonly horizon: number;
  /** How many paths are drawn; at least 1 ÷ (1 − confidence). */
  readonly scenarios: number;
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /** Any string or finite number; the same seed gives the same bits. Either this or `random`. */
  readonly seed?: string | number;
  /** A generator, which moves on by scenarios × horizon × n normals. */
  readonly random?: NormalSource;
  /** Asks for `monetary`. */
  readonly capital?: number;
  /** Asks for `returns`. @defaultValue false */
  readonly returns?: boolean;
}

export interface MonteCarloVar extends TailLoss, SamplingError {
  readonly scenarios: number;
  /** The return at the quantile, with a return's sign: −valueAtRisk. */
  readonly quantile: number;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
  /** The simulated returns over the horizon, in the order drawn. */
  readonly returns?: Float64Array;
}

/** Shocks are drawn and compounded in pieces of about this many numbers, so that memory does not grow with scenarios. */
const BLOCK = 65_536;

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

function sourceOf({ seed, random }: MonteCarloVarOptions): NormalSource {
  chosen(["seed", "random"], seed, random);
  if (random === undefined) return createRandom(seed!);
  if (typeof random?.fillNormal === "function") return random;
  throw new QuantError("option", `random must be a generator with fillNormal, got ${show(random)}`, {
    argument: "random",
  });
}

function simulate(
  source: NormalSource,
  daily: DailyReturn,
  horizon: number,
  scenarios: number,
): Float64Array {
  const draws = horizon * daily.loadings.length;
  const size = Math.min(scenarios, Math.max(1, Math.floor(BLOCK / draws)));
  const shocks = new Float64Array(size * draws);
  const returns = new Float64Array(scenarios);
  for (let start = 0; start < scenarios; start += size) {
    const count = Math.min(size, scenarios - start);
    const block = count === size ? shocks : shocks.subarray(0, count * draws);
    source.fillNormal(block);
    compoundPaths(block, daily, horizon, returns, start, count);
  }
  return returns;
}

/**
 * Value at risk and expected shortfall of a portfolio held over `horizon` days, by simulation: correlated normal
 * shocks from the Cholesky factor, daily returns compounded with the weights restored every day. Positive losses,
 * fractions of capital, with what `scenarios` draws leave uncertain about them. The quantile is R-7, the shortfall
 * Rockafellar and Uryasev's.
 *
 * Returns are not floored at −1: a levered portfolio may lose more than everything. The standard errors (and the
 * interval) are NaN when fewer than about five scenarios are in the tail.
 *
 * @throws QuantError "shape" for lengths that do not fit, "not-finite" for a NaN, "range" for a confidence outside
 *   (0, 1), a horizon that is no positive integer or too few scenarios for the tail to hold one, "data" for a
 *   covariance that is not positive definite, "option" unless exactly one of covariance and cholesky, and one of
 *   seed and random, is given.
 */
export function monteCarloVar(options: MonteCarloVarOptions): MonteCarloVar {
  requireKnownOptions(options, [
    "weights",
    "covariance",
    "cholesky",
    "mean",
    "horizon",
    "scenarios",
    "confidence",
    "seed",
    "random",
    "capital",
    "returns",
  ]);
  const alpha = tailProbability(options.confidence);
  const horizon = requireInteger("horizon", options.horizon, 1);
  const scenarios = requireInteger("scenarios", options.scenarios, 1);
  if (tailCount(scenarios, alpha) < 1) {
    const least = Math.ceil(1 / alpha);
    throw new QuantError(
      "range",
      `scenarios must be at least ${least} for a tail of ${alpha} to hold one, got ${scenarios}`,
      { argument: "scenarios", least, value: scenarios },
    );
  }
  const daily = dailyReturn(factorOf(options), options.weights, options.mean);
  const returns = simulate(sourceOf(options), daily, horizon, scenarios);
  const sorted = returns.slice().sort();
  const boundary = quantile(sorted, alpha);
  const loss: TailLoss = { valueAtRisk: 0 - boundary, expectedShortfall: worstFractionLoss(sorted, alpha) };
  return {
    ...loss,
    ...samplingError(sorted, alpha, loss),
    scenarios,
    quantile: boundary,
    ...monetaryLoss(options.capital, loss),
    ...(options.returns ? { returns } : {}),
  };
}
