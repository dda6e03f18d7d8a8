import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { multiplyByTransposedLower } from "../kernels/triangular-multiply.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import type { Random } from "./random.ts";

export interface MultivariateNormalOptions {
  /** n means. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** n×n lower triangular L with covariance LLᵀ, as {@link cholesky} gives it; what stands above is ignored. */
  readonly cholesky: MatrixLike;
  /** How many vectors to draw. */
  readonly count: number;
}

/**
 * `count` draws of a normal vector, count×n: mean + L z with z standard normal. Takes count·n draws of `random`.
 *
 * @throws QuantError "shape" for a factor that is not square or a mean of another length, "not-finite" for an entry
 *   of theirs, "range" for a count that is no integer ≥ 0, "option" for a `random` that is no generator.
 */
export function multivariateNormal(random: Random, options: MultivariateNormalOptions): Matrix {
  requireKnownOptions(options, ["mean", "cholesky", "count"]);
  if (typeof random?.fillNormal !== "function") {
    throw new QuantError("option", `random must be a generator, got ${show(random)}`, { argument: "random" });
  }
  const L = requireFiniteMatrix("cholesky", options.cholesky);
  const n = L.rows;
  if (n !== L.columns) {
    throw new QuantError("shape", `cholesky must be square, got ${L.rows}×${L.columns}`, {
      rows: L.rows,
      columns: L.columns,
    });
  }
  const count = requireInteger("count", options.count, 0);
  const independent = random.fillNormal(new Float64Array(count * n));
  const draws = new Matrix(count, n);
  multiplyByTransposedLower(independent, L.data, count, n, draws.data);
  if (options.mean !== undefined) {
    const mean = requireFiniteVector("mean", options.mean, n);
    for (let t = 0; t < count; t++) for (let j = 0; j < n; j++) draws.data[t * n + j]! += mean[j]!;
  }
  return draws;
}
