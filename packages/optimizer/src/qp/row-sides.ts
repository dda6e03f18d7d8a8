/** SC(y) = Σ u_i max(y_i, 0) + l_i min(y_i, 0); a multiplier of an infinite side must be 0. */
export function supportFunction(y: Float64Array, l: Float64Array, u: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const yi = y[i]!;
    if (yi > 0) sum += u[i]! * yi;
    else if (yi < 0) sum += l[i]! * yi;
  }
  return sum;
}

/** Takes from y, in place, what presses against a side that is infinite. */
export function dropInfiniteSides(y: Float64Array, l: Float64Array, u: Float64Array): void {
  for (let i = 0; i < y.length; i++) {
    if (y[i]! > 0 && u[i] === Number.POSITIVE_INFINITY) y[i] = 0;
    else if (y[i]! < 0 && l[i] === Number.NEGATIVE_INFINITY) y[i] = 0;
  }
}
