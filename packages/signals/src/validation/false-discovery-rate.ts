import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireOneOf,
  requireProbability,
  requireVector,
} from "@astra-quant/core-linalg/guards";

const METHODS = ["benjamini-hochberg", "benjamini-yekutieli"] as const;

export interface FalseDiscoveryRateOptions {
  /** The share of false finds among all finds that is accepted, in (0, 1). @defaultValue 0.05 */
  readonly level?: number;
  /**
   * `benjamini-hochberg` holds for independent or positively dependent tests, `benjamini-yekutieli` for any dependence.
   *
   * @defaultValue "benjamini-hochberg"
   */
  readonly method?: (typeof METHODS)[number];
}

export interface FalseDiscoveryRate {
  /** The lowest level at which each test would be a find, in [0, 1]. */
  readonly adjusted: Float64Array;
  /** Whether each test is a find. */
  readonly discoveries: readonly boolean[];
  /** Tests that were counted. */
  readonly tests: number;
}

/**
 * Which of many signals are more than chance: p-values adjusted so that, of those at or below the level, an expected share
 * of at most the level is false. p₍ᵢ₎ · m ÷ i, made monotone from the largest down; times Σ 1 ÷ i under any dependence. A
 * NaN is no test: its answer is NaN and it is no find.
 *
 * @throws QuantError "range" for a p-value outside [0, 1] or a level outside (0, 1), "shape" for no vector, "option" for
 *   an unknown method.
 */
export function falseDiscoveryRate(
  pValues: VectorLike,
  options: FalseDiscoveryRateOptions = {},
): FalseDiscoveryRate {
  requireKnownOptions(options, ["level", "method"]);
  const { level = 0.05, method = "benjamini-hochberg" } = options;
  requireProbability("level", level);
  requireOneOf("method", method, METHODS);
  const p = requireVector("pValues", pValues);
  for (const [i, value] of p.entries()) {
    if (value < 0 || value > 1) {
      throw new QuantError("range", `pValues[${i}] must be in [0, 1], got ${value}`, { index: i, value });
    }
  }
  const order = Int32Array.from(p.keys()).filter((i) => !Number.isNaN(p[i]!));
  order.sort((i, j) => p[i]! - p[j]! || i - j);
  const tests = order.length;
  let factor = 1;
  if (method === "benjamini-yekutieli") for (let i = 2; i <= tests; i++) factor += 1 / i;
  const adjusted = new Float64Array(p.length).fill(Number.NaN);
  let least = 1;
  for (let k = tests - 1; k >= 0; k--) {
    const i = order[k]!;
    least = Math.min(least, (p[i]! * tests * factor) / (k + 1));
    adjusted[i] = least;
  }
  return { adjusted, discoveries: Array.from(adjusted, (value) => value <= level), tests };
}
