/** ½ (1 + s·m/M), in [0, 1]; a missing one is silent. */
function agreementOfTwo(a: number, b: number): number {
  if (!(Number.isFinite(a) && Number.isFinite(b)) || a === 0 || b === 0) return 0.5;
  const [x, y] = [Math.abs(a), Math.abs(b)];
  const ratio = Math.min(x, y) / Math.max(x, y);
  return 0.5 * (1 + (a > 0 === b > 0 ? ratio : -ratio));
}

/** The mean over pairs of how far two signals agree, weighted by the products of their weights; NaN where all are missing. */
export function agreement(values: Float64Array, weights: Float64Array): number {
  if (!values.some(Number.isFinite)) return Number.NaN;
  let total = 0;
  for (let i = 0; i < values.length; i++) for (let j = 0; j < i; j++) total += weights[i]! * weights[j]!;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += ((weights[i]! * weights[j]!) / total) * agreementOfTwo(values[i]!, values[j]!);
    }
  }
  return Math.min(1, sum);
}
