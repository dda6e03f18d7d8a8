import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import type { VectorLike } from "../guards/vectors.ts";
import { multiplyByTransposedLower } from "../kernels/triangular-multiply.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { requireCholeskyArgument } from "./cholesky-argument.ts";
import { addMean, outputDraws } from "./correlated-draws.ts";
import type { RandomSource } from "./random-source.ts";
import { requireRandom, type SeedrandomLike } from "./seedrandom-source.ts";
import { fillShaped, matchingFactor, type NormalShaping, requireShaping } from "./shaped-normals.ts";

export interface MultivariateNormalOptions extends NormalShaping {
  /** n means. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** n×n lower triangular L with covariance LLᵀ, as {@link cholesky} gives it; what stands above is ignored. */
  readonly cholesky: MatrixLike;
  /** How many vectors to draw. */
  readonly count: number;
  /** Where to write them, count×n. */
  readonly out?: Matrix;
}

/** Numbers drawn and multiplied at a time: they stay in the cache. */
const STRETCH = 32_768;

/**
 * `count` draws of a normal vector, count×n: mean + L z with z standard normal. Takes count·n draws of `random`, row by
 * row, or those of the larger half of the rows for antithetic pairs.
 *
 * @throws QuantError "shape" for a factor that is not square, a mean of another length or an `out` that does not fit,
 *   "not-finite" for an entry of theirs, "range" for a count that is no integer ≥ 0 or too small for the covariance to
 *   be matched, "option" for a `random` that is no generator.
 */
export function multivariateNormal(
  random: RandomSource | SeedrandomLike,
  options: MultivariateNormalOptions,
): Matrix {
  requireKnownOptions(options, ["mean", "cholesky", "count", "antithetic", "momentMatched", "out"]);
  const source = requireRandom("random", random, "fillNormal");
  const shaping = requireShaping(options);
  const L = requireCholeskyArgument(options.cholesky);
  const count = requireInteger("count", options.count, 0);
  const out = outputDraws(options.out, count, L.rows);
  if (shaping.antithetic || shaping.momentMatched !== undefined) fillFromAll(source, L, out, shaping);
  else fillByStretches(source, L, out);
  addMean(out, options.mean);
  return out;
}

function fillByStretches(random: RandomSource, L: Matrix, out: Matrix): void {
  const n = L.rows;
  const rows = Math.min(out.rows, Math.max(4, Math.floor(STRETCH / n)));
  const z = new Float64Array(rows * n);
  for (let start = 0; start < out.rows; start += rows) {
    const count = Math.min(rows, out.rows - start);
    const block = random.fillNormal(z.subarray(0, count * n));
    multiplyByTransposedLower(block, L.data, count, n, out.data.subarray(start * n, (start + count) * n));
  }
}

function fillFromAll(random: RandomSource, L: Matrix, out: Matrix, shaping: NormalShaping): void {
  const n = L.rows;
  const z = new Float64Array(out.data.length);
  fillShaped(random, z, out.rows, n, shaping);
  const whole = shaping.momentMatched === "mean-and-covariance";
  const factor = whole ? matchingFactor(z, out.rows, n, shaping, L.data) : L.data;
  multiplyByTransposedLower(z, factor, out.rows, n, out.data);
}
