import { Matrix } from "../matrix/matrix.ts";
import { squaredDistance, squaredNorm } from "./norms.ts";
import { positivePart } from "./positive-part.ts";

/** A positive semidefinite matrix with (nearly) the diagonal asked for, and how it was come by. */
export interface Projection {
  readonly Z: Matrix;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * The nearest positive semidefinite matrix to a symmetric G among those with the given diagonal, by projections on the
 * two sets in turn with Dykstra's correction for the one that is no plane, as Higham proposed in 2002:
 *
 * R = Y − ΔS,  X = R₊,  ΔS = X − R,  Y = X with its diagonal replaced
 */
export function alternatingProjections(
  G: Matrix,
  diagonal: Float64Array,
  tolerance: number,
  maxIterations: number,
): Projection {
  const n = G.rows;
  const correction = new Float64Array(n * n);
  const R = new Matrix(n, n);
  let Y = G;
  let X = G;
  for (let k = 1; k <= maxIterations; k++) {
    for (let e = 0; e < n * n; e++) R.data[e] = Y.data[e]! - correction[e]!;
    const before = { X, Y };
    X = positivePart(R).part;
    for (let e = 0; e < n * n; e++) correction[e] = X.data[e]! - R.data[e]!;
    Y = X.clone();
    for (let i = 0; i < n; i++) Y.data[i * n + i] = diagonal[i]!;
    const moved = Math.max(
      squaredDistance(X, before.X) / squaredNorm(X),
      squaredDistance(Y, before.Y) / squaredNorm(Y),
      squaredDistance(X, Y) / squaredNorm(Y),
    );
    if (moved <= tolerance * tolerance) return { Z: X, iterations: k, converged: true };
  }
  return { Z: X, iterations: maxIterations, converged: n === 0 };
}
