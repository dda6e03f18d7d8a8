/**
 * Π (1 + r_t) − 1 over the `perPath` days of each path, the portfolio brought back to its weights every day; into every
 * `step`-th place of `out` from `start` on.
 */
export function compound(
  days: Float64Array,
  perPath: number,
  out: Float64Array,
  start: number = 0,
  step: number = 1,
): void {
  let place = start;
  for (let next = 0; next < days.length; place += step) {
    let growth = 1;
    for (const end = next + perPath; next < end; next++) growth *= 1 + days[next]!;
    out[place] = growth - 1;
  }
}
