import { Matrix, multiply, transpose } from "@astra-quant/core-linalg";

/** The mean Σ p_s r_s and the covariance Σ p_s (r_s − mean)(r_s − mean)' of scenarios, for probabilities p that sum to 1. */
export function weightedMoments(
  { rows, columns, data }: Matrix,
  probabilities: Float64Array,
): { covariance: Matrix; mean: Float64Array } {
  const mean = new Float64Array(columns);
  for (let s = 0; s < rows; s++) {
    for (let i = 0; i < columns; i++) mean[i]! += probabilities[s]! * data[s * columns + i]!;
  }
  const centred = new Matrix(rows, columns);
  for (let s = 0; s < rows; s++) {
    const root = Math.sqrt(probabilities[s]!);
    for (let i = 0; i < columns; i++) {
      centred.data[s * columns + i] = root * (data[s * columns + i]! - mean[i]!);
    }
  }
  return { covariance: multiply(transpose(centred), centred), mean };
}
