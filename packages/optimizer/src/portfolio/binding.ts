import { priceReach } from "./prices/price-reach.ts";
import type { PricedLimit } from "./prices/priced-limit.ts";
import { slopeLeftOf, slopeRightOf } from "./problem/asset-cost.ts";
import { limitUse } from "./problem/limit-use.ts";
import { type BoxLimit, type PricedPortfolio, pressures } from "./problem/problem.ts";
import type { Certificate } from "./proof/certificate.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { BindingLimit, PriceLeg, PriceReach } from "./solution.ts";

const HOLDS = 1e-9;
/** Limits whose unit is all of the capital. */
const OF_CAPITAL = new Set(["gross.max", "net.min", "net.max", "turnover.max"]);

/** The limits that hold with equality at these weights, dearest first; with the reach of each price where `isReach`. */
export function bindingLimits(
  read: ReadSpec,
  optimum: PricedPortfolio,
  { slopes }: Certificate,
  objective: number,
  isReach: boolean,
): BindingLimit[] {
  const { problem, names, toPrice } = read;
  const { weights, prices } = optimum;
  const { lower, upper, boxes, rows, sizes, current } = problem;
  const binding: BindingLimit[] = [];
  const use = limitUse(problem, weights);
  const add = (constraint: string, price: number, limit: PricedLimit): void => {
    const shadowPrice = toPrice(Math.max(0, price), objective);
    const named = {
      constraint,
      shadowPrice,
      ...(OF_CAPITAL.has(constraint) && { perTenth: shadowPrice / 10 }),
    };
    if (!isReach) {
      binding.push(named);
      return;
    }
    let reach: PriceReach | undefined;
    binding.push({
      ...named,
      get reach() {
        reach ??=
          limit.box === "participation"
            ? ofTrade(priceReach(read, optimum, limit), limit.side, current[limit.index]!)
            : priceReach(read, optimum, limit);
        return reach;
      },
    });
  };
  const addBound = (i: number, side: 1 | -1, price: number): void => {
    const box = narrowestBox(boxes, i, side);
    const name = box === "weights" ? `weights.${side > 0 ? "max" : "min"}` : box;
    add(`${name}[${names[i]}]`, price, { kind: "box", index: i, side, box });
  };
  const close = (value: number, limit: number): boolean =>
    Number.isFinite(limit) && Math.abs(value - limit) <= HOLDS * Math.max(1, Math.abs(limit));
  sizes.forEach(({ name, max }, s) => {
    if (close(use.sizes[s]!, max)) add(`${name}.max`, prices.sizes[s]!, { kind: "size", index: s, side: 1 });
  });
  rows.forEach(({ name, min, max }, r) => {
    const eta = prices.rows[r]!;
    const atMin = close(use.rows[r]!, min);
    const atMax = close(use.rows[r]!, max);
    if (atMin && (!atMax || eta < 0)) add(`${name}.min`, -eta, { kind: "row", index: r, side: -1 });
    else if (atMax) add(`${name}.max`, eta, { kind: "row", index: r, side: 1 });
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
      addBound(i, -1, less);
    } else if (atUpper) addBound(i, 1, more);
  }
  return binding.sort((a, b) => b.shadowPrice - a.shadowPrice);
}

/** The same in weight traded, not in the weight that it leads to. */
function ofTrade(reach: PriceReach, side: 1 | -1, current: number): PriceReach {
  const traded = (weight: number): number => side * (weight - current);
  const leg = ({ price, until, priceThere }: PriceLeg): PriceLeg => ({
    price,
    ...(until !== undefined && { until: traded(until) }),
    ...(priceThere !== undefined && { priceThere }),
  });
  const { unique, limit, loosening, tightening } = reach;
  return {
    limit: traded(limit),
    unique,
    loosening: leg(loosening),
    ...(tightening !== undefined && { tightening: leg(tightening) }),
  };
}

/** What holds an asset at the end of its box: the narrowest bound, of equals the weight's own. */
function narrowestBox(boxes: readonly BoxLimit[], i: number, side: 1 | -1): BoxLimit["name"] {
  const [own, trades] = boxes;
  if (trades === undefined) return "weights";
  const isNarrower = side < 0 ? trades.lower[i]! > own!.lower[i]! : trades.upper[i]! < own!.upper[i]!;
  return isNarrower ? trades.name : "weights";
}
