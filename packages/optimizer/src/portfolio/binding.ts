import type { Certificate } from "./certificate.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";
import type { BindingLimit } from "./solution.ts";

const HOLDS = 1e-9;

/** The limits that hold with equality at these weights, dearest first. */
export function bindingLimits(
  problem: PortfolioProblem,
  names: readonly string[],
  { weights, lambda, eta }: PricedPortfolio,
  { slopes }: Certificate,
): BindingLimit[] {
  const { lower, upper, gross, netMin, netMax } = problem;
  const binding: BindingLimit[] = [];
  let net = 0;
  let used = 0;
  for (const w of weights) {
    net += w;
    used += Math.abs(w);
  }
  const close = (value: number, limit: number): boolean =>
    Number.isFinite(limit) && Math.abs(value - limit) <= HOLDS * Math.max(1, Math.abs(limit));
  if (close(used, gross)) binding.push({ constraint: "gross.max", shadowPrice: Math.max(0, lambda) });
  const atMin = close(net, netMin);
  const atMax = close(net, netMax);
  if (atMin && (!atMax || eta < 0)) binding.push({ constraint: "net.min", shadowPrice: Math.max(0, -eta) });
  else if (atMax) binding.push({ constraint: "net.max", shadowPrice: Math.max(0, eta) });
  for (let i = 0; i < weights.length; i++) {
    // what the asset would gain by a little more weight, and by a little less
    const more = -(slopes[i]! + (upper[i]! >= 0 ? lambda : -lambda));
    const less = slopes[i]! + (lower[i]! > 0 ? lambda : -lambda);
    const atLower = close(weights[i]!, lower[i]!);
    const atUpper = close(weights[i]!, upper[i]!);
    if (atLower && (!atUpper || less > more)) {
      binding.push({ constraint: `weights.min[${names[i]}]`, shadowPrice: Math.max(0, less) });
    } else if (atUpper)
      binding.push({ constraint: `weights.max[${names[i]}]`, shadowPrice: Math.max(0, more) });
  }
  return binding.sort((a, b) => b.shadowPrice - a.shadowPrice);
}
