/**
 * The q-quantile by R-7 of `size` values of which the smallest are given, ascending: in every bit what core-linalg's
 * `quantile` makes of all of them.
 */
export function quantileOfSmallest(sorted: Float64Array, size: number, q: number): number {
  const exact = (size - 1) * q;
  const nearest = Math.round(exact);
  const position = Math.abs(exact - nearest) <= 4 * Number.EPSILON * Math.max(1, nearest) ? nearest : exact;
  const below = Math.floor(position);
  const fraction = position - below;
  const low = sorted[below]!;
  if (fraction === 0) return low;
  const high = sorted[below + 1]!;
  const gap = high - low;
  return fraction < 0.5 ? low + gap * fraction : high - gap * (1 - fraction);
}

/** The value at a real-valued rank, counted from 1, of ascending values. */
export function valueAtRank(sorted: Float64Array, rank: number): number {
  const below = Math.floor(rank);
  const low = sorted[below - 1]!;
  const high = sorted[Math.min(below, sorted.length - 1)]!;
  return low + (rank - below) * (high - low);
}
