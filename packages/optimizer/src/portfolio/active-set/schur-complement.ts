import { Matrix, symmetricEigen } from "@astra-quant/core-linalg";
import { scratch, scratchCopy } from "../../scratch.ts";

/** An eigenvalue below this part of the greatest belongs to a row that says nothing new. */
const DEPENDENT = 1e-12;
/** A dependent row that is missed by less than this is met. */
const CONSISTENT = 1e-10;

/**
 * S = E + C'K⁻¹C of the rows that border a block, symmetric and semidefinite: solved by its Cholesky factor, and by its
 * eigenvectors where rows depend on each other. Along those a consistent right side asks for nothing; one that
 * contradicts is answered with `contradiction` times itself.
 */
export class SchurComplement {
  /** S, count×count. */
  readonly S: Float64Array;
  readonly #count: number;
  readonly #contradiction: number;
  #L: Float64Array | undefined;
  #eigen: { values: Float64Array; vectors: Float64Array } | undefined;
  #isRegular = false;

  constructor(count: number, contradiction: number) {
    this.#count = count;
    this.#contradiction = contradiction;
    this.S = scratch(count * count);
  }

  /** S += C'X, for C and X = K⁻¹C of f×count. */
  add(C: Float64Array, X: Float64Array): void {
    const count = this.#count;
    for (let row = 0; row < C.length; row += count) {
      for (let c = 0; c < count; c++) {
        const value = C[row + c]!;
        if (value === 0) continue;
        for (let e = 0; e <= c; e++) this.S[c * count + e]! += value * X[row + e]!;
      }
    }
    for (let c = 0; c < count; c++) {
      for (let e = 0; e < c; e++) this.S[e * count + c] = this.S[c * count + e]!;
    }
  }

  /** Whether no eigenvalue is below 1 ÷ `most` of another: so it is where trace S · trace S⁻¹, trace S⁻¹ = ‖L⁻¹‖², is below `most`. */
  isWithin(most: number): boolean {
    const n = this.#count;
    const L = this.#factor();
    if (!this.#isRegular) return false;
    let trace = 0;
    let traceOfInverse = 0;
    const column = scratch(n);
    for (let j = 0; j < n; j++) {
      trace += this.S[j * n + j]!;
      for (let i = j; i < n; i++) {
        let sum = i === j ? 1 : 0;
        for (let k = j; k < i; k++) sum -= L[i * n + k]! * column[k]!;
        column[i] = sum / L[i * n + i]!;
        traceOfInverse += column[i]! * column[i]!;
      }
    }
    return trace * traceOfInverse < most;
  }

  solve(b: Float64Array): Float64Array {
    const L = this.#factor();
    return this.#isRegular ? this.#bySubstitution(L, b) : this.#byEigenvectors(b);
  }

  #factor(): Float64Array {
    if (this.#L === undefined) {
      this.#L = scratchCopy(this.S);
      this.#isRegular = factorInPlace(this.#L, this.#count);
    }
    return this.#L;
  }

  #bySubstitution(L: Float64Array, b: Float64Array): Float64Array {
    const n = this.#count;
    const x = scratchCopy(b);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i]! -= L[i * n + k]! * x[k]!;
      x[i]! /= L[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i]! -= L[k * n + i]! * x[k]!;
      x[i]! /= L[i * n + i]!;
    }
    return x;
  }

  #byEigenvectors(b: Float64Array): Float64Array {
    const n = this.#count;
    this.#eigen ??= eigenOf(this.S, n);
    const { values, vectors } = this.#eigen;
    const greatest = values[n - 1]!;
    const x = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      let part = 0;
      for (let i = 0; i < n; i++) part += vectors[i * n + k]! * b[i]!;
      const step = this.#along(part, values[k]!, greatest);
      for (let i = 0; i < n; i++) x[i]! += vectors[i * n + k]! * step;
    }
    return x;
  }

  #along(b: number, eigenvalue: number, greatest: number): number {
    if (eigenvalue > DEPENDENT * greatest) return b / eigenvalue;
    return Math.abs(b) <= CONSISTENT ? 0 : b * this.#contradiction;
  }
}

function eigenOf(S: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const { values, vectors } = symmetricEigen(new Matrix(n, n, S));
  return { values, vectors: vectors.data };
}

/** S = LLᵀ in the lower triangle; false where a pivot is what rounding leaves of zero. */
function factorInPlace(L: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const own = L[j * n + j]!;
    for (let i = j; i < n; i++) {
      for (let k = 0; k < j; k++) L[i * n + j]! -= L[i * n + k]! * L[j * n + k]!;
    }
    const pivot = L[j * n + j]!;
    if (!(pivot > DEPENDENT * own)) return false;
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) L[i * n + j]! /= root;
  }
  return true;
}
