import {
  cholesky,
  choleskySolve,
  Matrix,
  type MatrixLike,
  matVec,
  multiply,
  QuantError,
  symmetrize,
  transpose,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  isVector,
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  requireSymmetricMatrix,
} from "@astra-quant/core-linalg/guards";

export interface BlackLittermanOptions {
  /** n weights of the market; with `riskAversion` they say what the market expects: π = 2 · riskAversion · Σw. */
  readonly marketWeights?: VectorLike;
  /** As in the utility μ'w − riskAversion · w'Σw; half of the literature's δ. Goes with `marketWeights`. */
  readonly riskAversion?: number;
  /** n returns per period before any view, in place of the market's. */
  readonly priorReturns?: VectorLike;
  /** k×n: row j says whose return the view is on: a 1 for an asset, 1 and −1 for one against another. */
  readonly picks: MatrixLike;
  /** k returns per period that the views expect of their rows. */
  readonly views: VectorLike;
  /**
   * How sure each view is, k numbers in [0, 1]: 0 is no view, 1 is certain, and c moves a single view's return the part c of
   * the way from the prior to it. In place of `uncertainty`.
   */
  readonly confidences?: VectorLike;
  /**
   * k variances of the views' errors (the diagonal of Ω), or Ω itself, k×k.
   * @defaultValue τ p'Σp of each view's row p
   */
  readonly uncertainty?: VectorLike | MatrixLike;
  /**
   * τ: the variance of the prior returns as a part of Σ.
   * @defaultValue 0.05
   */
  readonly tau?: number;
}

export interface BlackLittermanPosterior {
  /** "singular" where views that leave no doubt contradict or repeat each other; then returns and covariance are NaN. */
  readonly status: "ok" | "singular";
  /** π, n per period. */
  readonly priorReturns: Float64Array;
  /** π + τΣP'(PτΣP' + Ω)⁻¹(q − Pπ), n per period. */
  readonly expectedReturns: Float64Array;
  /** Σ + M, where M = τΣ − τΣP'(PτΣP' + Ω)⁻¹PτΣ is what remains unknown of the returns themselves; n×n. */
  readonly covariance: Matrix;
  /** Ω, k×k. */
  readonly uncertainty: Matrix;
}

const OPTIONS = [
  "marketWeights",
  "riskAversion",
  "priorReturns",
  "picks",
  "views",
  "confidences",
  "uncertainty",
  "tau",
];

/**
 * Returns that combine what the market expects with views, and the covariance of returns that are known no better than
 * that: both go straight into optimizePortfolio.
 *
 * @throws QuantError for shapes that do not fit, for neither or both of a market and prior returns, for both of
 *   confidences and uncertainty, and for confidences outside [0, 1] or variances below 0.
 */
export function blackLitterman(
  covariance: MatrixLike,
  options: BlackLittermanOptions,
): BlackLittermanPosterior {
  requireKnownOptions(options, OPTIONS);
  const sigma = symmetrize(requireSymmetricMatrix("covariance", covariance));
  const n = sigma.rows;
  const tau = requirePositive("tau", options.tau ?? 0.05);
  const P = requireFiniteMatrix("picks", options.picks);
  if (P.columns !== n) {
    throw new QuantError("shape", `picks must have ${n} columns as covariance has, got ${P.columns}`, { n });
  }
  const q = requireFiniteVector("views", options.views, P.rows);
  const prior = readPrior(options, sigma);
  const uncertainty = readUncertainty(options, sigma, P, tau);
  // a view of infinite variance is none
  const heard = Array.from({ length: P.rows }, (_, j) => j).filter((j) =>
    Number.isFinite(uncertainty.get(j, j)),
  );
  const expected = matVec(P, prior);
  const views = Float64Array.from(heard, (j) => q[j]! - expected[j]!);
  const revision = revise(sigma, rowsOf(P, heard), views, blockOf(uncertainty, heard), tau);
  if (revision === undefined) {
    return {
      status: "singular",
      priorReturns: prior,
      expectedReturns: new Float64Array(n).fill(Number.NaN),
      covariance: new Matrix(n, n, new Float64Array(n * n).fill(Number.NaN)),
      uncertainty,
    };
  }
  return {
    status: "ok",
    priorReturns: prior,
    expectedReturns: prior.map((value, i) => value + revision.change[i]!),
    covariance: revision.covariance,
    uncertainty,
  };
}

/** With T = τΣP' and A = PT + Ω: the change T A⁻¹ v of the returns, and Σ + τΣ − T A⁻¹T'. */
function revise(
  sigma: Matrix,
  P: Matrix,
  v: Float64Array,
  omega: Matrix,
  tau: number,
): { change: Float64Array; covariance: Matrix } | undefined {
  const covariance = sigma.clone();
  for (let at = 0; at < covariance.data.length; at++) covariance.data[at]! += tau * covariance.data[at]!;
  if (P.rows === 0) return { change: new Float64Array(sigma.rows), covariance };
  const T = multiply(P, sigma);
  for (let at = 0; at < T.data.length; at++) T.data[at]! *= tau;
  const A = multiply(T, transpose(P));
  for (let at = 0; at < A.data.length; at++) A.data[at]! += omega.data[at]!;
  const factor = cholesky(symmetrize(A));
  if (factor.status !== "ok") return undefined;
  const known = multiply(transpose(T), choleskySolve(factor.L, T));
  for (let at = 0; at < known.data.length; at++) covariance.data[at]! -= known.data[at]!;
  const change = matVec(transpose(T), choleskySolve(factor.L, v));
  return { change, covariance: symmetrize(covariance) };
}

function readPrior(
  { marketWeights, riskAversion, priorReturns }: BlackLittermanOptions,
  sigma: Matrix,
): Float64Array {
  const n = sigma.rows;
  const hasMarket = marketWeights !== undefined && riskAversion !== undefined;
  if (priorReturns !== undefined && marketWeights === undefined && riskAversion === undefined) {
    return requireFiniteVector("priorReturns", priorReturns, n).slice();
  }
  if (priorReturns !== undefined || !hasMarket) {
    throw new QuantError("option", "either marketWeights and riskAversion or priorReturns must be given", {});
  }
  const w = requireFiniteVector("marketWeights", marketWeights, n);
  const aversion = requireNonNegative("riskAversion", riskAversion);
  return matVec(sigma, w).map((value) => 2 * aversion * value);
}

/** Ω: as given, from confidences as ω = τ p'Σp (1 − c)/c, or τ p'Σp. */
function readUncertainty(
  { confidences, uncertainty }: BlackLittermanOptions,
  sigma: Matrix,
  P: Matrix,
  tau: number,
): Matrix {
  const k = P.rows;
  if (confidences !== undefined && uncertainty !== undefined) {
    throw new QuantError("option", "confidences and uncertainty must not both be given", {});
  }
  const diagonal = (values: Float64Array): Matrix => {
    const omega = new Matrix(k, k);
    values.forEach((value, j) => {
      omega.set(j, j, value);
    });
    return omega;
  };
  if (uncertainty !== undefined && !isVector(uncertainty))
    return symmetrize(requireSymmetricMatrix("uncertainty", uncertainty, k));
  if (uncertainty !== undefined) {
    const variances = requireFiniteVector("uncertainty", uncertainty, k);
    variances.forEach((value, j) => {
      requireNonNegative(`uncertainty[${j}]`, value);
    });
    return diagonal(variances);
  }
  const own = ownVariances(sigma, P).map((variance) => tau * variance);
  if (confidences === undefined) return diagonal(own);
  const sure = requireFiniteVector("confidences", confidences, k);
  return diagonal(
    own.map((variance, j) => {
      const c = sure[j]!;
      if (c >= 0 && c <= 1) return c === 0 ? Number.POSITIVE_INFINITY : (variance * (1 - c)) / c;
      throw new QuantError("range", `confidences[${j}] must be in [0, 1], got ${c}`, { index: j });
    }),
  );
}

/** p'Σp of each row p of P. */
function ownVariances(sigma: Matrix, P: Matrix): Float64Array {
  const { rows, columns } = P;
  const image = multiply(P, sigma);
  return Float64Array.from({ length: rows }, (_, j) => {
    let sum = 0;
    for (let i = j * columns; i < (j + 1) * columns; i++) sum += P.data[i]! * image.data[i]!;
    return sum;
  });
}

function rowsOf(P: Matrix, rows: readonly number[]): Matrix {
  const { columns } = P;
  const picked = new Matrix(rows.length, columns);
  rows.forEach((j, a) => {
    picked.data.set(P.data.subarray(j * columns, (j + 1) * columns), a * columns);
  });
  return picked;
}

function blockOf(omega: Matrix, rows: readonly number[]): Matrix {
  const block = new Matrix(rows.length, rows.length);
  rows.forEach((i, a) => {
    rows.forEach((j, b) => {
      block.set(a, b, omega.get(i, j));
    });
  });
  return block;
}
