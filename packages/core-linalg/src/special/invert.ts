import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { log1p } from "./log1p.ts";

/** A probability that rises or falls with x > 0, and how fast it does. */
interface Probability {
  readonly value: number;
  /** The size of its derivative in x. */
  readonly density: number;
}

const STEPS = 200;
const SETTLED = 2 ** -51;

/** log(a ÷ b), right to the last bits where the two are close. */
function logRatio(a: number, b: number): number {
  const excess = (a - b) / b;
  return Math.abs(excess) < 0.5 ? log1p(excess) : log(a) - log(b);
}

/**
 * The x > 0 at which a monotone probability takes the value `target` > 0, by Newton's method on logarithms of both,
 * inside a bracket that halves (in logarithms) where a step would leave it. 0 or ∞ where x is beyond the doubles.
 */
export function invertProbability(
  probability: (x: number) => Probability,
  target: number,
  direction: "rising" | "falling",
  start: number,
): number {
  let below = Number.MIN_VALUE;
  let above = Number.MAX_VALUE;
  let x = Math.min(Math.max(start, below), above);
  let previous = Number.POSITIVE_INFINITY;
  for (let i = 0; i < STEPS; i++) {
    const { value, density } = probability(x);
    const excess = logRatio(value, target);
    if (excess === 0) return x;
    const tooFar = direction === "rising" ? excess > 0 : excess < 0;
    if (tooFar) above = x;
    else below = x;
    if (below === Number.MAX_VALUE) return Number.POSITIVE_INFINITY;
    if (above === Number.MIN_VALUE) return 0;
    const size = Math.abs((excess * value) / (x * density));
    const next = x * exp(tooFar ? -size : size);
    const inside = next >= below && next <= above;
    x = inside ? next : Math.sqrt(below) * Math.sqrt(above);
    if (inside && (size <= SETTLED || (size >= previous && size < 1e-7))) return x;
    previous = inside ? size : Number.POSITIVE_INFINITY;
  }
  return x;
}
