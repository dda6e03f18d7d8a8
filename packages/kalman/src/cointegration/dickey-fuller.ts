import { Matrix, qr } from "@astra-quant/core-linalg";
import { inUnits } from "./extreme-units.ts";
import { largestMagnitude, removeTrend, type Trend, trendColumns, trendTerms } from "./trend.ts";

/** A series made ready for the regressions Δy_t = trend + γ y_{t−1} + Σ δ_j Δy_{t−j} + e_t of any number of lags. */
export interface DickeyFullerSeries {
  readonly trend: Trend;
  readonly levels: Float64Array;
  /** Entry t − 1 is y_t − y_{t−1}. */
  readonly changes: Float64Array;
}

/** One such regression, as far as it says something about γ. */
export interface DickeyFullerFit {
  readonly coefficient: number;
  readonly standardError: number;
  /** coefficient ÷ standardError; NaN where the series leaves nothing to estimate. */
  readonly statistic: number;
  readonly residualVariance: number;
  readonly observations: number;
}

/**
 * What the trend explains is taken out before any product is formed (the regression's own trend makes that harmless), so
 * that a level or a drift far above the noise costs no digits.
 */
export function dickeyFullerSeries(series: Float64Array, trend: Trend): DickeyFullerSeries {
  const levels = inUnits(series).slice();
  const largest = largestMagnitude(levels);
  removeTrend(levels, trend);
  const changes = new Float64Array(Math.max(0, levels.length - 1));
  for (let t = 0; t < changes.length; t++) changes[t] = levels[t + 1]! - levels[t]!;
  if (trend !== "n") removeTrend(changes, "c");
  const moves = largestMagnitude(changes) > 8 * Number.EPSILON * largest;
  return { trend, levels, changes: moves ? changes : changes.fill(0) };
}

function dot(a: Float64Array, aFrom: number, b: Float64Array, bFrom: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < count; t += 4) {
    s0 += a[aFrom + t]! * b[bFrom + t]!;
    s1 += a[aFrom + t + 1]! * b[bFrom + t + 1]!;
    s2 += a[aFrom + t + 2]! * b[bFrom + t + 2]!;
    s3 += a[aFrom + t + 3]! * b[bFrom + t + 3]!;
  }
  for (; t < count; t++) s0 += a[aFrom + t]! * b[bFrom + t]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * Products of the columns Δy_t, Δy_{t−1}, …, Δy_{t−lags}, y_{t−1} over the rows that have them all, the level last: the
 * lower triangle, row-major. Products of changes that stand d apart share all but a few rows at the ends, so each d takes
 * one long sum and adds what its window has besides: nothing is ever subtracted from a sum.
 */
function products({ levels, changes }: DickeyFullerSeries, lags: number): Float64Array {
  const rows = changes.length - lags;
  const size = lags + 2;
  const G = new Float64Array(size * size);
  const after = new Float64Array(lags + 1);
  for (let d = 0; d <= lags; d++) {
    // Lags i and i + d meet in the products p(s) = Δy_s Δy_{s−d}, s from lags − i to lags − i + rows − 1.
    const last = lags - d;
    const core = rows > last ? dot(changes, lags, changes, lags - d, rows - last) : 0;
    const shared = rows > last;
    let sum = 0;
    for (let i = last; shared && i >= 0; i--) {
      after[i] = sum;
      const s = lags + rows - i;
      if (i > 0) sum += changes[s]! * changes[s - d]!;
    }
    let before = 0;
    for (let i = 0; i <= last; i++) {
      if (i > 0) before += changes[lags - i]! * changes[lags - i - d]!;
      G[(i + d) * size + i] = shared
        ? core + (before + after[i]!)
        : dot(changes, lags - i, changes, lags - i - d, rows);
    }
  }
  for (let i = 0; i <= lags; i++) G[(lags + 1) * size + i] = dot(levels, lags, changes, lags - i, rows);
  G[size * size - 1] = dot(levels, lags, levels, lags, rows);
  return G;
}

/** Takes the trend's share out of the products. */
function projectOut({ trend, levels, changes }: DickeyFullerSeries, lags: number, G: Float64Array): void {
  const rows = changes.length - lags;
  const size = lags + 2;
  const shares = new Float64Array(size);
  for (const column of trendColumns(trend, rows)) {
    for (let i = 0; i <= lags; i++) shares[i] = dot(column, 0, changes, lags - i, rows);
    shares[lags + 1] = dot(column, 0, levels, lags, rows);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) G[i * size + j]! -= shares[i]! * shares[j]!;
    }
  }
}

/** Where each column of the regression stands among the products: its regressors in order, then Δy_t. */
function columnOrder(lags: number, levelFirst: boolean): Int32Array {
  const order = new Int32Array(lags + 2);
  for (let j = 0; j < lags; j++) order[j + (levelFirst ? 1 : 0)] = j + 1;
  order[levelFirst ? 0 : lags] = lags + 1;
  return order;
}

/** A pivot below this share of its column has lost too many digits in the products. */
const LEAST_PIVOT = 1e-4;

/**
 * Row-major lower L with L Lᵀ = the products in this order; undefined where a pivot is too small a share of its column's
 * whole square, the trend's included, to be trusted.
 */
function choleskyOf(G: Float64Array, whole: Float64Array, order: Int32Array): Float64Array | undefined {
  const size = order.length;
  const L = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const a = order[i]!;
    for (let j = 0; j <= i; j++) {
      const b = order[j]!;
      let sum = a >= b ? G[a * size + b]! : G[b * size + a]!;
      for (let k = 0; k < j; k++) sum -= L[i * size + k]! * L[j * size + k]!;
      if (j < i) L[i * size + j] = sum / L[j * size + j]!;
      else if (sum > LEAST_PIVOT * whole[a]!) L[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return L;
}

/** The same factor from the columns themselves, by reflections; undefined where they are dependent. */
function reflectionsOf(
  { trend, levels, changes }: DickeyFullerSeries,
  lags: number,
  order: Int32Array,
): Float64Array | undefined {
  const rows = changes.length - lags;
  const size = lags + 2;
  const terms = trendTerms(trend);
  const width = terms + size;
  if (rows < width) return undefined;
  const A = new Matrix(rows, width);
  trendColumns(trend, rows).forEach((column, k) => {
    for (let t = 0; t < rows; t++) A.data[t * width + k] = column[t]!;
  });
  const lengths = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const from = order[j]! > lags ? lags : lags - order[j]!;
    const column = order[j]! > lags ? levels : changes;
    const length = Math.sqrt(dot(column, from, column, from, rows));
    if (!(length > 0)) return undefined;
    lengths[j] = length;
    for (let t = 0; t < rows; t++) A.data[t * width + terms + j] = column[from + t]! / length;
  }
  const { R } = qr(A);
  const L = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    if (!(R.get(terms + i, terms + i) > 8 * rows * Number.EPSILON)) return undefined;
    for (let j = 0; j <= i; j++) L[i * size + j] = R.get(terms + j, terms + i) * lengths[i]!;
  }
  return L;
}

/**
 * The triangular factor of the regression with so many lags, trend removed: row i belongs to the i-th regressor, the last
 * row to Δy_t. Products and Cholesky where they keep their digits, reflections of the columns where not; undefined where
 * the columns are dependent or fit without a residual.
 */
function factorOf(data: DickeyFullerSeries, lags: number, levelFirst: boolean): Float64Array | undefined {
  const G = products(data, lags);
  const whole = new Float64Array(lags + 2);
  for (let i = 0; i < whole.length; i++) whole[i] = G[i * (lags + 2) + i]!;
  projectOut(data, lags, G);
  const order = columnOrder(lags, levelFirst);
  return choleskyOf(G, whole, order) ?? reflectionsOf(data, lags, order);
}

const NOTHING: Omit<DickeyFullerFit, "observations"> = {
  coefficient: Number.NaN,
  standardError: Number.NaN,
  statistic: Number.NaN,
  residualVariance: Number.NaN,
};

/** Least squares with so many lags. The level stands last, where its coefficient can be read from the factor. */
export function dickeyFullerFit(data: DickeyFullerSeries, lags: number): DickeyFullerFit {
  const observations = Math.max(0, data.changes.length - lags);
  const freedom = observations - trendTerms(data.trend) - lags - 1;
  const L = freedom > 0 ? factorOf(data, lags, false) : undefined;
  if (L === undefined) return { ...NOTHING, observations };
  const size = lags + 2;
  const pivot = L[lags * size + lags]!;
  const share = L[(lags + 1) * size + lags]!;
  const deviation = L[(lags + 1) * size + lags + 1]! / Math.sqrt(freedom);
  return {
    coefficient: share / pivot,
    standardError: deviation / pivot,
    statistic: share / deviation,
    residualVariance: deviation * deviation,
    observations,
  };
}

/** How well the regressions of 0, 1, …, maxLags lags do over the rows that the longest has. */
export interface LagPath {
  readonly observations: number;
  /** Entry p: the sum of squared residuals with p lags. */
  readonly residualSquares: Float64Array;
  /** Entry p: the t-statistic of the last regressor with p lags. */
  readonly lastStatistic: Float64Array;
}

/** All of these regressions from one factor, the level first; undefined where the longest cannot be fitted. */
export function lagPath(data: DickeyFullerSeries, maxLags: number): LagPath | undefined {
  const observations = data.changes.length - maxLags;
  const L = factorOf(data, maxLags, true);
  if (L === undefined) return undefined;
  const size = maxLags + 2;
  const row = (maxLags + 1) * size;
  const residualSquares = new Float64Array(maxLags + 1);
  const lastStatistic = new Float64Array(maxLags + 1);
  let squares = L[row + maxLags + 1]! * L[row + maxLags + 1]!;
  for (let p = maxLags; p >= 0; p--) {
    const freedom = observations - trendTerms(data.trend) - p - 1;
    residualSquares[p] = squares;
    lastStatistic[p] = L[row + p]! / Math.sqrt(squares / freedom);
    squares += L[row + p]! * L[row + p]!;
  }
  return { observations, residualSquares, lastStatistic };
}
