import {
  add,
  cholesky,
  Matrix,
  multiply,
  qr,
  subtract,
  transpose,
  triangularSolve,
} from "@astra-quant/core-linalg";
import type { TakenBar } from "../state-space/filter-core.ts";
import { rootOf } from "../state-space/square-root-covariance.ts";

/** C with C Cᵀ = I + E Eᵀ. */
function rootWithUnit(E: Matrix): Matrix | undefined {
  const factor = cholesky(add(Matrix.identity(E.rows), multiply(E, transpose(E))));
  return factor.status === "ok" ? factor.L : undefined;
}

/**
 * What later bars tell about a bar's state, as information Λ = ΓᵀΓ kept by its root Γ: a smoothed covariance is then
 * (P⁻¹ + Λ)⁻¹, a sum of what is positive. The usual P − P N P takes a large number from a large one where the filter knew
 * little yet. An observation without noise has no finite information: there is then no such root any more.
 */
export class BackwardInformation {
  #root: Matrix | undefined;

  constructor(states: number) {
    this.#root = Matrix.zeros(0, states);
  }

  /** Goes back over a bar, from the next one's state to this one's, its observations included. */
  take({ T, Q, mean, elements }: TakenBar): void {
    const n = mean.length;
    let root = this.#root;
    if (root === undefined) return;
    if (elements.some(({ noise }) => noise === 0)) {
      this.#root = undefined;
      return;
    }
    // (Λ⁻¹ + Q)⁻¹ = Γᵀ (I + Γ Q Γᵀ)⁻¹ Γ
    if (root.rows > 0) {
      const C = rootWithUnit(multiply(root, new Matrix(n, n, rootOf(Q, n))));
      root = C && multiply(triangularSolve(C, root), new Matrix(n, n, T));
    }
    if (root !== undefined && elements.length > 0) {
      const rows = new Matrix(root.rows + elements.length, n);
      rows.data.set(root.data);
      elements.forEach(({ z, noise }, k) => {
        const weight = 1 / Math.sqrt(noise);
        for (let i = 0; i < n; i++) rows.data[(root!.rows + k) * n + i] = z[i]! * weight;
      });
      root = rows.rows > n ? qr(rows).R : rows;
    }
    this.#root = root;
  }

  /**
   * The covariance of the bar's state given all bars: P there before its observation, and nothing known along the columns
   * of B. With E = Γ S and P = S Sᵀ: W = S (I + EᵀE)⁻¹ Sᵀ, U = B − S Eᵀ (I + EEᵀ)⁻¹ Γ B, V = W + U (BᵀN B)⁻¹ Uᵀ.
   * Undefined where the information has no root, or does not reach all of B.
   */
  smoothedCovariance({ mean, covariance, unknown }: TakenBar): Float64Array | undefined {
    const n = mean.length;
    const root = this.#root;
    if (root === undefined || root.rows === 0) return undefined;
    const S = new Matrix(n, n, rootOf(covariance, n));
    const E = multiply(root, S);
    const C = rootWithUnit(transpose(E));
    if (C === undefined) return undefined;
    const half = triangularSolve(C, transpose(S));
    const W = multiply(transpose(half), half);
    if (unknown.length === 0) return W.data;
    const B = new Matrix(n, unknown.length / n, unknown);
    const D = rootWithUnit(E);
    if (D === undefined) return undefined;
    const Y = triangularSolve(D, multiply(root, B));
    const along = multiply(transpose(triangularSolve(D, transpose(multiply(S, transpose(E))))), Y);
    const U = subtract(B, along);
    const G = cholesky(multiply(transpose(Y), Y));
    if (G.status !== "ok") return undefined;
    const rest = triangularSolve(G.L, transpose(U));
    return add(W, multiply(transpose(rest), rest)).data;
  }
}
