/** The median of paired ratios, with the interval that order statistics give for it. */
export interface Ratio {
  /** Peer's time ÷ ours: above 1, ours is faster. */
  readonly median: number;
  /** 95 % confidence interval of the median, whatever the law of the noise. */
  readonly lower: number;
  readonly upper: number;
  readonly pairs: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The median of the ratios and its interval: how many ratios fall below the true median is binomial(n, ½), so the
 * order statistics at n/2 ∓ 0.98 √n bracket it in 95 of 100 runs.
 */
export function medianRatio(ratios: readonly number[]): Ratio {
  const sorted = [...ratios].sort((a, b) => a - b);
  const n = sorted.length;
  const reach = 0.98 * Math.sqrt(n);
  const lower = Math.max(0, Math.floor(n / 2 - reach));
  const upper = Math.min(n - 1, Math.ceil(n / 2 + reach));
  return { median: medianOf(ratios), lower: sorted[lower]!, upper: sorted[upper]!, pairs: n };
}
