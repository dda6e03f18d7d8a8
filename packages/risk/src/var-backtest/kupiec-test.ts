import { chiSquareSurvival, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireProbability } from "@astra-quant/core-linalg/guards";
import { timesLog } from "./binomial.ts";
import { requireExceptions, type TestResult } from "./exceptions.ts";

export interface CoverageOptions {
  /** How often an exception shall happen: 0.01 for a value at risk of confidence 0.99. */
  readonly probability: number;
}

export interface KupiecTest extends TestResult {
  readonly observations: number;
  readonly exceptions: number;
  /** Exceptions that the probability lets expect. */
  readonly expected: number;
}

/** 2 (log L(x ÷ n) − log L(p)) of x exceptions among n days. */
export function coverageRatio(x: number, n: number, p: number): number {
  const rate = x / n;
  const ratio = timesLog(x, rate) + timesLog(n - x, 1 - rate) - timesLog(x, p) - timesLog(n - x, 1 - p);
  return Math.max(0, 2 * ratio);
}

/**
 * Kupiec's proportion of failures: whether exceptions were as frequent as the confidence says. The likelihood ratio
 * against the observed frequency, chi-square with one degree of freedom. Small p-values speak against the model, for too
 * many exceptions and for too few.
 *
 * @param exceptions 0 or 1 a day, as {@link varExceptions} gives them.
 * @throws QuantError "data" for other entries, "shape" for none, "range" for a probability outside (0, 1).
 */
export function kupiecTest(exceptions: VectorLike, options: CoverageOptions): KupiecTest {
  requireKnownOptions(options, ["probability"]);
  const p = requireProbability("probability", options.probability);
  const hits = requireExceptions(exceptions);
  const n = hits.length;
  const x = hits.reduce((sum, hit) => sum + hit, 0);
  const statistic = coverageRatio(x, n, p);
  return {
    statistic,
    pValue: chiSquareSurvival(statistic, 1),
    observations: n,
    exceptions: x,
    expected: n * p,
  };
}
