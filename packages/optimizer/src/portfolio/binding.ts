import { slopeLeftOf, slopeRightOf } from "./problem/asset-cost.ts";
import { limitUse } from "./problem/limit-use.ts";
import { type PortfolioProblem, type PricedPortfolio, pressures } from "./problem/problem.ts";
import type { Certificate } from "./proof/certificate.ts";
import type { BindingLimit } from "./solution.ts";

const HOLDS = 1e-9;

/** The limits that hold with equality at these weights, dearest first. */
export function bindingLimits(
  problem: PortfolioProblem,
  names: readonly string[],
  { weights, prices }: PricedPortfolio,
  { slopes }: Certificate,
): BindingLimit[] {
  const { lower, upper, rows, sizes } = problem;
  const binding: BindingLimit[] = [];
  const use = limitUse(problem, weights);
  const close = (value: number, limit: number): boolean =>
    Number.isFinite(limit) && Math.abs(value - limit) <= HOLDS * Math.max(1, Math.abs(limit));
  sizes.forEach(({ name, max }, s) => {
    if (close(use.sizes[s]!, max))
      binding.push({ constraint: `${name}.max`, shadowPrice: Math.max(0, prices.sizes[s]!) });
  });
  rows.forEach(({ name, min, max }, r) => {
    const eta = prices.rows[r]!;
    const atMin = close(use.rows[r]!, min);
    const atMax = close(use.rows[r]!, max);
    if (atMin && (!atMax || eta < 0))
      binding.push({ constraint: `${name}.min`, shadowPrice: Math.max(0, -eta) });
    else if (atMax) binding.push({ constraint: `${name}.max`, shadowPrice: Math.max(0, eta) });
  });
  const { onWeights, onTrades } = pressures(problem, prices);
  for (let i = 0; i < weights.length; i++) {
    const pressure = { onWeight: onWeights[i]!, onTrade: onTrades[i]! };
    const atLower = close(weights[i]!, lower[i]!);
    const atUpper = close(weights[i]!, upper[i]!);
    // what the asset would gain by a little more weight, and by a little less
    const more = atUpper ? -(slopes[i]! + slopeRightOf(problem, i, upper[i]!, pressure)) : 0;
    const less = atLower ? slopes[i]! + slopeLeftOf(problem, i, lower[i]!, pressure) : 0;
    if (atLower && (!atUpper || less > more)) {
      binding.push({ constraint: `weights.min[${names[i]}]`, shadowPrice: Math.max(0, less) });
    } else if (atUpper)
      binding.push({ constraint: `weights.max[${names[i]}]`, shadowPrice: Math.max(0, more) });
  }
  return binding.sort((a, b) => b.shadowPrice - a.shadowPrice);
}
