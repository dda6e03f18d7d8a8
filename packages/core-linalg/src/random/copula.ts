import { requireInteger, requirePositive } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { normalCdf } from "../special/normal.ts";
import { studentTCdf } from "../special/student-t.ts";
import { requireCholeskyArgument } from "./cholesky-argument.ts";
import { outputDraws } from "./correlated-draws.ts";
import { multivariateNormal } from "./multivariate-normal.ts";
import { fillStudentT } from "./multivariate-student-t.ts";
import type { RandomSource } from "./random-source.ts";
import { requireRandom, type SeedrandomLike } from "./seedrandom-source.ts";

export interface CopulaOptions {
  /** n×n lower triangular factor of the correlation matrix, or of a covariance, whose volatilities are taken out. */
  readonly cholesky: MatrixLike;
  /** How many vectors to draw. */
  readonly count: number;
  /** Where to write them, count×n. */
  readonly out?: Matrix;
}

export interface StudentTCopulaOptions extends CopulaOptions {
  /** ν > 0, whole or not; the smaller, the more often extremes come together. */
  readonly degreesOfFreedom: number;
}

const LARGEST_BELOW_ONE = 1 - 2 ** -53;
const SMALLEST = 2 ** -1022;

/** L with rows of length 1: the factor of the correlation matrix. */
function unitRows(cholesky: MatrixLike): Matrix {
  const L = requireCholeskyArgument(cholesky);
  const n = L.rows;
  const unit = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    let scale = 0;
    for (let k = 0; k <= i; k++) scale = Math.max(scale, Math.abs(L.data[i * n + k]!));
    if (scale === 0) {
      throw new QuantError("data", `row ${i} of cholesky must not be zero: it has no correlation`, {
        argument: "cholesky",
        row: i,
      });
    }
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += (L.data[i * n + k]! / scale) ** 2;
    const length = Math.sqrt(sum);
    for (let k = 0; k <= i; k++) unit.data[i * n + k] = L.data[i * n + k]! / scale / length;
  }
  return unit;
}

/** Each draw's probability under its own law; strictly between 0 and 1, so that any quantile of it is finite. */
function toProbabilities(draws: Matrix, cdf: (x: number) => number): Matrix {
  const { data } = draws;
  for (let k = 0; k < data.length; k++) {
    data[k] = Math.min(Math.max(cdf(data[k]!), SMALLEST), LARGEST_BELOW_ONE);
  }
  return draws;
}

/**
 * `count` draws of the normal copula, count×n: uniforms, strictly between 0 and 1, that depend on one another as normals
 * of the given correlation do. Put each column through a quantile function for variables of any law. Takes count·n
 * normals of `random`, row by row.
 *
 * @throws QuantError "shape" for a factor that is not square or an `out` that does not fit, "not-finite" for an entry,
 *   "data" for a row of zeros, "range" for a count that is no integer ≥ 0, "option" for a `random` that is no generator.
 */
export function normalCopula(random: RandomSource | SeedrandomLike, options: CopulaOptions): Matrix {
  requireKnownOptions(options, ["cholesky", "count", "out"]);
  const { cholesky, ...rest } = options;
  return toProbabilities(multivariateNormal(random, { ...rest, cholesky: unitRows(cholesky) }), normalCdf);
}

/**
 * As {@link normalCopula}, with the dependence of Student's t: extremes of the variables come together. Takes
 * count·(n + 1) draws of `random`: a row's chi-square, then its normals.
 *
 * @throws QuantError as {@link normalCopula}, and "range" for degrees of freedom ≤ 0.
 */
export function studentTCopula(
  random: RandomSource | SeedrandomLike,
  options: StudentTCopulaOptions,
): Matrix {
  requireKnownOptions(options, ["cholesky", "count", "out", "degreesOfFreedom"]);
  const source = requireRandom("random", random, "fillNormal", "chiSquare");
  const L = unitRows(options.cholesky);
  const nu = requirePositive("degreesOfFreedom", options.degreesOfFreedom);
  const out = outputDraws(options.out, requireInteger("count", options.count, 0), L.rows);
  fillStudentT(source, L, nu, Math.sqrt(nu), out);
  return toProbabilities(out, (x) => studentTCdf(x, nu));
}
