import { LimitWithReach } from "./limit-with-reach.ts";
import { priceReach } from "./prices/price-reach.ts";
import type { PricedLimit } from "./prices/priced-limit.ts";
import { slopeLeftOf, slopeRightOf } from "./problem/asset-cost.ts";
import { type BoxLimit, type PricedPortfolio, pressureOn } from "./problem/problem.ts";
import type { Certificate } from "./proof/certificate.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { BindingLimit, PriceLeg, PriceReach } from "./solution.ts";

const HOLDS = 1e-9;
/** Limits whose unit is all of the capital. */
const OF_CAPITAL = new Set(["gross", "net", "turnover"]);

/** The limits that hold with equality at these weights, dearest first; with the reach of each price where `isReach`. */
export function bindingLimits(
  read: ReadSpec,
  optimum: PricedPortfolio,
  { slopes, use }: Certificate,
  objective: number,
  isReach: boolean,
): BindingLimit[] {
  const { problem, names, toPrice } = read;
  const { weights, prices } = optimum;
  const { lower, upper, boxes, rows, sizes } = problem;
  const binding: BindingLimit[] = [];
  const add = (constraint: string, price: number, limit: PricedLimit, isOfCapital: boolean): void => {
    const shadowPrice = toPrice(Math.max(0, price), objective);
    const named = isOfCapital
      ? { constraint, shadowPrice, perTenth: shadowPrice / 10 }
      : { constraint, shadowPrice };
    binding.push(isReach ? new LimitWithReach(named, () => reachOf(read, optimum, limit)) : named);
  };
  const addBound = (i: number, side: 1 | -1, price: number): void => {
    const box = narrowestBox(boxes, i, side);
    const name = box === "weights" ? (side > 0 ? "weights.max" : "weights.min") : box;
    add(`${name}[${names[i]}]`, price, { kind: "box", index: i, side, box }, false);
  };
  for (let s = 0; s < sizes.length; s++) {
    const { name, max } = sizes[s]!;
    if (!isClose(use.sizes[s]!, max)) continue;
    add(`${name}.max`, prices.sizes[s]!, { kind: "size", index: s, side: 1 }, OF_CAPITAL.has(name));
  }
  for (let r = 0; r < rows.length; r++) {
    const { name, min, max } = rows[r]!;
    const eta = prices.rows[r]!;
    const atMin = isClose(use.rows[r]!, min);
    const atMax = isClose(use.rows[r]!, max);
    const isOfCapital = OF_CAPITAL.has(name);
    if (atMin && (!atMax || eta < 0))
      add(`${name}.min`, -eta, { kind: "row", index: r, side: -1 }, isOfCapital);
    else if (atMax) add(`${name}.max`, eta, { kind: "row", index: r, side: 1 }, isOfCapital);
  }
  for (let i = 0; i < weights.length; i++) {
    const atLower = isClose(weights[i]!, lower[i]!);
    const atUpper = isClose(weights[i]!, upper[i]!);
    if (!atLower && !atUpper) continue;
    const pressure = pressureOn(problem, prices, i);
    // what the asset would gain by a little more weight, and by a little less
    const more = atUpper ? -(slopes[i]! + slopeRightOf(problem, i, upper[i]!, pressure)) : 0;
    const less = atLower ? slopes[i]! + slopeLeftOf(problem, i, lower[i]!, pressure) : 0;
    if (atLower && (!atUpper || less > more)) addBound(i, -1, less);
    else addBound(i, 1, more);
  }
  return binding.sort((a, b) => b.shadowPrice - a.shadowPrice);
}

function isClose(value: number, limit: number): boolean {
  return Number.isFinite(limit) && Math.abs(value - limit) <= HOLDS * Math.max(1, Math.abs(limit));
}

function reachOf(read: ReadSpec, optimum: PricedPortfolio, limit: PricedLimit): PriceReach {
  const reach = priceReach(read, optimum, limit);
  if (limit.box !== "participation") return reach;
  return ofTrade(reach, limit.side, read.problem.current[limit.index]!);
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
