import type { ModelAtBar } from "./model.ts";

/** Observations that are there, one after the other, each with a noise of its own: y = zᵀ α + noise. */
export interface ObservationElement {
  /** Which observation; its place among those of the bar. */
  readonly index: number;
  readonly y: number;
  readonly z: Float64Array;
  readonly noise: number;
  /** |z|, from the magnitudes it was computed from. */
  readonly reach: Float64Array;
}

/** A variance that is this fraction of what it was before others were taken out is rounding. */
const NOTHING_LEFT = 1e-14;

/**
 * The observations of a bar that are not NaN, made independent of one another: with H = L D Lᵀ of those, L⁻¹y has the
 * design L⁻¹Z and the variances D. Observations with independent noise stay as they are.
 */
export function independentElements(
  { Z, H, d }: ModelAtBar,
  y: ArrayLike<number>,
  states: number,
): ObservationElement[] {
  const p = y.length;
  const elements: ObservationElement[] = [];
  const factor: number[][] = [];
  for (let i = 0; i < p; i++) {
    if (Number.isNaN(y[i]!)) continue;
    const z = Z.slice(i * states, (i + 1) * states);
    const reach = z.map(Math.abs);
    let value = y[i]! - d[i]!;
    let noise = H[i * p + i]!;
    const row: number[] = [];
    elements.forEach((other, k) => {
      // l = (H_ik − Σ_j<k l_ij D_j l_kj) ÷ D_k
      let covariance = H[i * p + other.index]!;
      for (let j = 0; j < k; j++) covariance -= row[j]! * elements[j]!.noise * factor[k]![j]!;
      const l = other.noise > 0 ? covariance / other.noise : 0;
      row.push(l);
      if (l === 0) return;
      noise -= l * l * other.noise;
      value -= l * other.y;
      for (let s = 0; s < states; s++) {
        z[s]! -= l * other.z[s]!;
        reach[s]! += Math.abs(l) * other.reach[s]!;
      }
    });
    if (noise < NOTHING_LEFT * H[i * p + i]!) noise = 0;
    factor.push(row);
    elements.push({ index: i, y: value, z, noise, reach });
  }
  return elements;
}
