import {
  log1p,
  Matrix,
  type MatrixLike,
  multiply,
  QuantError,
  qr,
  svd,
  transpose,
  triangularSolve,
} from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import { type JohansenStatistic, johansenStatistic } from "./johansen-statistic.ts";
import type { JohansenTrend } from "./johansen-tables.ts";
import { removeTrend } from "./trend.ts";

export interface JohansenTestOptions {
  /**
   * Deterministic terms: 'n' none, 'c' a constant, 'ct' a constant and a linear trend (statsmodels' det_order −1, 0, 1).
   * The tables of 'c' are those of series that drift; of two walks without drift the trace test rejects about 12 % at its
   * 5 %, and one whose rank matters should be rejected at 1 %.
   *
   * @defaultValue "c"
   */
  readonly trend?: JohansenTrend;
  /**
   * Lagged differences in the model: the lags of the vector autoregression less one.
   *
   * @defaultValue 1
   */
  readonly lags?: number;
}

export interface JohansenTest {
  /** `'degenerate'`: the series or their changes are linearly dependent, so nothing can be told apart; all is NaN. */
  readonly status: "ok" | "degenerate";
  /** k squared canonical correlations of changes and levels, descending. */
  readonly eigenvalues: Float64Array;
  /**
   * k × k: column j weighs the series in the j-th relation. Vᵀ S V = I with S the levels' covariance once lags and trend
   * are taken out; the first entry of each column that is not zero is positive.
   */
  readonly vectors: Matrix;
  /** k × k: column j says by how much each series moves in a bar per unit of relation j. */
  readonly adjustments: Matrix;
  /** At most r relations against more. */
  readonly trace: JohansenStatistic;
  /** At most r relations against r + 1. */
  readonly largestEigenvalue: JohansenStatistic;
  /** Rows of the regressions: observations − 1 − lags. */
  readonly observations: number;
}

/** Columns of `rows` entries each, cut from series-wise columns. */
function side(columns: readonly Float64Array[], rows: number): Matrix {
  const matrix = new Matrix(rows, columns.length);
  columns.forEach((column, j) => {
    for (let t = 0; t < rows; t++) matrix.data[t * columns.length + j] = column[t]!;
  });
  return matrix;
}

/** What is left of each column of A once the columns of Q, orthonormal, are taken out; twice, for orthogonality. */
function without(Q: Matrix | undefined, A: Matrix): Matrix {
  if (Q === undefined) return A;
  let left = A;
  for (let pass = 0; pass < 2; pass++) {
    const share = multiply(Q, multiply(transpose(Q), left));
    left = new Matrix(
      A.rows,
      A.columns,
      left.data.map((value, i) => value - share.data[i]!),
    );
  }
  return left;
}

/** Whether a triangular factor shows columns that depend on those before them, in the columns' own units. */
function isDeficient(R: Matrix, A: Matrix): boolean {
  for (let j = 0; j < R.columns; j++) {
    const column = A.column(j);
    let squares = 0;
    for (const value of column) squares += value * value;
    if (!(R.get(j, j) > 8 * A.rows * Number.EPSILON * Math.sqrt(squares))) return true;
  }
  return false;
}

/** Turns each relation so that its first weight that is not zero is positive, and its adjustments with it. */
function firstEntryPositive(vectors: Matrix, adjustments: Matrix): void {
  const { rows, columns } = vectors;
  for (let j = 0; j < columns; j++) {
    let i = 0;
    while (i < rows - 1 && vectors.get(i, j) === 0) i++;
    if (vectors.get(i, j) >= 0) continue;
    for (let row = 0; row < rows; row++) {
      vectors.set(row, j, -vectors.get(row, j));
      adjustments.set(row, j, -adjustments.get(row, j));
    }
  }
}

function degenerate(k: number, trend: JohansenTrend, observations: number): JohansenTest {
  const unknown = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);
  const statistics = (kind: "trace" | "largest"): JohansenStatistic =>
    johansenStatistic(kind, unknown(k), trend);
  return {
    status: "degenerate",
    eigenvalues: unknown(k),
    vectors: new Matrix(k, k, unknown(k * k)),
    adjustments: new Matrix(k, k, unknown(k * k)),
    trace: statistics("trace"),
    largestEigenvalue: statistics("largest"),
    observations,
  };
}

/**
 * Johansen's tests of how many cointegrating relations hold between k series: changes and lagged levels, both without
 * trend and lagged changes, and the squared canonical correlations λ between the two. With T rows, at most r relations
 * have the trace statistic −T Σ_{j>r} log(1 − λ_j) and the largest-eigenvalue statistic −T log(1 − λ_{r+1}).
 *
 * Both sides are orthonormalised by QR and met in one singular value decomposition, so no covariance is formed or
 * inverted. With 'ct' the trend is taken from the levels first, as in statsmodels' `coint_johansen`.
 *
 * @param series - n × k, 2 ≤ k ≤ 12: one column a series
 * @throws QuantError "shape" for fewer than 2 or more than 12 series, "not-finite" for a NaN or an infinity, "range" for
 *   too few observations (n ≥ (k + 1)(lags + 1) + k + 2 are needed) or illegal lags, "option" for an unknown trend.
 */
export function johansenTest(series: MatrixLike, options: JohansenTestOptions = {}): JohansenTest {
  requireKnownOptions(options, ["trend", "lags"]);
  const { trend = "c", lags = 1 } = options;
  requireOneOf("trend", trend, ["n", "c", "ct"]);
  requireInteger("lags", lags, 0);
  const levels = requireFiniteMatrix("series", series);
  const { rows: n, columns: k } = levels;
  if (k < 2 || k > 12) {
    throw new QuantError("shape", `series must be of 2 to 12 columns, got ${k}`, {
      argument: "series",
      columns: k,
    });
  }
  requireInteger("the number of observations", n, (k + 1) * (lags + 1) + k + 2);
  const constant = trend === "n" ? "n" : "c";
  const rows = n - 1 - lags;
  const columns = Array.from({ length: k }, (_, j) => removeTrend(levels.column(j), trend));
  const changes = columns.map((y) => Float64Array.from({ length: n - 1 }, (_, t) => y[t + 1]! - y[t]!));
  const cut = (x: Float64Array, from: number): Float64Array =>
    removeTrend(x.slice(from, from + rows), constant);
  const past = Array.from({ length: lags * k }, (_, i) => cut(changes[i % k]!, lags - 1 - Math.floor(i / k)));
  const Z = side(past, rows);
  const basis = lags > 0 ? qr(Z) : undefined;
  if (basis !== undefined && isDeficient(basis.R, Z)) return degenerate(k, trend, rows);
  const dY = side(
    changes.map((x) => cut(x, lags)),
    rows,
  );
  const Y = side(
    columns.map((x) => cut(x, lags)),
    rows,
  );
  const moves = qr(without(basis?.Q, dY));
  const places = qr(without(basis?.Q, Y));
  if (isDeficient(moves.R, dY) || isDeficient(places.R, Y)) return degenerate(k, trend, rows);
  const { U, values, V } = svd(multiply(transpose(moves.Q), places.Q));
  const root = Math.sqrt(rows);
  // S = RᵀR ÷ T, so R⁻¹ V √T makes Vᵀ S V = I
  const vectors = triangularSolve(
    places.R,
    V.map((value) => value * root),
    { upper: true },
  );
  const adjustments = multiply(
    transpose(moves.R),
    U.map((value, _, j) => (value * values[j]!) / root),
  );
  firstEntryPositive(vectors, adjustments);
  const eigenvalues = values.map((correlation) => correlation * correlation);
  const largest = eigenvalues.map((lambda) => -rows * log1p(-lambda));
  const trace = largest.map((_, r) => largest.subarray(r).reduceRight((sum, value) => sum + value, 0));
  return {
    status: "ok",
    eigenvalues,
    vectors,
    adjustments,
    trace: johansenStatistic("trace", trace, trend),
    largestEigenvalue: johansenStatistic("largest", largest, trend),
    observations: rows,
  };
}
