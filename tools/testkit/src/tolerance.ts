/**
 * How far a number may be from the truth, by the reason for the distance. Tests name one of these instead of
 * writing a bare decimal.
 */
export interface Tolerance {
  readonly name: string;
  /** Largest error, as a fraction of the scale. 0 means the same bits. */
  readonly relative: number;
  /** Largest error in the number's own unit; used instead of `relative` when given. */
  readonly absolute?: number;
}

/** The same bits (NaN equals NaN; −0 differs from 0). */
export const bits: Tolerance = { name: "bits", relative: 0 };

/** c · n · ε · scale: what n roundings may add up to. */
export function rounding(operations = 1, c = 8): Tolerance {
  return { name: `rounding of ${operations} operations`, relative: c * operations * Number.EPSILON };
}

/** A solver's own stopping tolerance, relative to the scale. */
export function solver(stopping: number): Tolerance {
  return { name: `solver tolerance ${stopping}`, relative: stopping };
}

/** k standard errors of a seeded estimate. */
export function statistical(standardError: number, k = 4): Tolerance {
  return { name: `${k} standard errors`, relative: Number.NaN, absolute: k * standardError };
}

/** Half a unit of the last printed digit: for figures that a publication prints rounded. */
export function printed(decimals: number): Tolerance {
  return {
    name: `as printed to ${decimals} decimals`,
    relative: Number.NaN,
    absolute: 0.5000001 * 10 ** -decimals,
  };
}
