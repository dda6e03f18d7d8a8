import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireNonNegative } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { outputVector, requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { triangularSolveKernel } from "../kernels/triangular-solve.ts";
import { Matrix } from "../matrix/matrix.ts";
import { matVec } from "../matrix/multiply.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { multiplyByTransposedQ, type Reflections, reflections, triangularRank } from "./householder.ts";
import { conditionNumber, countAbove, defaultTolerance } from "./singular-values.ts";
import { svd } from "./svd.ts";

export interface LeastSquaresOptions {
  /**
   * "qr": pivoted QR; where A has not full column rank, the dependent columns' unknowns are zero. "svd": the shortest
   * solution. "auto": QR where the rank is full, else SVD. @defaultValue "auto"
   */
  readonly method?: "auto" | "qr" | "svd";
  /** λ ≥ 0 of the penalty λ‖x‖² added to ‖Ax − b‖². @defaultValue 0 */
  readonly ridge?: number;
  /**
   * What of A's largest singular value (of the first diagonal entry of R with QR) counts as zero.
   * @defaultValue max(rows, columns) · ε
   */
  readonly tolerance?: number;
  /** Where the solution goes, n entries. Without it a new array is made. */
  readonly out?: Float64Array;
}

export interface LeastSquares {
  /** n unknowns. */
  readonly solution: Float64Array;
  /** m entries b − Ax. */
  readonly residuals: Float64Array;
  /** Σ residuals², without the penalty. */
  readonly residualSumOfSquares: number;
  /**
   * n standard errors of the unknowns if b's errors are independent and of one variance, which is estimated by
   * residualSumOfSquares ÷ (m − n). NaN where that says nothing: m ≤ n, a deficient rank, or a ridge.
   */
  readonly standardErrors: Float64Array;
  /** The numerical rank of A (with a ridge: of A with the penalty's rows below it). */
  readonly rank: number;
  /** Which way was taken. */
  readonly method: "qr" | "svd";
  /** Largest ÷ smallest singular value of what was solved; ∞ when it is singular. Worked out when first read. */
  readonly condition: number;
}

/**
 * x that makes ‖Ax − b‖² smallest, for A of m×n and b of m entries; of many such x the shortest.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity in A or b, "shape" for a b of another length, "range" for a
 *   negative ridge or tolerance, "option" for an unknown method.
 */
export function leastSquares(A: MatrixLike, b: VectorLike, options: LeastSquaresOptions = {}): LeastSquares {
  requireKnownOptions(options, ["method", "ridge", "tolerance", "out"]);
  const { method = "auto", ridge = 0, out } = options;
  requireOneOf("method", method, ["auto", "qr", "svd"]);
  requireNonNegative("ridge", ridge);
  const a = requireFiniteMatrix("A", A);
  const given = requireFiniteVector("b", b, a.rows);
  const system = ridge > 0 ? withPenalty(a, Math.sqrt(ridge)) : a;
  const { rows, columns: n } = system;
  const { tolerance = defaultTolerance(rows, n) } = options;
  requireNonNegative("tolerance", tolerance);
  const right = new Float64Array(rows);
  right.set(given);

  const answer = solveBy(method, system, right, tolerance);
  const solution = outputVector(out, n);
  solution.set(answer.solution);
  const residuals = matVec(a, solution);
  let sum = 0;
  for (let i = 0; i < residuals.length; i++) {
    residuals[i] = given[i]! - residuals[i]!;
    sum += residuals[i]! * residuals[i]!;
  }
  const freedom = a.rows - n;
  const known = answer.rank === n && freedom > 0 && ridge === 0;
  const deviation = known ? Math.sqrt(sum / freedom) : Number.NaN;
  let condition: number | undefined;
  return {
    solution,
    residuals,
    residualSumOfSquares: sum,
    standardErrors: answer.lengths.map((length) => length * deviation),
    rank: answer.rank,
    method: answer.method,
    get condition(): number {
      condition ??= answer.condition();
      return condition;
    },
  };
}

/** A with the rows √λ I below it: its least squares are those of A with the penalty. */
function withPenalty(a: Matrix, root: number): Matrix {
  const { rows, columns: n } = a;
  const system = new Matrix(rows + n, n);
  system.data.set(a.data);
  for (let j = 0; j < n; j++) system.data[(rows + j) * n + j] = root;
  return system;
}

interface Answer {
  readonly method: "qr" | "svd";
  readonly solution: Float64Array;
  /** √ of the diagonal of (AᵀA)⁻¹; of the pseudo-inverse where there is none. */
  readonly lengths: Float64Array;
  readonly rank: number;
  readonly condition: () => number;
}

function solveBy(method: "auto" | "qr" | "svd", A: Matrix, b: Float64Array, tolerance: number): Answer {
  if (method === "svd") return solveBySvd(A, b, tolerance);
  const found = reflections(A.data, A.rows, A.columns, true);
  const rank = triangularRank(found, tolerance);
  if (method === "auto" && rank < A.columns) return solveBySvd(A, b, tolerance);
  return solveByQr(found, b, rank);
}

/** The leading r×r block of R. */
function leadingBlock({ packed, n }: Reflections, r: number): Matrix {
  const R = new Matrix(r, r);
  for (let i = 0; i < r; i++) for (let j = i; j < r; j++) R.data[i * r + j] = packed[i * n + j]!;
  return R;
}

function solveByQr(found: Reflections, b: Float64Array, rank: number): Answer {
  const { n, permutation } = found;
  const right = b.slice();
  multiplyByTransposedQ(found, right, 1);
  const R = leadingBlock(found, rank);
  const triangle = { T: R.data, n: rank, upper: true, transpose: false, unit: false };
  const leading = right.subarray(0, rank);
  triangularSolveKernel(triangle, leading, 1);
  const inverse = Matrix.identity(rank); // (AᵀA)⁻¹ = R⁻¹R⁻ᵀ
  triangularSolveKernel(triangle, inverse.data, rank);
  const solution = new Float64Array(n);
  const lengths = new Float64Array(n);
  for (let i = 0; i < rank; i++) {
    solution[permutation[i]!] = leading[i]!;
    let sum = 0;
    for (let j = i; j < rank; j++) sum += inverse.data[i * rank + j]! * inverse.data[i * rank + j]!;
    lengths[permutation[i]!] = Math.sqrt(sum);
  }
  const condition = (): number => (rank === n ? conditionNumber(R) : Number.POSITIVE_INFINITY);
  return { method: "qr", solution, lengths, rank, condition };
}

function solveBySvd(A: Matrix, b: Float64Array, tolerance: number): Answer {
  const { rows: m, columns: n } = A;
  const { U, values, V } = svd(A);
  const k = values.length;
  const rank = countAbove(values, tolerance);
  const solution = new Float64Array(n);
  const lengths = new Float64Array(n);
  // x = Σ_s v_s (u_sᵀb) ÷ σ_s
  for (let s = 0; s < rank; s++) {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += U.data[i * k + s]! * b[i]!;
    for (let j = 0; j < n; j++) {
      const v = V.data[j * k + s]! / values[s]!;
      solution[j]! += v * sum;
      lengths[j]! += v * v;
    }
  }
  const condition = (): number =>
    rank === n && n > 0 ? values[0]! / values[n - 1]! : Number.POSITIVE_INFINITY;
  return { method: "svd", solution, lengths: lengths.map(Math.sqrt), rank, condition };
}
