import type { Iterate } from "./iterate.ts";
import type { KktSystem } from "./kkt.ts";
import type { ScaledProblem } from "./scaling.ts";

export interface StepParameters {
  readonly sigma: number;
  readonly alpha: number;
}

/**
 * One iteration, in place:
 *
 *     K [x̃; ν] = [σx − q; z − y/ρ]        z̃ = z − y/ρ + ν/ρ
 *     x⁺ = αx̃ + (1 − α)x                  h = αz̃ + (1 − α)z
 *     z⁺ = clip(h + y/ρ, l, u)            y⁺ = y + ρ(h − z⁺)
 *
 * `work` holds n + m numbers.
 */
export function admmStep(
  problem: ScaledProblem,
  kkt: KktSystem,
  rho: Float64Array,
  iterate: Iterate,
  { sigma, alpha }: StepParameters,
  work: Float64Array,
): void {
  const { n, m, q, l, u } = problem;
  const { x, z, y, deltaX, deltaY } = iterate;
  for (let j = 0; j < n; j++) work[j] = sigma * x[j]! - q[j]!;
  for (let i = 0; i < m; i++) work[n + i] = z[i]! - y[i]! / rho[i]!;
  kkt.solve(work);
  for (let j = 0; j < n; j++) {
    const next = alpha * work[j]! + (1 - alpha) * x[j]!;
    deltaX[j] = next - x[j]!;
    x[j] = next;
  }
  for (let i = 0; i < m; i++) {
    const dual = y[i]! / rho[i]!;
    const image = z[i]! - dual + work[n + i]! / rho[i]!;
    const relaxed = alpha * image + (1 - alpha) * z[i]!;
    const free = relaxed + dual;
    const projected = Math.min(Math.max(free, l[i]!), u[i]!);
    const step = rho[i]! * (relaxed - projected);
    deltaY[i] = step;
    y[i]! += step;
    z[i] = projected;
  }
}
