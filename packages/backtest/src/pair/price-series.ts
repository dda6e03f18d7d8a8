import { requirePositive, requireVector } from "@astra-quant/core-linalg/guards";

/** The prices of one asset, each positive and finite, or NaN where missing. */
export function requirePrices(name: string, x: unknown, length?: number): Float64Array {
  const prices = requireVector(name, x, length);
  prices.forEach((price, t) => {
    if (!Number.isNaN(price)) requirePositive(`${name}[${t}]`, price);
  });
  return prices;
}
