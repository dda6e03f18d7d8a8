import { exp } from "@astra-quant/core-linalg";
import type { Profile, ProfilePoint } from "./profile.ts";

/** From here to there, in logarithms, the variance that a step adds to the prediction is searched, R being 1. */
const LOWEST = -32;
const HIGHEST = 16;
/** Points of the first, coarse look: the likelihood may have more than one summit. */
const COARSE = 49;
const GOLDEN = 0.6180339887498949;
/** The width, in log q, at which the golden section leaves the rest to Newton. */
const NARROW = 1e-3;
/** The step of the five-point derivatives in log q. */
export const STENCIL = 0.02;

/** The best ratio: inside, at 0 (constant coefficients), or beyond all that was searched (no noise). */
export interface Found {
  readonly solution: "interior" | "constant" | "no-noise";
  /** log q. */
  readonly logRatio: number;
  readonly point: ProfilePoint;
}

/** First and second derivative by five points. */
export function derivatives(f: (x: number) => number, x: number): readonly [number, number] {
  const [a, b, c, d, e] = [-2, -1, 0, 1, 2].map((k) => f(x + k * STENCIL)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    (a - 8 * b + 8 * d - e) / (12 * STENCIL),
    (-a + 16 * b - 30 * c + 16 * d - e) / (12 * STENCIL * STENCIL),
  ];
}

/** The largest f between `low` and `high`, to `NARROW`, then Newton's steps while they stay near. */
function summit(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  while (b - a > NARROW) {
    if (fc >= fd) {
      [b, d, fd] = [d, c, fc];
      c = b - GOLDEN * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + GOLDEN * (b - a);
      fd = f(d);
    }
  }
  let x = (a + b) / 2;
  for (let round = 0; round < 3; round++) {
    const [slope, curvature] = derivatives(f, x);
    const step = -slope / curvature;
    if (!(curvature < 0 && Math.abs(step) < STENCIL)) break;
    x += step;
  }
  return x;
}

/** The q that maximises the likelihood; `size` is the average square of the weights of an observation. */
export function searchRatio(profile: Profile, size: number): Found {
  const at = (logRatio: number) => profile.at(exp(logRatio) / size);
  const f = (logRatio: number) => at(logRatio).logLikelihood;
  const width = (HIGHEST - LOWEST) / (COARSE - 1);
  const grid = Array.from({ length: COARSE }, (_, i) => LOWEST + i * width);
  const values = grid.map(f);
  let best = 0;
  for (let i = 1; i < COARSE; i++) if (values[i]! > values[best]! || Number.isNaN(values[best]!)) best = i;
  const still = profile.at(0);
  if (best === COARSE - 1) return { solution: "no-noise", logRatio: grid[best]!, point: at(grid[best]!) };
  const x = summit(f, grid[Math.max(0, best - 1)]!, grid[best + 1]!);
  const point = at(x);
  // A gain below rounding of the sum is none.
  const rounding = 8 * Number.EPSILON * Math.abs(still.logLikelihood) * profile.innovations;
  if (!(point.logLikelihood > still.logLikelihood + Math.min(rounding, 1e-6))) {
    return { solution: "constant", logRatio: Number.NEGATIVE_INFINITY, point: still };
  }
  return { solution: "interior", logRatio: x, point };
}
