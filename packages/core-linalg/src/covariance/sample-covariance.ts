import { requireFiniteMatrix, requireMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { centredProducts, meansOf, runningMean } from "../kernels/covariance.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type CovarianceEstimate, withCondition } from "./covariance-estimate.ts";

export interface SampleCovarianceOptions {
  /** Products are divided by rows − ddof. @defaultValue 1 */
  readonly ddof?: number;
}

/** The matrix called X, if it has as many rows as an estimate needs. */
export function requireRows(X: MatrixLike, least: number, reason: string): Matrix {
  const x = requireMatrix("X", X);
  if (x.rows >= least) return x;
  throw new QuantError("shape", `X must have at least ${least} rows${reason}, got ${x.rows}`, {
    argument: "X",
    rows: x.rows,
    least,
  });
}

/**
 * The sample covariance of a time × assets matrix of returns: Σ (x − x̄)(x − x̄)ᵀ ÷ (rows − ddof). Rows are centred
 * before they are multiplied, in blocks of 128 about each block's own mean, so a large mean costs no digits; blocks are
 * joined by squares alone, never by a difference [ChanGolubLeVeque1979]. {@link OnlineCovariance} gives the same bits.
 * Products beyond the doubles (values above 1e154) are ±∞ or NaN.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere (drop or fill the rows first, or see
 *   {@link pairwiseCovariance}), "shape" for fewer than two rows or rows ≤ ddof.
 */
export function sampleCovariance(X: MatrixLike, options: SampleCovarianceOptions = {}): CovarianceEstimate {
  requireKnownOptions(options, ["ddof"]);
  const { ddof = 1 } = options;
  requireInteger("ddof", ddof, 0);
  const x = requireRows(X, Math.max(2, ddof + 1), ` for ddof ${ddof}`);
  const { rows: T, columns: n } = x;
  const running = runningMean(n);
  const products = centredProducts(x.data, T, n, running, T - ddof);
  const mean = meansOf(running);
  // One entry that is not finite leaves its column without a finite mean: only then is it worth a search.
  if (!mean.every(Number.isFinite)) requireFiniteMatrix("X", x);
  return withCondition({ covariance: new Matrix(n, n, products), mean, observations: T });
}
