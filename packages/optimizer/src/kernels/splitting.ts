import {
  type Ldl,
  solveTypescript,
  symmetricTimesVector,
  timesVector,
  transposeTimesVector,
} from "@astra-quant/core-linalg/kernels";
import { dot, largest, largestProduct } from "../vectors.ts";

/** The arrays of the operator-splitting method: the scaled problem, the penalties, the iterate and its products. */
export interface Splitting {
  readonly n: number;
  readonly m: number;
  /** Where each variable, then each row, stands in the order of elimination. */
  readonly place: Int32Array;
  /** Where each row's −1/ρ stands among the values of K. */
  readonly penaltyPlaces: Int32Array;
  readonly rho: Float64Array;
  readonly inverseRho: Float64Array;
  readonly q: Float64Array;
  readonly l: Float64Array;
  readonly u: Float64Array;
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly y: Float64Array;
  /** The last iteration's changes of x and y. */
  readonly deltaX: Float64Array;
  readonly deltaY: Float64Array;
  /** P's upper triangle and A, by column. */
  readonly pPointers: Int32Array;
  readonly pRows: Int32Array;
  readonly pValues: Float64Array;
  readonly aPointers: Int32Array;
  readonly aRows: Int32Array;
  readonly aValues: Float64Array;
  readonly inverseD: Float64Array;
  readonly inverseE: Float64Array;
  /** Ax. */
  readonly image: Float64Array;
  /** Px. */
  readonly curvature: Float64Array;
  /** A'y. */
  readonly pull: Float64Array;
  /** Room for the larger of n and m. */
  readonly residual: Float64Array;
  /** What {@link measureTypescript} finds, at the places that {@link FIGURE} names. */
  readonly figures: Float64Array;
}

/** Norms are largest entries; those of the scaled space, then those of the user's (up to the cost's scale). */
export const FIGURE = {
  primal: 0,
  userPrimal: 1,
  primalScale: 2,
  userPrimalScale: 3,
  dual: 4,
  userDual: 5,
  dualScale: 6,
  userDualScale: 7,
  xPx: 8,
  qx: 9,
  support: 10,
  count: 11,
} as const;

const TINY_MULTIPLIER = 1e-15;

/** The kernel's structure, in the order of kernels/splitting.ts. */
export const SPLITTING_FIELDS: readonly (keyof Splitting)[] = [
  "n",
  "m",
  "place",
  "penaltyPlaces",
  "rho",
  "inverseRho",
  "q",
  "l",
  "u",
  "x",
  "z",
  "y",
  "deltaX",
  "deltaY",
  "pPointers",
  "pRows",
  "pValues",
  "aPointers",
  "aRows",
  "aValues",
  "inverseD",
  "inverseE",
  "image",
  "curvature",
  "pull",
  "residual",
  "figures",
];

/** What every call of the kernel writes before it reads. */
export const SCRATCH: ReadonlySet<string> = new Set<keyof Splitting>([
  "deltaX",
  "deltaY",
  "image",
  "curvature",
  "pull",
  "residual",
  "figures",
]);

/**
 * One iteration, in place:
 *
 *     K [x̃; ν] = [σx − q; z − y/ρ]        z̃ = z − y/ρ + ν/ρ
 *     x⁺ = αx̃ + (1 − α)x                  h = αz̃ + (1 − α)z
 *     z⁺ = clip(h + y/ρ, l, u)            y⁺ = y + ρ(h − z⁺)
 */
export function stepTypescript(ldl: Ldl, s: Splitting, sigma: number, alpha: number): void {
  const { n, m, place: at, q, l, u, x, z, y, deltaX, deltaY, rho, inverseRho } = s;
  const { work } = ldl;
  for (let j = 0; j < n; j++) work[at[j]!] = sigma * x[j]! - q[j]!;
  for (let i = 0; i < m; i++) work[at[n + i]!] = z[i]! - y[i]! * inverseRho[i]!;
  solveTypescript(ldl, work);
  for (let j = 0; j < n; j++) {
    const next = alpha * work[at[j]!]! + (1 - alpha) * x[j]!;
    deltaX[j] = next - x[j]!;
    x[j] = next;
  }
  for (let i = 0; i < m; i++) {
    const dual = y[i]! * inverseRho[i]!;
    const image = z[i]! - dual + work[at[n + i]!]! * inverseRho[i]!;
    const relaxed = alpha * image + (1 - alpha) * z[i]!;
    let projected = relaxed + dual;
    if (projected < l[i]!) projected = l[i]!;
    if (projected > u[i]!) projected = u[i]!;
    const step = rho[i]! * (relaxed - projected);
    deltaY[i] = step;
    y[i]! += step;
    z[i] = projected;
  }
}

/** Ax, Px and A'y, and what the termination tests ask of them. */
export function measureTypescript(s: Splitting): void {
  const { n, m, q, l, u, x, z, y, inverseD, inverseE, image, curvature, pull, figures } = s;
  const A = { rows: m, columns: n, columnPointers: s.aPointers, rowIndices: s.aRows, values: s.aValues };
  timesVector(A, x, image);
  symmetricTimesVector(
    { ...A, columnPointers: s.pPointers, rowIndices: s.pRows, values: s.pValues },
    x,
    curvature,
  );
  transposeTimesVector(A, y, pull);
  const primal = s.residual.subarray(0, m);
  for (let i = 0; i < m; i++) primal[i] = image[i]! - z[i]!;
  figures[FIGURE.primal] = largest(primal);
  figures[FIGURE.userPrimal] = largestProduct(primal, inverseE);
  figures[FIGURE.primalScale] = Math.max(largest(z), largest(image));
  figures[FIGURE.userPrimalScale] = Math.max(largestProduct(z, inverseE), largestProduct(image, inverseE));
  const dual = s.residual.subarray(0, n);
  for (let j = 0; j < n; j++) dual[j] = curvature[j]! + q[j]! + pull[j]!;
  figures[FIGURE.dual] = largest(dual);
  figures[FIGURE.userDual] = largestProduct(dual, inverseD);
  figures[FIGURE.dualScale] = Math.max(largest(q), largest(pull), largest(curvature));
  figures[FIGURE.userDualScale] = Math.max(
    largestProduct(q, inverseD),
    largestProduct(pull, inverseD),
    largestProduct(curvature, inverseD),
  );
  figures[FIGURE.xPx] = dot(x, curvature);
  figures[FIGURE.qx] = dot(q, x);
  figures[FIGURE.support] = support(y, l, u);
}

/** Σ u_i max(y_i, 0) + l_i min(y_i, 0) over the finite sides, without multipliers that are rounding. */
function support(y: Float64Array, l: Float64Array, u: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const yi = y[i]!;
    if (Math.abs(yi) < TINY_MULTIPLIER) continue;
    if (yi > 0 && u[i]! < Number.POSITIVE_INFINITY) sum += u[i]! * yi;
    else if (yi < 0 && l[i]! > Number.NEGATIVE_INFINITY) sum += l[i]! * yi;
  }
  return sum;
}
