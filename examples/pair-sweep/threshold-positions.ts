/** Where a position is entered and left. */
export interface Thresholds {
  readonly enter: number;
  readonly exit: number;
}

/**
 * The positions of kalman's `pairSignal` by its two thresholds alone, for a sweep that asks ten thousand times: without
 * stops, limits of holding and reasons, a bar is two comparisons.
 */
export function thresholdPositions(
  zScore: Float64Array,
  { enter, exit }: Thresholds,
  first: number,
  out: Int8Array,
): Int8Array {
  const bars = zScore.length;
  let position = 0;
  out.fill(0, 0, first);
  for (let t = first; t < bars; t++) {
    const z = zScore[t]!;
    if (z > enter) position = -1;
    else if (z < -enter) position = 1;
    else if (position !== 0 && z < exit && z > -exit) position = 0;
    out[t] = position;
  }
  return out;
}
