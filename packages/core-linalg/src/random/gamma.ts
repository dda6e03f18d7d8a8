import { exp } from "../special/exp.ts";
import { log } from "../special/log.ts";
import type { Draw } from "./draw.ts";

/** Marsaglia and Tsang's rejection for shape a ≥ 1: d v with v = (1 + c x)³, x normal. */
function gammaFromNormals(draw: Draw, a: number): number {
  const d = a - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draw.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = draw.uniform();
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
  }
}

/**
 * A gamma variable of shape a and scale 1 [MarsagliaTsang2000Gamma]. Below shape 1 it is that of shape a + 1 times
 * u^(1 ÷ a) with u uniform.
 */
export function gammaOf(draw: Draw, a: number): number {
  if (a >= 1) return gammaFromNormals(draw, a);
  const larger = gammaFromNormals(draw, a + 1);
  return larger * exp(log(draw.uniform()) / a);
}
