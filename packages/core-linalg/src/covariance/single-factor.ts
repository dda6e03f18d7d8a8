import { Matrix } from "../matrix/matrix.ts";
import { powerOfTwoAbove } from "../special/bits.ts";
import { largestMagnitude, squaredDistance, squaredNorm } from "./norms.ts";
import { type CentredSample, type ShrunkCovariance, shrink, withinUnit } from "./shrinkage.ts";

/** The market's returns about their mean, in some unit. */
function centredMarket({ centred }: CentredSample, market: Float64Array | undefined): Float64Array {
  const { rows: T, columns: n, data } = centred;
  if (market === undefined) {
    return Float64Array.from({ length: T }, (_, t) => {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += data[t * n + j]!;
      return n === 0 ? 0 : sum / n;
    });
  }
  const unit = powerOfTwoAbove(largestMagnitude(market)); // betas and the target do not depend on it
  const reference = market[0]! / unit;
  let sum = 0;
  for (const value of market) sum += value / unit - reference;
  return market.map((value) => value / unit - reference - sum / T);
}

/**
 * Shrinkage towards the covariances that betas to one market give, with the sample's variances [PyPortfolioOpt]:
 *
 * F_ij = c_i c_j ÷ v (i ≠ j), F_ii = s_ii, for c_i = mean x_i m and v = mean m²
 * δ = (π − ρ) ÷ γ ÷ T,  π = Σ_ij mean (x_i x_j − s_ij)²,  γ = ‖F − S‖²,
 * ρ = Σ_i π_ii + Σ_{i≠j} ρ_ij,  ρ_ij = mean of (x_i x_j − s_ij)(β_i x_j m + β_j x_i m − β_i β_j m² − f_ij), β = c ÷ v
 *
 * Of ρ the double sums are products of sums over assets, a row of time at a time.
 */
export function singleFactor(sample: CentredSample, market?: Float64Array): ShrunkCovariance {
  const { centred, covariance: S } = sample;
  const { rows: T, columns: n, data } = centred;
  const m = centredMarket(sample, market);
  const c = new Float64Array(n);
  let v = 0;
  for (let t = 0; t < T; t++) {
    for (let j = 0; j < n; j++) c[j]! += (data[t * n + j]! * m[t]!) / T;
    v += (m[t]! * m[t]!) / T;
  }
  const beta = c.map((covariance) => (v > 0 ? covariance / v : 0));
  const F = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) F.data[i * n + j] = i === j ? S.data[i * n + i]! : beta[i]! * beta[j]! * v;
  }

  let squares = 0; // Σ_t Σ_ij x_i² x_j²
  let fourths = 0; // Σ_t Σ_i x_i⁴
  let moving = 0; // Σ_t Σ_{i≠j} x_i x_j (2 β_j x_i m − β_i β_j m²)
  for (let t = 0; t < T; t++) {
    let square = 0;
    let level = 0;
    let own = 0;
    for (let i = 0; i < n; i++) {
      const x = data[t * n + i]!;
      square += x * x;
      fourths += x * x * x * x;
      level += beta[i]! * x;
      own += beta[i]! * x * m[t]! * x * (2 * x - beta[i]! * m[t]!);
    }
    squares += square * square;
    moving += level * m[t]! * (2 * square - level * m[t]!) - own;
  }
  let ownVariances = 0; // Σ_i s_ii²
  let still = 0; // Σ_{i≠j} s_ij (2 β_j c_i − β_i β_j v): what the products' means take back
  for (let i = 0; i < n; i++) {
    ownVariances += S.data[i * n + i]! * S.data[i * n + i]!;
    for (let j = 0; j < n; j++) {
      if (j !== i) still += S.data[i * n + j]! * (2 * beta[j]! * c[i]! - beta[i]! * beta[j]! * v);
    }
  }
  const pi = squares / T - squaredNorm(S);
  const rho = fourths / T - ownVariances + moving / T - still;
  return shrink(sample, F, withinUnit((pi - rho) / squaredDistance(F, S) / T));
}
