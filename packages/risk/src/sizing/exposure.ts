import type { VectorLike } from "@astra-quant/core-linalg";
import { QuantError, requireFiniteVector } from "@astra-quant/core-linalg/guards";

/** Σ|x| and Σx of a book, in the unit of x. */
export interface Exposure {
  /** Longs plus shorts, ≥ 0. */
  readonly gross: number;
  /** Longs less shorts. */
  readonly net: number;
}

export function exposureOf(values: ArrayLike<number>): Exposure {
  let gross = 0;
  let net = 0;
  for (let i = 0; i < values.length; i++) {
    gross += Math.abs(values[i]!);
    net += values[i]!;
  }
  return { gross, net };
}

/** n positive prices. */
export function requirePrices(prices: VectorLike, n: number): Float64Array {
  const p = requireFiniteVector("prices", prices, n);
  const bad = p.findIndex((price) => price <= 0);
  if (bad < 0) return p;
  throw new QuantError("range", `prices[${bad}] must be positive, got ${p[bad]}`, {
    argument: "prices",
    index: bad,
    value: p[bad],
  });
}
