import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireOneOf, requireVector } from "@astra-quant/core-linalg/guards";
import { requirePrices } from "./price-series.ts";

/** The part of a pair's spec that says how much of each leg a position holds. */
export interface PairLegsSpec {
  /** Prices of the hedge, one a bar, positive; NaN where nothing is held. */
  readonly x: VectorLike;
  /** Prices of the target, as many. */
  readonly y: VectorLike;
  /** Units of y per unit of x, known at the end of each bar; NaN where the position is 0. */
  readonly slope: VectorLike;
  /**
   * How much x is held against one unit of money in y. `'dollar'`: slope · x ÷ y, which is `slope` shares of x
   * for a share of y. `'seed'`: slope itself, as the notebook has it: a ratio of shares in the place of a ratio
   * of money.
   * @defaultValue 'dollar'
   */
  readonly hedge?: "dollar" | "seed";
  /**
   * What the returns are fractions of: the money in both legs together, or that in y alone.
   * @defaultValue 'gross' for hedge 'dollar', 'y' for hedge 'seed', which takes no other
   */
  readonly capital?: "gross" | "y";
}

/** A pair's legs that have been read. */
export interface PairLegs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Money in x against one unit in y, decided at a bar; not finite where it cannot be told. */
  ratioAt(row: number): number;
  /** The capital that a unit of y takes at that ratio. */
  capitalOf(ratio: number): number;
}

function requireCapital(hedge: "dollar" | "seed", capital: unknown): "gross" | "y" {
  if (capital === undefined) return hedge === "seed" ? "y" : "gross";
  const basis = requireOneOf("capital", capital, ["gross", "y"]);
  if (hedge !== "seed" || basis === "y") return basis;
  throw new QuantError(
    "option",
    `hedge 'seed' counts returns on y's money: capital must be 'y', got '${basis}'`,
    { argument: "capital", value: basis },
  );
}

/** The legs of a spec, each of as many bars. */
export function requirePairLegs(spec: PairLegsSpec): PairLegs {
  const hedge = requireOneOf("hedge", spec.hedge ?? "dollar", ["dollar", "seed"]);
  const gross = requireCapital(hedge, spec.capital) === "gross";
  const x = requirePrices("x", spec.x);
  const y = requirePrices("y", spec.y, x.length);
  const slope = requireVector("slope", spec.slope, x.length);
  return {
    x,
    y,
    ratioAt: hedge === "seed" ? (t) => slope[t]! : (t) => (slope[t]! * x[t]!) / y[t]!,
    capitalOf: gross ? (ratio) => 1 + Math.abs(ratio) : () => 1,
  };
}
