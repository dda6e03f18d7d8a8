import { symmetricEigen } from "../factor/symmetric-eigen.ts";
import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type ConditionedCovariance, withCondition } from "./covariance-estimate.ts";
import { requireFloor } from "./nearest-correlation.ts";
import { squaredDistance } from "./norms.ts";
import { fromSpectrum } from "./spectrum.ts";

const SCALINGS = ["correlation", "none"] as const;

export interface NearestPositiveDefiniteOptions {
  /** What eigenvalues are raised to, as a fraction of their mean magnitude; in [0, 1). @defaultValue 1e-8 */
  readonly floor?: number;
  /**
   * "correlation" looks for the nearest in units of each asset's own volatility, so that small variances are not
   * drowned by large ones; "none" in the units of S. @defaultValue "correlation"
   */
  readonly scaling?: (typeof SCALINGS)[number];
}

export interface NearestPositiveDefinite extends ConditionedCovariance {
  /** False when S was far enough from singular and is returned as it is (made symmetric to the bit). */
  readonly changed: boolean;
  /** ‖S − covariance‖ in the Frobenius norm, in the units of S. */
  readonly distance: number;
  /** The eigenvalues that were raised, ascending, in the scaling chosen. */
  readonly clipped: Float64Array;
  /** n: what was added to each variance. */
  readonly added: Float64Array;
}

function scaleOf(s: Matrix, scaling: (typeof SCALINGS)[number]): Float64Array {
  const n = s.rows;
  return Float64Array.from({ length: n }, (_, i) => {
    const variance = s.data[i * n + i]!;
    if (scaling === "none") return 1;
    if (variance > 0) return Math.sqrt(variance);
    throw new QuantError(
      "data",
      `S[${i}][${i}] must be positive for scaling 'correlation', got ${variance}; scaling 'none' takes any`,
      { row: i, value: variance },
    );
  });
}

/**
 * The nearest symmetric matrix with no eigenvalue below the floor, in the Frobenius norm: eigenvalues below it are raised
 * to it. The repair of an indefinite or singular covariance, by name: it says what it changed.
 * {@link cholesky} takes the answer with the default floor. To keep the variances, take {@link nearestCorrelation} of
 * the correlations instead.
 *
 * @throws QuantError for a matrix that is not square, symmetric or finite, "range" for a floor outside [0, 1), "data" for
 *   a variance that is not positive where the scaling needs one.
 */
export function nearestPositiveDefinite(
  S: MatrixLike,
  options: NearestPositiveDefiniteOptions = {},
): NearestPositiveDefinite {
  requireKnownOptions(options, ["floor", "scaling"]);
  const { floor = 1e-8, scaling = "correlation" } = options;
  requireFloor(floor);
  requireOneOf("scaling", scaling, SCALINGS);
  const s = requireSymmetricMatrix("S", S);
  const n = s.rows;
  const scale = scaleOf(s, scaling);
  const before = new Matrix(n, n);
  const scaled = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (s.data[i * n + j]! + s.data[j * n + i]!) / 2;
      before.data[i * n + j] = value;
      before.data[j * n + i] = value;
      const entry = value / scale[i]! / scale[j]!;
      scaled.data[i * n + j] = entry;
      scaled.data[j * n + i] = entry;
    }
  }
  const { values, vectors } = symmetricEigen(scaled);
  const least = floor * (values.reduce((sum, value) => sum + Math.abs(value), 0) / n);
  const count = values.filter((value) => value < least).length;
  const lift = fromSpectrum(
    values.map((value) => least - value),
    vectors,
    0,
    count,
  );
  const covariance = before.clone();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      covariance.data[i * n + j]! += lift.data[i * n + j]! * (scale[i]! * scale[j]!);
    }
  }
  return withCondition({
    covariance,
    changed: count > 0,
    distance: Math.sqrt(squaredDistance(before, covariance)),
    clipped: values.slice(0, count),
    added: Float64Array.from({ length: n }, (_, i) => covariance.data[i * n + i]! - before.data[i * n + i]!),
  });
}
