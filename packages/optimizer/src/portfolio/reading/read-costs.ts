import { QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { CostRates } from "../problem/problem.ts";
import type { PortfolioCosts } from "../spec.ts";
import { readRates } from "./per-asset.ts";

/**
 * @throws QuantError naming the field, and the asset where costs are not convex: where buying and selling, or going long
 *   and short, together would earn.
 */
export function readCosts(
  costs: PortfolioCosts,
  assets: readonly string[],
  current: Float64Array,
): CostRates {
  requireKnownOptions(costs, ["linear", "quadratic", "funding"], "costs");
  const n = assets.length;
  const { linear, quadratic, funding = { long: 0, short: 0 } } = costs;
  requireKnownOptions(funding, ["long", "short"], "costs.funding");
  requireBoth("costs.funding", funding, ["long", "short"]);
  const { buy, sell } = readLinear(linear, n);
  const rates: CostRates = {
    buy,
    sell,
    long: readRates("costs.funding.long", funding.long, n),
    short: readRates("costs.funding.short", funding.short, n),
    quadratic: readRates("costs.quadratic", quadratic, n),
  };
  for (let i = 0; i < n; i++) requireConvex(rates, i, current[i] === 0, assets[i]!);
  return rates;
}

function readLinear(linear: PortfolioCosts["linear"], n: number): Pick<CostRates, "buy" | "sell"> {
  if (typeof linear === "object" && linear !== null && "buy" in linear) {
    requireKnownOptions(linear, ["buy", "sell"], "costs.linear");
    requireBoth("costs.linear", linear, ["buy", "sell"]);
    return {
      buy: readRates("costs.linear.buy", linear.buy, n),
      sell: readRates("costs.linear.sell", linear.sell, n),
    };
  }
  const both = readRates("costs.linear", linear as Exclude<typeof linear, { buy: unknown }>, n);
  return { buy: both, sell: both };
}

/** A rate that is left out is none that is known: 0 must be said. */
function requireBoth<T extends object>(name: string, rates: T, fields: readonly (keyof T & string)[]): void {
  for (const field of fields) {
    if (rates[field] !== undefined) continue;
    throw new QuantError("shape", `${name}.${field} must be given, be it 0, got undefined`, {
      argument: `${name}.${field}`,
    });
  }
}

function requireConvex(
  { buy, sell, long, short, quadratic }: CostRates,
  i: number,
  kinksMeet: boolean,
  name: string,
): void {
  if (quadratic[i]! < 0) refuse("costs.quadratic", name, quadratic[i]!);
  const trading = buy[i]! + sell[i]!;
  const carrying = long[i]! + short[i]!;
  if (kinksMeet) {
    const sum = trading + carrying;
    if (sum < 0) refuse("costs.linear's buy + sell plus costs.funding's long + short", name, sum);
    return;
  }
  if (trading < 0) refuse("costs.linear's buy + sell", name, trading);
  if (carrying < 0) refuse("costs.funding's long + short", name, carrying);
}

function refuse(what: string, asset: string, value: number): never {
  throw new QuantError("range", `${what} of ${asset} must be at least 0, got ${value}`, { asset, value });
}
