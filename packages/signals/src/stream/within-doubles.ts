/** The value, at the largest double of its sign where it has left them: a state in JSON has no name for an infinity. */
export function withinDoubles(x: number): number {
  return Math.min(Math.max(x, -Number.MAX_VALUE), Number.MAX_VALUE);
}
