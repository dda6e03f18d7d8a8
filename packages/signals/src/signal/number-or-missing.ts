/** The value, NaN where it has left the doubles: a signal is a number or it is missing, never an infinity. */
export function numberOrMissing(x: number): number {
  return x - (x - x); // a comparison would take the loop over a panel three times as long
}
