import { chiSquareSurvival, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireProbability } from "@astra-quant/core-linalg/guards";
import { timesLog } from "./binomial.ts";
import { requireExceptions, type TestResult } from "./exceptions.ts";
import { type CoverageOptions, coverageRatio } from "./kupiec-test.ts";

/** How often a day of the first kind was followed by one of the second. */
export interface Transitions {
  readonly quietToQuiet: number;
  readonly quietToException: number;
  readonly exceptionToQuiet: number;
  readonly exceptionToException: number;
}

export interface ChristoffersenTest {
  /** Kupiec's test of the frequency: one degree of freedom. */
  readonly unconditional: TestResult;
  /** Whether an exception makes one on the next day more likely: one degree of freedom. */
  readonly independence: TestResult;
  /** Both at once, the sum of the two statistics: two degrees of freedom. */
  readonly conditional: TestResult;
  readonly transitions: Transitions;
}

function transitionsOf(hits: Float64Array): Transitions {
  const counts = [0, 0, 0, 0];
  for (let t = 1; t < hits.length; t++) counts[2 * hits[t - 1]! + hits[t]!]!++;
  return {
    quietToQuiet: counts[0]!,
    quietToException: counts[1]!,
    exceptionToQuiet: counts[2]!,
    exceptionToException: counts[3]!,
  };
}

/** The log-likelihood of x exceptions among n days at their own frequency; 0 for no days. */
function ownLikelihood(x: number, n: number): number {
  return n === 0 ? 0 : timesLog(x, x / n) + timesLog(n - x, (n - x) / n);
}

/** Two frequencies, after a quiet day and after an exception, against one. */
function independenceRatio(transitions: Transitions): number {
  const {
    quietToQuiet: n00,
    quietToException: n01,
    exceptionToQuiet: n10,
    exceptionToException: n11,
  } = transitions;
  const apart = ownLikelihood(n01, n00 + n01) + ownLikelihood(n11, n10 + n11);
  return Math.max(0, 2 * (apart - ownLikelihood(n01 + n11, n00 + n01 + n10 + n11)));
}

/**
 * Christoffersen's tests of conditional coverage: whether exceptions were as frequent as the confidence says, whether
 * they came in clusters, and both. Likelihood ratios; the frequency is judged on all days, the clustering on the pairs of
 * neighbours.
 *
 * @param exceptions 0 or 1 a day, in the order of time.
 * @throws QuantError as {@link kupiecTest}.
 */
export function christoffersenTest(exceptions: VectorLike, options: CoverageOptions): ChristoffersenTest {
  requireKnownOptions(options, ["probability"]);
  const p = requireProbability("probability", options.probability);
  const hits = requireExceptions(exceptions);
  const transitions = transitionsOf(hits);
  const frequency = coverageRatio(
    hits.reduce((sum, hit) => sum + hit, 0),
    hits.length,
    p,
  );
  const clustering = independenceRatio(transitions);
  const result = (statistic: number, degrees: number): TestResult => ({
    statistic,
    pValue: chiSquareSurvival(statistic, degrees),
  });
  return {
    unconditional: result(frequency, 1),
    independence: result(clustering, 1),
    conditional: result(frequency + clustering, 2),
    transitions,
  };
}
