import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { triangularSolveKernel } from "../kernels/triangular-solve.ts";
import { requireSquareMatrix } from "../matrix/square.ts";
import type { LdlFactor } from "./ldl.ts";
import {
  type RightSide,
  requireRightSide,
  type SolutionOf,
  type SolveOptions,
  solutionRoom,
} from "./right-side.ts";

/**
 * x with Ax = b from the factors of A, for b of n entries or n×m. A NaN or an infinity in b reaches x as arithmetic has
 * it.
 *
 * @throws QuantError "shape" for factors that are not square or a b of another length, "data" for a singular D.
 */
export function ldlSolve<B extends RightSide>(
  factor: Pick<LdlFactor, "L" | "D" | "permutation">,
  b: B,
  options: SolveOptions<B> = {},
): SolutionOf<B> {
  requireKnownOptions(options, ["out"]);
  const { data: L, rows: n } = requireSquareMatrix("factor.L", factor.L);
  const { data: D } = requireSquareMatrix("factor.D", factor.D);
  const order = factor.permutation;
  if (D.length !== n * n || order?.length !== n) {
    throw new QuantError("shape", `factor.D must be ${n}×${n} and factor.permutation have ${n} entries`, {
      argument: "factor",
    });
  }
  const { data, columns: m } = requireRightSide("b", b, n);
  const X = new Float64Array(n * m);
  for (let k = 0; k < n; k++) X.set(data.subarray(order[k]! * m, (order[k]! + 1) * m), k * m);
  const triangle = { T: L, n, upper: false, unit: true };
  triangularSolveKernel({ ...triangle, transpose: false }, X, m);
  divideByBlocks(D, n, X, m);
  triangularSolveKernel({ ...triangle, transpose: true }, X, m);
  const room = solutionRoom(b, n, m, options.out);
  for (let k = 0; k < n; k++) room.data.set(X.subarray(k * m, (k + 1) * m), order[k]! * m);
  return room.solution;
}

/** X = D⁻¹X for the 1×1 and 2×2 blocks of D. */
function divideByBlocks(D: Float64Array, n: number, X: Float64Array, m: number): void {
  for (let k = 0; k < n; k++) {
    const b = k + 1 < n ? D[(k + 1) * n + k]! : 0;
    const a = D[k * n + k]!;
    if (b === 0) {
      if (a === 0) {
        throw new QuantError("data", `factor.D must not be singular, got a zero at [${k}][${k}]`, { row: k });
      }
      for (let j = 0; j < m; j++) X[k * m + j]! /= a;
      continue;
    }
    const p = a / b;
    const q = D[(k + 1) * n + k + 1]! / b;
    const scale = 1 / (p * q - 1);
    for (let j = 0; j < m; j++) {
      const x = X[k * m + j]! / b;
      const y = X[(k + 1) * m + j]! / b;
      X[k * m + j] = scale * (q * x - y);
      X[(k + 1) * m + j] = scale * (p * y - x);
    }
    k++;
  }
}
