import { Matrix } from "../matrix/matrix.ts";
import { squaredDistance, squaredNorm } from "./norms.ts";
import { type CentredSample, type ShrunkCovariance, shrink, withinUnit } from "./shrinkage.ts";

/** The mean of the correlations between different assets of some variance; 0 without two such. */
function meanCorrelation(S: Matrix, sigma: Float64Array): number {
  const n = S.rows;
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const scale = sigma[i]! * sigma[j]!;
      if (scale === 0) continue;
      sum += S.data[i * n + j]! / scale;
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/**
 * Shrinkage towards the sample's variances with one correlation r̄ for all pairs [PyPortfolioOpt]:
 *
 * δ = (π − ρ) ÷ γ ÷ T,  π = Σ_ij mean_t (x_i x_j − s_ij)²,  γ = ‖F − S‖²,
 * ρ = Σ_i π_ii + r̄ Σ_{i≠j} √(s_jj ÷ s_ii) ϑ_ij,  ϑ_ij = mean_t (x_i² − s_ii)(x_i x_j − s_ij) = mean_t x_i³ x_j − s_ii s_ij
 *
 * The double sums over assets are taken a row of time at a time, as products of sums: n operations, not n².
 */
export function constantCorrelation(sample: CentredSample): ShrunkCovariance {
  const { centred, covariance: S } = sample;
  const { rows: T, columns: n, data } = centred;
  const sigma = Float64Array.from({ length: n }, (_, i) => Math.sqrt(S.data[i * n + i]!));
  const r = meanCorrelation(S, sigma);
  const F = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      F.data[i * n + j] = i === j ? S.data[i * n + i]! : r * (sigma[i]! * sigma[j]!);
    }
  }

  let squares = 0; // Σ_t Σ_ij x_i² x_j²
  let fourths = 0; // Σ_t Σ_i x_i⁴
  let cubes = 0; // Σ_t Σ_ij (σ_j ÷ σ_i) x_i³ x_j
  for (let t = 0; t < T; t++) {
    let square = 0;
    let cube = 0;
    let level = 0;
    for (let i = 0; i < n; i++) {
      const x = data[t * n + i]!;
      square += x * x;
      fourths += x * x * x * x;
      if (sigma[i]! > 0) cube += (x * x * x) / sigma[i]!;
      level += sigma[i]! * x;
    }
    squares += square * square;
    cubes += cube * level;
  }
  let ownVariances = 0; // Σ_i s_ii²
  let covariances = 0; // Σ_ij (σ_j ÷ σ_i) s_ii s_ij = Σ_ij σ_i σ_j s_ij
  for (let i = 0; i < n; i++) {
    ownVariances += S.data[i * n + i]! * S.data[i * n + i]!;
    for (let j = 0; j < n; j++) covariances += sigma[i]! * sigma[j]! * S.data[i * n + j]!;
  }
  const pi = squares / T - squaredNorm(S);
  const own = fourths / T - ownVariances; // Σ_i π_ii = Σ_i ϑ_ii
  const rho = own + r * (cubes / T - covariances - own);
  return shrink(sample, F, withinUnit((pi - rho) / squaredDistance(F, S) / T));
}
