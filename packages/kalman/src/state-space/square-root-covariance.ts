import { Matrix, qr, symmetricEigen } from "@astra-quant/core-linalg";
import type { StateCovariance } from "./state-covariance.ts";

/** S with S Sᵀ = A, for A positive semidefinite, row-major. */
export function rootOf(A: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(new Matrix(n, n, A.slice()));
  const S = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) S[i * n + j] = vectors.data[i * n + j]! * Math.sqrt(Math.max(0, values[j]!));
  }
  return S;
}

/** The lower triangular L with L Lᵀ = A Aᵀ, for A of n rows: what orthogonal rotations of its columns leave. */
function triangularized(A: Matrix): Matrix {
  const { R } = qr(A);
  const L = new Matrix(A.columns, A.columns);
  for (let i = 0; i < R.rows; i++) {
    for (let j = i; j < R.columns; j++) L.data[j * L.columns + i] = R.data[i * R.columns + j]!;
  }
  return L;
}

/**
 * A root S of P = S Sᵀ, moved by orthogonal transformations alone (the array form): P can lose neither symmetry nor
 * sign, and S keeps the digits of variances that differ by the square of what P itself could hold.
 */
export class SquareRootCovariance implements StateCovariance {
  readonly form = "square-root";
  readonly #n: number;
  #S: Float64Array;
  #Q: Float64Array | undefined;
  #rootOfQ: Float64Array | undefined;

  constructor(root: Float64Array, n: number) {
    this.#S = root;
    this.#n = n;
  }

  static of(P: Float64Array, n: number): SquareRootCovariance {
    return new SquareRootCovariance(rootOf(P, n), n);
  }

  get data(): Float64Array {
    return this.#S;
  }

  /** Sᵀ z. */
  #through(z: Float64Array): Float64Array {
    const n = this.#n;
    const f = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) f[j]! += this.#S[i * n + j]! * z[i]!;
    return f;
  }

  project(z: Float64Array, cross: Float64Array): number {
    const n = this.#n;
    const f = this.#through(z);
    let variance = 0;
    for (let j = 0; j < n; j++) variance += f[j]! * f[j]!;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += this.#S[i * n + j]! * f[j]!;
      cross[i] = sum;
    }
    return variance;
  }

  // [√noise  zᵀS]        [√F    0]
  // [  0      S ]  →  L = [ ·   S′]
  update(z: Float64Array, noise: number): void {
    const n = this.#n;
    const f = this.#through(z);
    const transposed = new Matrix(n + 1, n + 1);
    transposed.data[0] = Math.sqrt(noise);
    for (let j = 0; j < n; j++) {
      transposed.data[(j + 1) * (n + 1)] = f[j]!;
      for (let i = 0; i < n; i++) transposed.data[(j + 1) * (n + 1) + i + 1] = this.#S[i * n + j]!;
    }
    const L = triangularized(transposed);
    const next = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) next[i * n + j] = L.data[(i + 1) * (n + 1) + j + 1]!;
    this.#S = next;
  }

  // [(I − K zᵀ) S   √noise K]  →  S′
  replace(z: Float64Array, noise: number, gain: Float64Array): void {
    const n = this.#n;
    const f = this.#through(z);
    const transposed = new Matrix(n + 1, n);
    const root = Math.sqrt(noise);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) transposed.data[j * n + i] = this.#S[i * n + j]! - gain[i]! * f[j]!;
      transposed.data[n * n + i] = root * gain[i]!;
    }
    this.#S = triangularized(transposed).data;
  }

  // [T S   Q^½]  →  S′
  predict(T: Float64Array, Q: Float64Array): void {
    const n = this.#n;
    if (this.#Q !== Q) {
      this.#Q = Q;
      this.#rootOfQ = rootOf(Q, n);
    }
    const transposed = new Matrix(2 * n, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += T[i * n + k]! * this.#S[k * n + j]!;
        transposed.data[j * n + i] = sum;
        transposed.data[(n + j) * n + i] = this.#rootOfQ![i * n + j]!;
      }
    }
    this.#S = triangularized(transposed).data;
  }

  dense(): Float64Array {
    const n = this.#n;
    const P = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += this.#S[i * n + k]! * this.#S[j * n + k]!;
        P[i * n + j] = sum;
        P[j * n + i] = sum;
      }
    }
    return P;
  }
}
