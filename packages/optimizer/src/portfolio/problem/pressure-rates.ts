import type { PortfolioProblem } from "./problem.ts";

/** What the pressures on each asset change by where the prices of the sizes change by `rates`, which may be negative. */
export function pressureRates(
  { n, sizes }: PortfolioProblem,
  rates: Float64Array,
): { onWeights: Float64Array; onTrades: Float64Array } {
  const onWeights = new Float64Array(n);
  const onTrades = new Float64Array(n);
  sizes.forEach(({ of, members }, s) => {
    const rate = rates[s]!;
    if (rate === 0) return;
    const change = of === "weights" ? onWeights : onTrades;
    for (let i = 0; i < n; i++) if (members[i] === 1) change[i]! += rate;
  });
  return { onWeights, onTrades };
}
