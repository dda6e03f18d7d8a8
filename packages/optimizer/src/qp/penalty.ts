import type { QpSettings } from "./settings.ts";

const RHO_LEAST = 1e-6;
const RHO_GREATEST = 1e6;
const EQUALITY_FACTOR = 1e3;
const EQUALITY_WIDTH = 1e-4;

/** What a row asks for, by its scaled bounds. */
export type RowKind = 0 | 1 | 2;
const FREE: RowKind = 0;
const INEQUALITY: RowKind = 1;
const EQUALITY: RowKind = 2;

/** rho inside its legal interval; no number counts as the smallest. */
export function clampRho(rho: number): number {
  if (!(rho > RHO_LEAST)) return RHO_LEAST;
  return Math.min(rho, RHO_GREATEST);
}

export function rowKinds(l: Float64Array, u: Float64Array): Uint8Array {
  return Uint8Array.from(l, (lower, i) => {
    const upper = u[i]!;
    if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) return FREE;
    return upper - lower < EQUALITY_WIDTH ? EQUALITY : INEQUALITY;
  });
}

/** The penalty of each row. */
export function fillPenalties(out: Float64Array, kinds: Uint8Array, rho: number, byKind: boolean): void {
  for (let i = 0; i < out.length; i++) {
    if (!byKind || kinds[i] === INEQUALITY) out[i] = rho;
    else out[i] = kinds[i] === FREE ? RHO_LEAST : EQUALITY_FACTOR * rho;
  }
}

/** Iterations between two looks at rho. */
export function adaptationInterval({
  adaptiveRho,
  adaptiveRhoInterval,
  checkTermination,
}: QpSettings): number {
  if (adaptiveRhoInterval > 0) return adaptiveRhoInterval;
  if (adaptiveRho === 3) return 1;
  return checkTermination > 0 ? 4 * checkTermination : 100;
}
