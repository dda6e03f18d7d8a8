import {
  cholesky,
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
import { inUnits, unitOf } from "./extreme-units.ts";
import { type JohansenStatistic, johansenStatistic } from "./johansen-statistic.ts";
import type { JohansenTrend } from "./johansen-tables.ts";
import { removeTrend, trendColumns } from "./trend.ts";

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

/** Brings a row to length 1, and tells the length that it had. */
function scaleToUnit(row: Float64Array): number {
  let squares = 0;
  for (let t = 0; t < row.length; t++) squares += row[t]! * row[t]!;
  const length = Math.sqrt(squares);
  for (let t = 0; t < row.length; t++) row[t]! /= length;
  return length;
}

/** What each value adds to the one before it. */
function changesOf(values: Float64Array): Float64Array {
  const changes = new Float64Array(values.length - 1);
  for (let t = 0; t < changes.length; t++) changes[t] = values[t + 1]! - values[t]!;
  return changes;
}

/** A factor below this says that the products of the rows have lost half their digits. */
const LEAST_FACTOR = 1e-6;

/**
 * Lower triangular L with L Lᵀ = M Mᵀ for unit rows, or undefined where they depend on one another. Cholesky's factor of the
 * products makes the rows nearly orthonormal, and that of what they then are mends the first: digits as of reflections,
 * which take over where the products say too little.
 */
function rowFactor(M: Matrix): Matrix | undefined {
  const turned = transpose(M);
  const first = cholesky(multiply(M, turned));
  const k = M.rows;
  if (first.status === "ok" && diagonalAbove(first.L, LEAST_FACTOR)) {
    const Q = triangularSolve(first.L, M);
    const second = cholesky(multiply(Q, transpose(Q, { out: turned })));
    if (second.status === "ok") return multiply(first.L, second.L);
  }
  if (M.columns < k) return undefined;
  const { R } = qr(transpose(M));
  return diagonalAbove(R, 8 * M.columns * Number.EPSILON) ? transpose(R) : undefined;
}

function diagonalAbove(triangle: Matrix, least: number): boolean {
  for (let i = 0; i < triangle.rows; i++) if (!(triangle.get(i, i) > least)) return false;
  return true;
}

/** k rows and k columns from a corner on. */
function block(A: Matrix, row: number, column: number, k: number): Matrix {
  const corner = new Matrix(k, k);
  for (let i = 0; i < k; i++) {
    const start = (row + i) * A.columns + column;
    corner.data.set(A.data.subarray(start, start + k), i * k);
  }
  return corner;
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
 * Both sides come from one triangular factor and meet in one singular value decomposition, so no covariance is inverted. With 'ct' the trend is taken from the levels first, as in statsmodels' `coint_johansen`.
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
  const T = n - 1 - lags;
  const given = Array.from({ length: k }, (_, j) => levels.column(j));
  const units = Float64Array.from(given, unitOf);
  const columns = given.map((column, j) => removeTrend(inUnits(column, units[j]!), trend));
  const changes = columns.map(changesOf);
  const past = Array.from({ length: lags }, (_, i) => changes.map((x) => x.subarray(lags - 1 - i))).flat();
  const now = changes.map((x) => x.subarray(lags));
  const before = columns.map((x) => x.subarray(lags));
  const rows = new Matrix((lags + 2) * k, T);
  const terms = trendColumns(constant, T);
  const lengths = Float64Array.from([...past, ...now, ...before], (x, i) => {
    const row = rows.data.subarray(i * T, (i + 1) * T);
    row.set(x.subarray(0, T));
    return scaleToUnit(removeTrend(row, constant, terms));
  });
  const L = lengths.includes(0) ? undefined : rowFactor(rows);
  if (L === undefined) return degenerate(k, trend, T);

  // Without the past: changes = A Q₀, levels = B Q₀ + C Q₁, rows of Q₀ and Q₁ orthonormal
  const p = lags * k;
  const A = block(L, p, p, k);
  const B = block(L, p + k, p, k);
  const C = block(L, p + k, p + k, k);
  // (Bᵀ over Cᵀ) = Q R: the upper half of Q is what the two sides have in common, and Rᵀ R the products of the levels
  const stacked = Matrix.fromRows([...transpose(B).toRows(), ...transpose(C).toRows()]);
  const { Q, R } = qr(stacked);
  const { U, values, V } = svd(block(Q, 0, 0, k));
  const root = Math.sqrt(T);
  const scaled = triangularSolve(
    R,
    V.map((value) => value * root),
    { upper: true },
  );
  const vectors = scaled.map((value, i) => value / (lengths[p + k + i]! * units[i]!));
  const pulled = multiply(
    A,
    U.map((value, _, j) => (value * values[j]!) / root),
  );
  const adjustments = pulled.map((value, i) => value * lengths[p + i]! * units[i]!);
  firstEntryPositive(vectors, adjustments);
  const eigenvalues = values.map((correlation) => correlation * correlation);
  const largest = eigenvalues.map((lambda) => -T * log1p(-lambda));
  const trace = largest.map((_, r) => largest.subarray(r).reduceRight((sum, value) => sum + value, 0));
  return {
    status: "ok",
    eigenvalues,
    vectors,
    adjustments,
    trace: johansenStatistic("trace", trace, trend),
    largestEigenvalue: johansenStatistic("largest", largest, trend),
    observations: T,
  };
}
