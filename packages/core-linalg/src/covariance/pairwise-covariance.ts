import { requireMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type ConditionedCovariance, withCondition } from "./covariance-estimate.ts";

export interface PairwiseCovarianceOptions {
  /** Products of a pair are divided by its common rows − ddof. @defaultValue 1 */
  readonly ddof?: number;
  /** A pair with fewer common rows has NaN. @defaultValue 1 */
  readonly minPeriods?: number;
}

export interface PairwiseCovariance extends ConditionedCovariance {
  /** n means, each over the rows its asset has; NaN without any. */
  readonly mean: Float64Array;
  /** n×n: the rows in which both assets are present. */
  readonly observations: Matrix;
}

/** Column after column, NaN where missing. */
function columnsOf({ rows, columns, data }: Matrix): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < columns; j++) {
      const value = data[t * columns + j]!;
      if (Math.abs(value) === Number.POSITIVE_INFINITY) {
        throw new QuantError(
          "not-finite",
          `X[${t}][${j}] must be finite, or NaN where missing, got ${value}`,
          {
            argument: "X",
            row: t,
            column: j,
            value,
          },
        );
      }
      result[j * rows + t] = value;
    }
  }
  return result;
}

interface Pair {
  readonly count: number;
  readonly meanOfFirst: number;
  readonly product: number;
}

/** The common rows of two columns, centred about their own means (as deviations from the first of them). */
function pairOf(a: Float64Array, b: Float64Array): Pair {
  let count = 0;
  let referenceA = 0;
  let referenceB = 0;
  let sumA = 0;
  let sumB = 0;
  for (let t = 0; t < a.length; t++) {
    const x = a[t]!;
    const y = b[t]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    if (count === 0) {
      referenceA = x;
      referenceB = y;
    }
    count += 1;
    sumA += x - referenceA;
    sumB += y - referenceB;
  }
  const meanA = sumA / count;
  const meanB = sumB / count;
  let product = 0;
  for (let t = 0; t < a.length; t++) {
    const x = a[t]! - referenceA - meanA;
    const y = b[t]! - referenceB - meanB;
    if (!Number.isNaN(x) && !Number.isNaN(y)) product += x * y;
  }
  return { count, meanOfFirst: referenceA + meanA, product };
}

/**
 * The covariance of a time × assets matrix with gaps: each pair of assets over the rows that both have, as pandas'
 * `DataFrame.cov`. Every entry uses all it can, but the entries do not come from one sample, so the whole need not be
 * a covariance: `condition.definiteness` then says "indefinite", and {@link nearestPositiveDefinite} repairs it by name.
 *
 * @throws QuantError "not-finite" for ±∞ (NaN is a missing value), "range" for a minPeriods below 1.
 */
export function pairwiseCovariance(
  X: MatrixLike,
  options: PairwiseCovarianceOptions = {},
): PairwiseCovariance {
  requireKnownOptions(options, ["ddof", "minPeriods"]);
  const { ddof = 1, minPeriods = 1 } = options;
  requireInteger("ddof", ddof, 0);
  requireInteger("minPeriods", minPeriods, 1);
  const x = requireMatrix("X", X);
  const { rows: T, columns: n } = x;
  const columns = columnsOf(x);
  const column = (j: number): Float64Array => columns.subarray(j * T, (j + 1) * T);
  const covariance = new Matrix(n, n);
  const observations = new Matrix(n, n);
  const mean = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const { count, meanOfFirst, product } = pairOf(column(i), column(j));
      const value = count >= minPeriods && count > ddof ? product / (count - ddof) : Number.NaN;
      covariance.data[i * n + j] = value;
      covariance.data[j * n + i] = value;
      observations.data[i * n + j] = count;
      observations.data[j * n + i] = count;
      if (i === j) mean[i] = meanOfFirst;
    }
  }
  return withCondition({ covariance, mean, observations });
}
