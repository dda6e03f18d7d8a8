import { Matrix, solve } from "@astra-quant/core-linalg";
import type { QuadraticProgram } from "../../src/index.ts";

/**
 * A small reference: every choice of which weights stand at 0 or at their largest is tried, the rest follow from
 * stationarity and Σ w = 1, and the best point that keeps the bounds wins. 3ⁿ choices, convex programs only.
 */
export function solveByEnumeration({ P, q, u }: QuadraticProgram): { x: Float64Array; status: string } {
  const n = q.length;
  let best = Number.POSITIVE_INFINITY;
  let x = new Float64Array(n);
  for (let choice = 0; choice < 3 ** n; choice++) {
    const place = Array.from({ length: n }, (_, i) => Math.floor(choice / 3 ** i) % 3);
    const free = place.flatMap((p, i) => (p === 2 ? [i] : []));
    const w = Float64Array.from(place, (p, i) => (p === 1 ? u[i + 1]! : 0));
    const fixed = w.reduce((a, b) => a + b, 0);
    if (free.length > 0) {
      const size = free.length + 1;
      const K = new Matrix(size, size);
      const b = new Float64Array(size);
      free.forEach((i, a) => {
        free.forEach((j, c) => {
          K.set(a, c, P.get(i, j));
        });
        K.set(a, size - 1, 1);
        K.set(size - 1, a, 1);
        b[a] = -q[i]! - w.reduce((sum, value, j) => sum + P.get(i, j) * value, 0);
      });
      b[size - 1] = 1 - fixed;
      const answer = solve(K, b);
      if (answer.status !== "ok") continue;
      free.forEach((i, a) => {
        w[i] = answer.solution[a]!;
      });
    } else if (Math.abs(fixed - 1) > 1e-9) continue;
    if (w.some((value, i) => value < -1e-9 || value > u[i + 1]! + 1e-9)) continue;
    let cost = 0;
    for (let i = 0; i < n; i++) {
      cost += q[i]! * w[i]!;
      for (let j = 0; j < n; j++) cost += 0.5 * w[i]! * P.get(i, j) * w[j]!;
    }
    if (cost < best) [best, x] = [cost, w];
  }
  return { x, status: Number.isFinite(best) ? "solved" : "primal infeasible" };
}
