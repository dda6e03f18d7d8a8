import { symmetricEigenvalues } from "../factor/symmetric-eigen.ts";
import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { requireInteger, requirePositive } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { alternatingProjections } from "./alternating-projections.ts";
import { newtonProjection } from "./newton-projection.ts";

const METHODS = ["newton", "alternating-projections"] as const;
const OPTION_NAMES = ["weights", "floor", "method", "tolerance", "maxIterations"] as const;
const MOST_ITERATIONS = { newton: 100, "alternating-projections": 10_000 } as const;

export interface NearestCorrelationOptions {
  /** n positive weights: the entry of assets i and j counts w_i w_j in the squared distance. @defaultValue all 1 */
  readonly weights?: VectorLike;
  /** What no eigenvalue of the answer may be below, in [0, 1). @defaultValue 0 */
  readonly floor?: number;
  /**
   * Both end at the same matrix: Newton's method on the dual problem (Qi and Sun 2006, [NagG02]) in a few steps, alternating projections
   * with Dykstra's correction (Higham 2002) in tens to thousands, one eigendecomposition each.
   *
   * @defaultValue "newton"
   */
  readonly method?: (typeof METHODS)[number];
  /** What the last step may still be off or move, relative to the matrix. @defaultValue 1e-10 */
  readonly tolerance?: number;
  /** @defaultValue 100 for "newton", 10000 for "alternating-projections" */
  readonly maxIterations?: number;
}

export interface NearestCorrelation {
  /** n×n, symmetric to the bit, ones on the diagonal. */
  readonly correlation: Matrix;
  /** ‖W^½ (C − correlation) W^½‖ in the Frobenius norm. */
  readonly distance: number;
  readonly iterations: number;
  /** False when `maxIterations` came first: the answer is a correlation matrix, but not yet the nearest. */
  readonly converged: boolean;
  /** The smallest eigenvalue of the answer: `floor` but for rounding, unless C was above it already. */
  readonly smallestEigenvalue: number;
}

function requireWeights(weights: VectorLike | undefined, n: number): Float64Array {
  if (weights === undefined) return new Float64Array(n).fill(1);
  const w = requireFiniteVector("weights", weights, n);
  w.forEach((value, i) => {
    requirePositive(`weights[${i}]`, value);
  });
  return w;
}

/** The value, if it is in [0, 1): the mean eigenvalue of a correlation matrix is 1. */
export function requireFloor(floor: unknown): number {
  if (typeof floor === "number" && floor >= 0 && floor < 1) return floor;
  throw new QuantError("range", `floor must be in [0, 1), got ${show(floor)}`, {
    argument: "floor",
    value: floor,
  });
}

function distanceBetween(A: Matrix, B: Matrix, weights: Float64Array): number {
  const n = A.rows;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const difference = A.data[i * n + j]! - B.data[i * n + j]!;
      sum += weights[i]! * weights[j]! * difference * difference;
    }
  }
  return Math.sqrt(sum);
}

/**
 * The correlation matrix nearest to a symmetric C (n×n) in the weighted Frobenius norm: what to make of correlations
 * that were estimated pair by pair, typed in or stressed one by one, and are those of no data.
 *
 * With weights or a floor the problem is the same in other coordinates: for Z = W^½ (X − floor·I) W^½, the nearest
 * positive semidefinite Z to W^½ C W^½ that has the diagonal w (1 − floor). What C has on its diagonal does not matter.
 *
 * @throws QuantError for a matrix that is not square, symmetric or finite, "shape" or "range" for weights that are not n
 *   positive numbers, "range" for a floor outside [0, 1).
 */
export function nearestCorrelation(
  C: MatrixLike,
  options: NearestCorrelationOptions = {},
): NearestCorrelation {
  requireKnownOptions(options, OPTION_NAMES);
  const { floor = 0, method = "newton", tolerance = 1e-10 } = options;
  requireFloor(floor);
  requireOneOf("method", method, METHODS);
  requirePositive("tolerance", tolerance);
  const { maxIterations = MOST_ITERATIONS[method] } = options;
  requireInteger("maxIterations", maxIterations, 1);
  const c = requireSymmetricMatrix("C", C);
  const n = c.rows;
  const weights = requireWeights(options.weights, n);

  const root = weights.map(Math.sqrt);
  const G = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = (c.data[i * n + j]! + c.data[j * n + i]!) / 2;
      G.data[i * n + j] = root[i]! * root[j]! * entry;
      G.data[j * n + i] = G.data[i * n + j]!;
    }
  }
  const diagonal = weights.map((weight) => weight * (1 - floor));
  const project = method === "newton" ? newtonProjection : alternatingProjections;
  const { Z, iterations, converged } = project(G, diagonal, tolerance, maxIterations);

  // Exact ones: what rounding and the last step leave beside them is scaled away, which keeps Z semidefinite.
  const correlation = Matrix.identity(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const scale = Math.sqrt(Z.data[i * n + i]! * Z.data[j * n + j]!);
      const value = scale > 0 ? (1 - floor) * (Z.data[i * n + j]! / scale) : 0;
      correlation.data[i * n + j] = value;
      correlation.data[j * n + i] = value;
    }
  }
  return {
    correlation,
    distance: distanceBetween(c, correlation, weights),
    iterations,
    converged,
    smallestEigenvalue: symmetricEigenvalues(correlation)[0] ?? Number.NaN,
  };
}
