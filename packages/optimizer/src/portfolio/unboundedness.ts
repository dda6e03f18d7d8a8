import { quadraticForm } from "@astra-quant/core-linalg";
import type { PortfolioProblem } from "./problem.ts";

/** Less variance than this, against the largest, is what rounding leaves of none. */
const NO_VARIANCE = 1e-13;
/** Parts of a direction, against its largest, that are what rounding leaves of nothing. */
const STOPPED = 1e-7;

/**
 * True when `direction` shows that nothing ends the gain: it carries no variance, earns, and no bound, net or gross
 * limit stops it.
 */
export function isUnboundedAlong(problem: PortfolioProblem, direction: Float64Array): boolean {
  const { n, lower, upper, gross, netMin, netMax, mu, sigma, gamma } = problem;
  if (gross < Number.POSITIVE_INFINITY) return false;
  const size = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(size > 0)) return false;
  const d = direction.map((value) => value / size);
  let largestVariance = 0;
  let net = 0;
  let reward = 0;
  let rewardSize = 0;
  for (let i = 0; i < n; i++) {
    const end = d[i]! > 0 ? upper[i]! : lower[i]!;
    if (Number.isFinite(end) && Math.abs(d[i]!) > STOPPED) return false;
    if (Number.isFinite(end)) d[i] = 0;
    largestVariance = Math.max(largestVariance, sigma.data[i * n + i]!);
    net += d[i]!;
    reward += mu[i]! * d[i]!;
    rewardSize += Math.abs(mu[i]! * d[i]!);
  }
  if (net > STOPPED * n && netMax < Number.POSITIVE_INFINITY) return false;
  if (net < -STOPPED * n && netMin > Number.NEGATIVE_INFINITY) return false;
  if (!(reward > STOPPED * rewardSize)) return false;
  return gamma === 0 || quadraticForm(sigma, d) <= NO_VARIANCE * largestVariance;
}
