/** Rounding may leave a whole number this far below itself: a part of its size, and never as much as would be noticed. */
const [RELATIVE, MOST] = [1e-9, 1e-3];

/** The whole number at or next to x on the side of zero. */
export function cutToWhole(x: number): number {
  return Math.trunc(x + Math.sign(x) * Math.min(RELATIVE * Math.abs(x), MOST));
}
