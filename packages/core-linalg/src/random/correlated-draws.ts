import { requireMatrix } from "../guards/matrices.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { multiplyByTransposedLower } from "../kernels/triangular-multiply.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { requireCholeskyArgument } from "./cholesky-argument.ts";

export interface CorrelatedDrawsOptions {
  /** n means. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** n×n lower triangular L with covariance LLᵀ, as {@link cholesky} gives it; what stands above is ignored. */
  readonly cholesky: MatrixLike;
  /** count×n, not the matrix of the draws itself. */
  readonly out?: Matrix;
}

/**
 * mean + L z for each row z of a count×n matrix of independent draws of variance 1: normals from any generator, or those
 * of a Sobol sequence. A NaN or an infinity among the draws reaches its own row, as arithmetic has it.
 *
 * @throws QuantError "shape" for a factor that is not square, draws of other columns than it, a mean of another length
 *   or an `out` that does not fit; "not-finite" for an entry of the factor or the mean.
 */
export function correlatedDraws(independent: MatrixLike, options: CorrelatedDrawsOptions): Matrix {
  requireKnownOptions(options, ["mean", "cholesky", "out"]);
  const z = requireMatrix("independent", independent);
  const L = requireCholeskyArgument(options.cholesky);
  if (z.columns !== L.rows) {
    throw new QuantError(
      "shape",
      `independent must have ${L.rows} columns as cholesky has, got ${z.columns}`,
      {
        argument: "independent",
        columns: z.columns,
        expected: L.rows,
      },
    );
  }
  const out = outputDraws(options.out, z.rows, z.columns);
  if (out.data.buffer === z.data.buffer) {
    throw new QuantError("shape", "out must not share its memory with independent", { argument: "out" });
  }
  multiplyByTransposedLower(z.data, L.data, z.rows, z.columns, out.data);
  addMean(out, options.mean);
  return out;
}

/** `out`, its shape checked, or a new matrix. */
export function outputDraws(out: Matrix | undefined, rows: number, columns: number): Matrix {
  if (out === undefined) return new Matrix(rows, columns);
  const matrix = requireMatrix("out", out);
  if (matrix.rows === rows && matrix.columns === columns && matrix.data === out.data) return matrix;
  throw new QuantError(
    "shape",
    `out must be a Matrix of ${rows}×${columns}, got ${matrix.rows}×${matrix.columns}`,
    { argument: "out", rows: matrix.rows, columns: matrix.columns },
  );
}

/** Adds the mean, where there is one, to every row. */
export function addMean({ rows, columns, data }: Matrix, mean: VectorLike | undefined): void {
  if (mean === undefined) return;
  const mu = requireFiniteVector("mean", mean, columns);
  for (let t = 0; t < rows; t++) for (let j = 0; j < columns; j++) data[t * columns + j]! += mu[j]!;
}
