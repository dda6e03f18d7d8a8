import { requireInteger, requirePositive } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import type { VectorLike } from "../guards/vectors.ts";
import { multiplyByTransposedLower } from "../kernels/triangular-multiply.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { requireCholeskyArgument } from "./cholesky-argument.ts";
import { addMean, outputDraws } from "./correlated-draws.ts";
import type { Random } from "./random.ts";
import type { RandomSource } from "./random-source.ts";
import { requireRandom, type SeedrandomLike } from "./seedrandom-source.ts";

/** What LLᵀ is of a multivariate t: its covariance, or the scale matrix, (ν − 2) ÷ ν times as large. */
export type CholeskyOf = "covariance" | "scale";

export interface MultivariateStudentTOptions {
  /** n means. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** n×n lower triangular L, as {@link cholesky} gives it; what stands above is ignored. */
  readonly cholesky: MatrixLike;
  /**
   * What LLᵀ is.
   *
   * - `covariance`: that of the draws, so that a t may stand where a normal stood; needs more than 2 degrees of freedom
   * - `scale`: the scale matrix of the law, for any degrees of freedom
   *
   * @defaultValue "covariance"
   */
  readonly choleskyOf?: CholeskyOf;
  /** ν > 0, whole or not. */
  readonly degreesOfFreedom: number;
  /** How many vectors to draw. */
  readonly count: number;
  /** Where to write them, count×n. */
  readonly out?: Matrix;
}

const CHOICES: readonly CholeskyOf[] = ["covariance", "scale"];
/** Numbers drawn and multiplied at a time: they stay in the cache. */
const STRETCH = 32_768;

/** √(ν − 2) for the covariance, √ν for the scale: what a draw's normals are multiplied by, over the root of w. */
function numerator(choleskyOf: CholeskyOf, nu: number): number {
  if (choleskyOf === "scale") return Math.sqrt(nu);
  if (nu > 2) return Math.sqrt(nu - 2);
  throw new QuantError(
    "range",
    `degreesOfFreedom must be > 2 for a covariance to exist (or choleskyOf 'scale'), got ${nu}`,
    { argument: "degreesOfFreedom", value: nu },
  );
}

/**
 * `count` draws of Student's t with n variables, count×n: mean + L z √(ν ÷ w) (times √((ν − 2) ÷ ν) where LLᵀ is the
 * covariance), z standard normal and w one chi-square for the whole row. Takes count·(n + 1) draws of
 * `random`: a row's chi-square, then its normals.
 *
 * @throws QuantError "shape" for a factor that is not square, a mean of another length or an `out` that does not fit,
 *   "not-finite" for an entry of theirs, "range" for degrees of freedom ≤ 0 (≤ 2 for a covariance) or a count that is no
 *   integer ≥ 0, "option" for a `random` that is no generator.
 */
export function multivariateStudentT(
  random: RandomSource | SeedrandomLike,
  options: MultivariateStudentTOptions,
): Matrix {
  requireKnownOptions(options, ["mean", "cholesky", "choleskyOf", "degreesOfFreedom", "count", "out"]);
  const source = requireRandom("random", random, "fillNormal", "chiSquare");
  const L = requireCholeskyArgument(options.cholesky);
  const nu = requirePositive("degreesOfFreedom", options.degreesOfFreedom);
  const root = numerator(requireOneOf("choleskyOf", options.choleskyOf ?? "covariance", CHOICES), nu);
  const count = requireInteger("count", options.count, 0);
  const out = outputDraws(options.out, count, L.rows);
  fillStudentT(source, L, nu, root, out);
  addMean(out, options.mean);
  return out;
}

/** Rows of one chi-square and n normals each, from any source. */
function fillRows(
  random: RandomSource & Partial<Pick<Random, "fillRows">>,
  chiSquares: Float64Array,
  normals: Float64Array,
  nu: number,
): void {
  if (random.fillRows !== undefined) {
    random.fillRows(chiSquares, normals, nu);
    return;
  }
  const n = normals.length / chiSquares.length;
  for (let t = 0; t < chiSquares.length; t++) {
    chiSquares[t] = random.chiSquare(nu);
    random.fillNormal(normals.subarray(t * n, (t + 1) * n));
  }
}

/** Fills `out` with rows root · L z ÷ √w, w chi-square of ν degrees of freedom. */
export function fillStudentT(random: RandomSource, L: Matrix, nu: number, root: number, out: Matrix): void {
  const n = L.rows;
  const rows = Math.min(out.rows, Math.max(4, Math.floor(STRETCH / n)));
  const w = new Float64Array(rows);
  const z = new Float64Array(rows * n);
  for (let start = 0; start < out.rows; start += rows) {
    const count = Math.min(rows, out.rows - start);
    const block = z.subarray(0, count * n);
    fillRows(random, w.subarray(0, count), block, nu);
    for (let t = 0; t < count; t++) {
      const factor = root / Math.sqrt(w[t]!);
      for (let j = 0; j < n; j++) block[t * n + j]! *= factor;
    }
    multiplyByTransposedLower(block, L.data, count, n, out.data.subarray(start * n, (start + count) * n));
  }
}
