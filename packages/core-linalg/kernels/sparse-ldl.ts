import { factorLdl, Ldl, solveLdl } from "./shared/ldl";

/** The numbers of L and D: the first column whose pivot fails, −1 where none does. */
export function factor(ldl: Ldl, tolerance: f64): i32 {
  return factorLdl(ldl, tolerance);
}

/** Solves LDLᵀ x = x in place. */
export function solve(ldl: Ldl, x: usize): void {
  solveLdl(ldl, x);
}
