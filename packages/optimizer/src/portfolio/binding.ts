import { slopeLeftOf, slopeRightOf } from "./problem/asset-cost.ts";
import { limitUse } from "./problem/limit-use.ts";
import { type BoxLimit, type PricedPortfolio, pressures } from "./problem/problem.ts";
import type { Certificate } from "./proof/certificate.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { BindingLimit } from "./solution.ts";

const HOLDS = 1e-9;
/** Limits whose unit is all of the capital. */
const OF_CAPITAL = new Set(["gross.max", "net.min", "net.max", "turnover.max"]);

/** The limits that hold with equality at these weights, dearest first. */
export function bindingLimits(
  { problem, names, toPrice }: ReadSpec,
  { weights, prices }: PricedPortfolio,
  { slopes }: Certificate,
  objective: number,
): BindingLimit[] {
  const { lower, upper, boxes, rows, sizes } = problem;
  const binding: BindingLimit[] = [];
  const use = limitUse(problem, weights);
  const add = (constraint: string, price: number): void => {
    const shadowPrice = toPrice(Math.max(0, price), objective);
    binding.push({
      constraint,
      shadowPrice,
      ...(OF_CAPITAL.has(constraint) && { perTenth: shadowPrice / 10 }),
    });
  };
  const close = (value: number, limit: number): boolean =>
    Number.isFinite(limit) && Math.abs(value - limit) <= HOLDS * Math.max(1, Math.abs(limit));
  sizes.forEach(({ name, max }, s) => {
    if (close(use.sizes[s]!, max)) add(`${name}.max`, prices.sizes[s]!);
  });
  rows.forEach(({ name, min, max }, r) => {
    const eta = prices.rows[r]!;
    const atMin = close(use.rows[r]!, min);
    const atMax = close(use.rows[r]!, max);
    if (atMin && (!atMax || eta < 0)) add(`${name}.min`, -eta);
    else if (atMax) add(`${name}.max`, eta);
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
      add(boundName(boxes, "min", i, names), less);
    } else if (atUpper) add(boundName(boxes, "max", i, names), more);
  }
  return binding.sort((a, b) => b.shadowPrice - a.shadowPrice);
}

/** What holds an asset at the end of its box: the narrowest bound, of equals the weight's own. */
function boundName(
  boxes: readonly BoxLimit[],
  side: "min" | "max",
  i: number,
  names: readonly string[],
): string {
  const [own, trades] = boxes;
  const isTraded =
    trades !== undefined &&
    (side === "min" ? trades.lower[i]! > own!.lower[i]! : trades.upper[i]! < own!.upper[i]!);
  return isTraded ? `participation[${names[i]}]` : `weights.${side}[${names[i]}]`;
}
