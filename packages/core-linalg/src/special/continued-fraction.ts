const TERMS = 1_000_000;
/** In place of a denominator that vanishes. */
const LEAST = 1e-300;

/**
 * b₀ + a₁ ÷ (b₁ + a₂ ÷ (b₂ + …)) by Lentz's method, until a further level changes nothing. `numerator(m)` is a_m and
 * `denominator(m)` is b_m.
 */
export function continuedFraction(
  numerator: (m: number) => number,
  denominator: (m: number) => number,
): number {
  let value = denominator(0) || LEAST;
  let c = value;
  let d = 0;
  for (let m = 1; m <= TERMS; m++) {
    const a = numerator(m);
    const b = denominator(m);
    d = 1 / (b + a * d || LEAST);
    c = b + a / c || LEAST;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  return value;
}
