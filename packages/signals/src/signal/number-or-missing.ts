/** The value, NaN where it has left the doubles: a signal is a number or it is missing, never an infinity. */
export function numberOrMissing(x: number): number {
  return Number.isFinite(x) ? x : Number.NaN;
}
