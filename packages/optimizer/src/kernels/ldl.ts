import { factorLdl as factor, type Ldl } from "@astra-quant/core-linalg/kernels";

/** Only a pivot that is zero, or no number, fails: K is quasidefinite or it is not, and the signs tell. */
export const PIVOT_TOLERANCE = 0;

/** Factors K as it stands: how many pivots are positive, −1 when one is zero. */
export function factorLdl(ldl: Ldl): number {
  return factor(ldl, PIVOT_TOLERANCE) < 0 ? positivePivots(ldl) : -1;
}

export function positivePivots({ pivots }: Ldl): number {
  let positive = 0;
  for (let k = 0; k < pivots.length; k++) if (pivots[k]! > 0) positive++;
  return positive;
}
