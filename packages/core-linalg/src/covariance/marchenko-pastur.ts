import { exp } from "../special/exp.ts";

/** Points of the support at which the two densities are compared. */
const POINTS = 1000;
/** The density of a normal kernel this many bandwidths away is below 1e-16 of its peak. */
const REACH = 8.6;
const VARIANCES = { least: 1e-5, greatest: 1 - 1e-5, steps: 100 };
const GOLDEN = 0.6180339887498949;
const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;

/** Where the eigenvalues of noise of variance σ² lie, for q rows an asset: σ² (1 ∓ √(1 ÷ q))². */
export function noiseSupport(
  variance: number,
  q: number,
): { readonly lower: number; readonly upper: number } {
  const root = Math.sqrt(1 / q);
  return { lower: variance * (1 - root) * (1 - root), upper: variance * (1 + root) * (1 + root) };
}

/**
 * Σ over 1000 points of the support of (the law's density − that of the eigenvalues)², the latter by normal kernels.
 *
 * f(λ) = q √((λ₊ − λ)(λ − λ₋)) ÷ (2π σ² λ)
 */
function misfit(variance: number, eigenvalues: Float64Array, q: number, bandwidth: number): number {
  const { lower, upper } = noiseSupport(variance, q);
  const step = (upper - lower) / (POINTS - 1);
  const density = new Float64Array(POINTS);
  for (const value of eigenvalues) {
    const first = Math.max(0, Math.ceil((value - REACH * bandwidth - lower) / step));
    const last = Math.min(POINTS - 1, Math.floor((value + REACH * bandwidth - lower) / step));
    for (let k = first; k <= last; k++) {
      const z = (lower + k * step - value) / bandwidth;
      density[k]! += exp(-0.5 * z * z);
    }
  }
  const unit = ONE_OVER_ROOT_TWO_PI / (bandwidth * eigenvalues.length);
  let sum = 0;
  for (let k = 0; k < POINTS; k++) {
    const x = lower + k * step;
    const law = (q * Math.sqrt(Math.max(0, (upper - x) * (x - lower)))) / (2 * Math.PI * variance * x);
    const difference = density[k]! * unit - law;
    sum += difference * difference;
  }
  return sum;
}

/**
 * The σ² in (0, 1) whose Marchenko–Pastur law is nearest the eigenvalues' density: the best of 100 even steps, then
 * golden sections around it.
 */
export function fitNoiseVariance(eigenvalues: Float64Array, q: number, bandwidth: number): number {
  const { least, greatest, steps } = VARIANCES;
  const at = (variance: number): number => misfit(variance, eigenvalues, q, bandwidth);
  const width = (greatest - least) / steps;
  let best = least;
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 0; k <= steps; k++) {
    const error = at(least + k * width);
    if (error >= smallest) continue;
    smallest = error;
    best = least + k * width;
  }
  let low = Math.max(least, best - width);
  let high = Math.min(greatest, best + width);
  let left = at(high - GOLDEN * (high - low));
  let right = at(low + GOLDEN * (high - low));
  while (high - low > 1e-10) {
    if (left <= right) {
      high = low + GOLDEN * (high - low);
      right = left;
      left = at(high - GOLDEN * (high - low));
    } else {
      low = high - GOLDEN * (high - low);
      left = right;
      right = at(low + GOLDEN * (high - low));
    }
  }
  return (low + high) / 2;
}
