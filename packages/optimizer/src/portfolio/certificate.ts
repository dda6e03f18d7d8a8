import { CompensatedSum, cholesky, choleskySolve } from "@astra-quant/core-linalg";
import { impliedBox } from "./implied-box.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

/** What is proven of a portfolio, whatever found it. */
export interface Certificate {
  /** f(w) minus a proven lower bound on f over the limits; ∞ when there is none. */
  readonly gap: number;
  /** gap ÷ the size of what f is summed from, at least so large that a gap of nothing but rounding is 1e-8. */
  readonly relativeGap: number;
  /** What rounding may leave in the gap. */
  readonly rounding: number;
  /** The largest overrun of a limit, in weight. */
  readonly violation: number;
  readonly objective: number;
  /** γΣw − μ + η, the slope of each asset without gross. */
  readonly slopes: Float64Array;
}

/** A slope is indistinguishable from zero below this many roundings of the terms it is summed from. */
const SLOPE_ROUNDINGS = 8;
const RELATIVE_GAP_OF_ROUNDING = 1e-8;

/**
 * The convex f is linearised at w; what remains separates by asset, and the least of
 * g_i v + λ|v| over an asset's box lies at an end or at 0. So for any λ ≥ 0 and η
 *
 *     f(w) − f* ≤ Σ_i [ g_i w_i + λ|w_i| − min_v (g_i v + λ|v|) ] + λ(G − Σ|w|) + η⁺(netMax − Σw) + η⁻(Σw − netMin)
 *
 * with g = γΣw − μ + η: every term is what one limit or one asset leaves on the table. Assets that nothing bounds
 * are taken by completing the square where Σ is positive definite; where it is not, a slope that is zero to
 * rounding counts as zero, and any other proves nothing.
 */
export function certify(problem: PortfolioProblem, priced: PricedPortfolio): Certificate {
  const { n, sigma, mu, gamma, gross, netMin, netMax } = problem;
  const { weights } = priced;
  const lambda = gross < Number.POSITIVE_INFINITY ? Math.max(0, priced.lambda) : 0;
  const slopes = new Float64Array(n);
  const doubts = new Float64Array(n);
  const terms = new CompensatedSum();
  const variance = new CompensatedSum();
  const reward = new CompensatedSum();
  const net = new CompensatedSum();
  const grossUsed = new CompensatedSum();
  let rewardSize = 0;
  const price = priceOfNet(problem, priced.eta);
  for (let i = 0; i < n; i++) {
    const image = new CompensatedSum();
    let size = 0;
    for (let j = 0; j < n; j++) {
      const term = sigma.data[i * n + j]! * weights[j]!;
      image.add(term);
      size += Math.abs(term);
    }
    const w = weights[i]!;
    slopes[i] = gamma * image.value - mu[i]! + price;
    doubts[i] =
      (n + SLOPE_ROUNDINGS) * Number.EPSILON * (gamma * size + Math.abs(mu[i]!) + Math.abs(price) + lambda);
    variance.add(w * image.value);
    reward.add(mu[i]! * w);
    rewardSize += Math.abs(mu[i]! * w);
    net.add(w);
    grossUsed.add(Math.abs(w));
  }
  if (gross < Number.POSITIVE_INFINITY) terms.add(lambda * (gross - grossUsed.value));
  if (price > 0) terms.add(price * (netMax - net.value));
  if (price < 0) terms.add(price * (netMin - net.value));
  const box = impliedBox(problem);
  const unbounded = new Float64Array(n);
  let anyUnbounded = false;
  let rounding = 0;
  for (let i = 0; i < n; i++) {
    const leastValue = leastOverBox(slopes[i]!, lambda, box.lower[i]!, box.upper[i]!);
    if (leastValue > Number.NEGATIVE_INFINITY) {
      terms.add(slopes[i]! * weights[i]! + lambda * Math.abs(weights[i]!));
      terms.add(-leastValue);
      rounding += doubts[i]! * reach(weights[i]!, box.lower[i]!, box.upper[i]!);
    } else {
      unbounded[i] = slopes[i]!;
      anyUnbounded = true;
    }
  }

  const halfVariance = 0.5 * gamma * variance.value;
  const objective = halfVariance - reward.value;
  const size = Math.max(
    Math.abs(objective),
    Math.abs(halfVariance) + rewardSize,
    rounding / RELATIVE_GAP_OF_ROUNDING,
  );
  const gap = terms.value + (anyUnbounded ? squareCompletion(problem, unbounded, doubts) : 0);
  return {
    gap,
    relativeGap: gap === 0 ? 0 : gap / size,
    rounding,
    violation: largestOverrun(problem, weights, grossUsed.value, net.value),
    objective,
    slopes,
  };
}

/** η, or 0 where it would press on a side that does not exist. */
function priceOfNet({ netMin, netMax }: PortfolioProblem, eta: number): number {
  if (eta > 0 && netMax === Number.POSITIVE_INFINITY) return 0;
  if (eta < 0 && netMin === Number.NEGATIVE_INFINITY) return 0;
  return eta;
}

/** How far from zero an asset may be in the bound that was taken: the size that multiplies its slope's rounding. */
function reach(w: number, least: number, greatest: number): number {
  const ends = [w, least, greatest].filter(Number.isFinite).map(Math.abs);
  return Math.max(...ends);
}

/** The least of g v + λ|v| over [least, greatest]. */
function leastOverBox(g: number, lambda: number, least: number, greatest: number): number {
  const at = (v: number): number => (v === 0 ? 0 : g * v + lambda * Math.abs(v));
  const infinite = (end: number, slope: number): number => {
    if (Number.isFinite(end)) return at(end);
    return slope < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  };
  let value = Math.min(infinite(greatest, g + lambda), infinite(least, lambda - g));
  if (least <= 0 && greatest >= 0) value = Math.min(value, 0);
  return value;
}

/** max_v over everything of −[ r'(v − w) + ½γ(v − w)'Σ(v − w) ] = r'Σ⁻¹r ÷ 2γ. */
function squareCompletion(
  { n, sigma, gamma }: PortfolioProblem,
  r: Float64Array,
  doubts: Float64Array,
): number {
  if (r.every((slope, i) => Math.abs(slope) <= doubts[i]!)) return 0;
  const factor = gamma > 0 ? cholesky(sigma) : undefined;
  if (factor?.status !== "ok") return Number.POSITIVE_INFINITY;
  const solved = choleskySolve(factor.L, r);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += r[i]! * solved[i]!;
  return sum / (2 * gamma);
}

function largestOverrun(
  { lower, upper, gross, netMin, netMax }: PortfolioProblem,
  weights: Float64Array,
  grossUsed: number,
  net: number,
): number {
  let most = Math.max(0, grossUsed - gross, net - netMax, netMin - net);
  for (let i = 0; i < weights.length; i++) {
    most = Math.max(most, lower[i]! - weights[i]!, weights[i]! - upper[i]!);
  }
  return most;
}
