import { sampleCovariance } from "../covariance/sample-covariance.ts";
import { cholesky } from "../factor/cholesky.ts";
import { requireBoolean, requireOneOf } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { RandomSource } from "./random-source.ts";

/** Which sample moments of the draws are made exact. */
export type MatchedMoments = "mean" | "mean-and-covariance";

/** What may be done to normals to make averages over them steadier. */
export interface NormalShaping {
  /**
   * Draws come in pairs z, −z (an odd last one is alone), so their mean, and every average of an odd function, is
   * exact, while that of an even one is no better than half as many draws give. The error of an average is that of
   * its count ÷ 2 averages of pairs; s ÷ √count, which takes all draws for independent, is not.
   *
   * @defaultValue false
   */
  readonly antithetic?: boolean;
  /**
   * - `mean`: the sample mean is exactly the one asked for, to rounding
   * - `mean-and-covariance`: and so is the sample covariance (ddof 1); more draws than variables are needed
   *
   * The draws then depend on one another: s ÷ √count overstates the error of what is nearly linear (or quadratic) in
   * them, and other figures have a bias of order 1 ÷ count. What is uncertain shows between independent repetitions.
   *
   * @defaultValue none is matched
   */
  readonly momentMatched?: MatchedMoments;
}

const MOMENTS: readonly MatchedMoments[] = ["mean", "mean-and-covariance"];

/** The shaping, its values checked. */
export function requireShaping({ antithetic = false, momentMatched }: NormalShaping): NormalShaping {
  requireBoolean("antithetic", antithetic);
  if (momentMatched === undefined) return { antithetic };
  return { antithetic, momentMatched: requireOneOf("momentMatched", momentMatched, MOMENTS) };
}

/** Rows 2k and 2k + 1 are z and −z: half as many rows are drawn, at the end of `z`, and spread from there. */
function fillAntithetic(random: RandomSource, z: Float64Array, count: number, n: number): void {
  const pairs = Math.floor(count / 2);
  random.fillNormal(z.subarray(pairs * n));
  for (let k = 0; k < pairs; k++) {
    for (let j = 0; j < n; j++) {
      const value = z[(pairs + k) * n + j]!;
      z[2 * k * n + j] = value;
      z[(2 * k + 1) * n + j] = -value;
    }
  }
}

function centre(z: Float64Array, count: number, n: number): void {
  const sums = new Float64Array(n);
  for (let t = 0; t < count; t++) for (let j = 0; j < n; j++) sums[j]! += z[t * n + j]!;
  for (let t = 0; t < count; t++) for (let j = 0; j < n; j++) z[t * n + j]! -= sums[j]! / count;
}

/** Fills `z`, count×n, with standard normals: antithetic and centred as the shaping asks. */
export function fillShaped(
  random: RandomSource,
  z: Float64Array,
  count: number,
  n: number,
  { antithetic, momentMatched }: NormalShaping,
): void {
  if (antithetic) fillAntithetic(random, z, count, n);
  else random.fillNormal(z);
  if (momentMatched !== undefined && count > 0) centre(z, count, n);
}

/** How many dimensions the draws span about their mean. */
function rankOf(count: number, antithetic: boolean | undefined): number {
  if (count < 2) return 0;
  return antithetic ? Math.ceil(count / 2) : count - 1;
}

/**
 * L C⁻¹, lower triangular like its factors, with C Cᵀ the sample covariance of the rows of `z`: they then have the
 * sample covariance LLᵀ.
 */
export function matchingFactor(
  z: Float64Array,
  count: number,
  n: number,
  { antithetic }: NormalShaping,
  L: Float64Array,
): Float64Array {
  const spans = rankOf(count, antithetic) >= n;
  const factor = spans ? cholesky(sampleCovariance(new Matrix(count, n, z)).covariance) : undefined;
  if (factor?.status !== "ok") {
    throw new QuantError(
      "range",
      `count must give more independent draws than variables for their covariance to be matched, got ${count} for ${n}`,
      { argument: "count", value: count, variables: n },
    );
  }
  const C = factor.L.data;
  const M = new Float64Array(n * n);
  // Row i of M C = L, from its diagonal backwards.
  for (let i = 0; i < n; i++) {
    for (let j = i; j >= 0; j--) {
      let sum = L[i * n + j]!;
      for (let k = j + 1; k <= i; k++) sum -= M[i * n + k]! * C[k * n + j]!;
      M[i * n + j] = sum / C[j * n + j]!;
    }
  }
  return M;
}
