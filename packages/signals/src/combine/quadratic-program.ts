import type { Matrix } from "@astra-quant/core-linalg";

/** Minimise ½ xᵀP x + qᵀx subject to l ≤ A x ≤ u. */
export interface QuadraticProgram {
  /** Symmetric and positive semidefinite. */
  readonly P: Matrix;
  readonly q: Float64Array;
  readonly A: Matrix;
  readonly l: Float64Array;
  readonly u: Float64Array;
}

/** Whatever solves a quadratic program: `solveQp` of the optimizer with tight tolerances, or any other. */
export type QuadraticProgramSolver = (program: QuadraticProgram) => {
  readonly x: ArrayLike<number>;
  readonly status: string;
};
