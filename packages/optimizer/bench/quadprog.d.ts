declare module "quadprog" {
  /** Minimises ½ x'Dx − d'x subject to A'x ≥ b; every array is 1-based, its entry 0 unused. */
  export function solveQP(
    D: readonly (readonly number[])[],
    d: readonly number[],
    A: readonly (readonly number[])[],
    b: readonly number[],
    equalities?: number,
  ): { solution: number[]; message: string };
}
