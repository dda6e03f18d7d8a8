import type { CvarPoint } from "./cvar-interior-point.ts";
import type { CvarProgram } from "./cvar-program.ts";

/** The program in ordinary units, without the assets whose weight is fixed; what those bring to each scenario stays. */
export function withoutFixed({ returns, scenarios, confidence, limits }: CvarProgram): {
  program: CvarProgram;
  restore(point: CvarPoint): CvarPoint;
} {
  const { n, lower, upper, rows } = limits;
  const free = Array.from({ length: n }, (_, i) => i).filter((i) => lower[i]! < upper[i]!);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(free, (i) => values[i]!);
  const unit = unitOf(returns, scenarios);
  const base = new Float64Array(scenarios);
  for (let i = 0; i < n; i++) {
    if (lower[i]! < upper[i]!) continue;
    for (let s = 0; s < scenarios; s++) base[s]! += (lower[i]! * returns[i]![s]!) / unit;
  }
  const fixedPart = ({ loadings }: { loadings: Float64Array }): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (lower[i] === upper[i]) sum += loadings[i]! * lower[i]!;
    return sum;
  };
  const program: CvarProgram = {
    returns: free.map((i) => returns[i]!.map((r) => r / unit)),
    base,
    scenarios,
    confidence,
    limits: {
      ...limits,
      n: free.length,
      lower: pick(lower),
      upper: pick(upper),
      rows: rows.map((row) => {
        const part = fixedPart(row);
        return { ...row, loadings: pick(row.loadings), min: row.min - part, max: row.max - part };
      }),
    },
  };
  return {
    program,
    restore: (point) => {
      const w = lower.slice();
      free.forEach((i, a) => {
        w[i] = point.w[a]!;
      });
      return { ...point, w, eta: point.eta.map((value) => value * unit) };
    },
  };
}

/** The root of the mean square of all returns; 1 where all are 0. */
function unitOf(returns: readonly Float64Array[], scenarios: number): number {
  let largest = 0;
  for (const r of returns) for (const value of r) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 1;
  let sum = 0;
  for (const r of returns) for (const value of r) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum / (returns.length * scenarios));
}
