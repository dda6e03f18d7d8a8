import type { VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  QuantError,
  requireApart,
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { requirePrices } from "./exposure.ts";
import { wholeLots } from "./lots.ts";
import { requireSeedParity } from "./parity.ts";

export interface BuyingPowerOptions {
  /** Money that may be bound by new exposure, ≥ 0. */
  readonly buyingPower: number;
  /** The share of it that is kept back, in [0, 1). @defaultValue 0.05 */
  readonly reserve?: number;
  /** n positive prices. */
  readonly prices: VectorLike;
  /** n shares held now, signed: what of an order closes them needs no buying power. @defaultValue zeros */
  readonly current?: VectorLike;
  /** Orders are whole numbers of these, towards zero, positive. @defaultValue 1 */
  readonly lotSize?: number;
  /**
   * `'seed'` counts closing orders too, and keeps the reserve back only when the whole buying power is exceeded: orders
   * of a little more than it are cut below orders of a little less.
   */
  readonly parity?: "seed";
  /** n entries; receives the orders. */
  readonly out?: Float64Array;
}

export interface ScaledToBuyingPower {
  /** n signed shares to trade. */
  readonly orders: Float64Array;
  /** What the opening part of each was multiplied with, in [0, 1], before lots became whole again. */
  readonly factor: number;
  /** Money that the orders given would have bound. */
  readonly needed: number;
  /** Money that `orders` bind. */
  readonly bound: number;
}

function requireReserve(reserve: unknown): number {
  if (typeof reserve === "number" && reserve >= 0 && reserve < 1) return reserve;
  throw new QuantError("range", `reserve must be in [0, 1), got ${show(reserve)}`, {
    argument: "reserve",
    value: reserve,
  });
}

/** What of an order brings a position back towards 0. */
function closingPart(order: number, held: number): number {
  if (Math.sign(order) !== -Math.sign(held)) return 0;
  return Math.sign(order) * Math.min(Math.abs(order), Math.abs(held));
}

/**
 * Orders shrunk in one proportion until the money that they bind is within the buying power less its reserve. Only what
 * opens or enlarges a position binds money and is shrunk; what closes one goes through whole.
 *
 * @param orders - n signed shares to trade
 * @throws QuantError "not-finite" for a NaN, "range" for a negative buying power, prices that are not positive or a
 *   reserve outside [0, 1), "shape" for lengths that do not fit.
 */
export function scaleToBuyingPower(orders: VectorLike, options: BuyingPowerOptions): ScaledToBuyingPower {
  requireKnownOptions(options, ["buyingPower", "reserve", "prices", "current", "lotSize", "parity", "out"]);
  const { buyingPower, reserve = 0.05, current, lotSize = 1 } = options;
  const power = requireNonNegative("buyingPower", buyingPower);
  const usable = power * (1 - requireReserve(reserve));
  const lot = requirePositive("lotSize", lotSize);
  const x = requireFiniteVector("orders", orders);
  const p = requirePrices(options.prices, x.length);
  const held = current === undefined ? undefined : requireFiniteVector("current", current, x.length);
  const answer = outputVector(options.out, x.length);
  requireApart(answer, "orders", x);
  const seed = requireSeedParity(options.parity);
  const closing = x.map((order, i) => (seed || held === undefined ? 0 : closingPart(order, held[i]!)));
  const moneyFor = (list: Float64Array): number =>
    list.reduce((sum, order, i) => sum + Math.abs(order - closing[i]!) * p[i]!, 0);
  const needed = moneyFor(x);
  const enough = needed <= (seed ? power : usable);
  const factor = enough ? 1 : usable / needed;
  const sized = (order: number, i: number): number =>
    closing[i]! + wholeLots((order - closing[i]!) * factor, lot);
  answer.set(enough ? x : x.map(sized));
  return { orders: answer, factor, needed, bound: moneyFor(answer) };
}
