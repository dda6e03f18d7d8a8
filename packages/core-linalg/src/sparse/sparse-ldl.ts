import type { Inertia } from "../factor/ldl.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { outputVector, requireFiniteVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import { factorLdl, type Ldl, ldlOf, solveLdl } from "../kernels/sparse-ldl.ts";
import { CscMatrix } from "./csc-matrix.ts";
import { analyse } from "./elimination-tree.ts";
import { type Ordering, readOrdering } from "./ordering.ts";
import { permuteSymmetric } from "./permute-symmetric.ts";
import { symmetricTimesVector } from "./products.ts";
import type { SparseColumns } from "./sparse-columns.ts";
import { requireUpperTriangle } from "./upper-triangle.ts";

export interface SparseLdlOptions {
  /**
   * The order of elimination: "amd" for {@link minimumDegree}, "natural" for the matrix's own, or a permutation whose
   * k-th entry is the index that is eliminated k-th. @defaultValue "amd"
   */
  readonly ordering?: Ordering;
}

export interface SparseSolveOptions {
  /** Where the solution goes; it may be the right side itself. Without it a new array is made. */
  readonly out?: Float64Array;
  /** Times that the residual is computed and solved for again. @defaultValue 0 */
  readonly refinements?: number;
}

/**
 * K = LDLᵀ of a sparse symmetric matrix after a permutation and without pivoting, which is what quasidefinite matrices
 * (and positive definite ones) need. Made by {@link sparseLdl}. The pattern is analysed once: {@link refactor} takes
 * other values of the same pattern.
 */
export class SparseLdl {
  /** Rows of K. */
  readonly size: number;
  readonly #order: Int32Array;
  /** Where among the permuted values each entry of K goes; −1 for those below the diagonal. */
  readonly #place: Int32Array;
  readonly #upper: SparseColumns;
  readonly #factor: Ldl;
  readonly #work: Float64Array;
  #failed = -1;
  #positive = 0;
  #smallest = 0;

  /** @internal */
  constructor(K: SparseColumns, ordering: Ordering) {
    const { upper, source } = requireUpperTriangle("K", K);
    const n = upper.columns;
    this.size = n;
    this.#order = readOrdering(ordering, upper);
    const permuted = permuteSymmetric(upper, this.#order);
    this.#place = new Int32Array(K.columnPointers[n]!).fill(-1);
    for (let u = 0; u < source.length; u++) this.#place[source[u]!] = permuted.position[u]!;
    this.#upper = permuted.upper;
    this.#factor = ldlOf(permuted.upper, analyse(permuted.upper));
    this.#work = new Float64Array(n);
    this.#refactor();
  }

  /** "singular" when a pivot of the last factorisation was not beyond n·ε times its own diagonal entry of K. */
  get status(): "ok" | "singular" {
    return this.#failed < 0 ? "ok" : "singular";
  }

  /** The row of K whose pivot failed; −1 when none did. */
  get pivot(): number {
    return this.#failed < 0 ? -1 : this.#order[this.#failed]!;
  }

  /** The signs of K's eigenvalues, which are those of the pivots; of the pivots before the failed one when singular. */
  get inertia(): Inertia {
    const found = this.#failed < 0 ? this.size : this.#failed;
    return { positive: this.#positive, negative: found - this.#positive, zero: this.#failed < 0 ? 0 : 1 };
  }

  /** The smallest |pivot|; 0 when singular. */
  get smallestPivot(): number {
    return this.#failed < 0 ? this.#smallest : 0;
  }

  /** Entries of L below the diagonal that K has not. */
  get fillIn(): number {
    const { columnPointers, rowIndices } = this.#upper;
    let diagonal = 0;
    for (let j = 0; j < this.size; j++) {
      for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) if (rowIndices[k] === j) diagonal++;
    }
    return this.#factor.values.length - (rowIndices.length - diagonal);
  }

  /** n indices: permutation[k] is the row of K that is eliminated k-th. A copy. */
  get permutation(): Int32Array {
    return this.#order.slice();
  }

  /** L of K[permutation][:, permutation] = LDLᵀ without its diagonal, which is ones. A copy. */
  get L(): CscMatrix {
    this.#requireFactor();
    return CscMatrix.of({
      rows: this.size,
      columns: this.size,
      columnPointers: this.#factor.pointers,
      rowIndices: this.#factor.rows,
      values: this.#factor.values,
    });
  }

  /** The n pivots, the diagonal of D. A copy. */
  get D(): Float64Array {
    this.#requireFactor();
    return this.#factor.pivots.slice();
  }

  /**
   * Factors other values of the same pattern, in the order of the entries of the K that was given; those below the
   * diagonal of a K given whole are not read.
   *
   * @throws QuantError "shape" for another number of values, "not-finite" for one that is not finite.
   */
  refactor(values: VectorLike): "ok" | "singular" {
    const given = requireFiniteVector("values", values, this.#place.length);
    for (let k = 0; k < given.length; k++) {
      const at = this.#place[k]!;
      if (at >= 0) this.#upper.values[at] = given[k]!;
    }
    this.#refactor();
    return this.status;
  }

  /**
   * x with Kx = b. A NaN or an infinity in b reaches x as arithmetic has it.
   *
   * @throws QuantError "shape" for a b of another length, "data" when K is singular: ask `status` first.
   */
  solve(b: VectorLike, options: SparseSolveOptions = {}): Float64Array {
    requireKnownOptions(options, ["out", "refinements"]);
    const { out, refinements = 0 } = options;
    requireInteger("refinements", refinements, 0);
    this.#requireFactor();
    const n = this.size;
    const right = requireVector("b", b, n);
    const result = outputVector(out, n);
    const order = this.#order;
    const x = this.#work;
    for (let k = 0; k < n; k++) x[k] = right[order[k]!]!;
    if (refinements > 0) this.#refine(x, refinements);
    else solveLdl(this.#factor, x);
    for (let k = 0; k < n; k++) result[order[k]!] = x[k]!;
    return result;
  }

  #refine(x: Float64Array, refinements: number): void {
    const b = x.slice();
    const residual = new Float64Array(x.length);
    solveLdl(this.#factor, x);
    for (let step = 0; step < refinements; step++) {
      symmetricTimesVector(this.#upper, x, residual);
      for (let k = 0; k < x.length; k++) residual[k] = b[k]! - residual[k]!;
      solveLdl(this.#factor, residual);
      for (let k = 0; k < x.length; k++) x[k]! += residual[k]!;
    }
  }

  #requireFactor(): void {
    if (this.#failed < 0) return;
    throw new QuantError("data", `K has no factor: its pivot in row ${this.pivot} is zero`, {
      row: this.pivot,
    });
  }

  #refactor(): void {
    const { pivots } = this.#factor;
    this.#failed = factorLdl(this.#factor, this.size * Number.EPSILON);
    this.#positive = 0;
    this.#smallest = Number.POSITIVE_INFINITY;
    const found = this.#failed < 0 ? this.size : this.#failed;
    for (let k = 0; k < found; k++) {
      if (pivots[k]! > 0) this.#positive++;
      this.#smallest = Math.min(this.#smallest, Math.abs(pivots[k]!));
    }
  }
}

/**
 * The factors of a sparse symmetric matrix (n×n, whole or its upper triangle alone) with L unit lower triangular and D
 * diagonal. Meant for quasidefinite matrices, [P, Aᵀ; A, −R] with P and R positive definite, of which every symmetric
 * permutation has such factors. A pivot that is not beyond n·ε times its own diagonal entry makes the status
 * "singular", which for other matrices may be the order's fault: {@link ldl} pivots.
 *
 * @throws QuantError "shape" for fields that do not fit or a matrix that is not square, "data" for a matrix neither
 *   symmetric (to 1e-10 of its largest entry) nor upper triangular, an entry given twice or out of range, "not-finite"
 *   for a NaN or an infinity, "option" for an ordering that is none.
 */
export function sparseLdl(K: SparseColumns, options: SparseLdlOptions = {}): SparseLdl {
  requireKnownOptions(options, ["ordering"]);
  const { ordering = "amd" } = options;
  return new SparseLdl(K, ordering);
}
