import type { VectorLike } from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireKnownOptions,
  requirePositive,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { requireAssetNames } from "../spec/asset-names.ts";
import { cutToWhole } from "./cut-to-whole.ts";

/** What an order does to a position. */
export type OrderEffect = "open" | "increase" | "reduce" | "close";

/** One order of a plan. */
export interface PlannedOrder {
  /** 2 for the second half of a reversal, which waits for its first to be filled; else 1. */
  readonly step: 1 | 2;
  readonly asset: string;
  readonly side: "buy" | "sell";
  readonly effect: OrderEffect;
  /** Positive. */
  readonly shares: number;
  /** Shares × price, money; where prices were given. */
  readonly notional?: number;
  /** The position once it is filled, signed shares. */
  readonly position: number;
  /** In words: "sell 40 A to close, long to flat". */
  readonly reason: string;
}

/** A change that is not traded, and why. */
export interface SkippedOrder {
  readonly asset: string;
  /** Signed shares that were wanted more, or less. */
  readonly change: number;
  readonly reason: string;
}

export interface OrderPlan {
  /** First all of step 1, then all of step 2; within a step what reduces before what increases, then by asset. */
  readonly orders: readonly PlannedOrder[];
  readonly skipped: readonly SkippedOrder[];
}

export interface PlanOrdersOptions {
  /** Names. @defaultValue indices from "0" */
  readonly assets?: readonly string[];
  /** One an asset, positive; for the orders' notionals. */
  readonly prices?: VectorLike;
  /**
   * Shares are traded in multiples of it: a change is cut towards zero, and so is what a reversal opens. What closes a
   * position closes all of it. @defaultValue 1
   */
  readonly lot?: number;
  /** Changes of fewer shares are left alone. @defaultValue one lot */
  readonly minimum?: number;
}

const SIDES = ["short", "flat", "long"] as const;
const sideOf = (shares: number): string => SIDES[Math.sign(shares) + 1]!;

function effectOf(from: number, to: number): OrderEffect {
  if (from === 0) return "open";
  if (to === 0) return "close";
  return Math.abs(to) > Math.abs(from) ? "increase" : "reduce";
}

interface Leg {
  readonly asset: string;
  readonly price: number | undefined;
  readonly step: 1 | 2;
  readonly from: number;
  readonly to: number;
}

function orderOf({ asset, price, step, from, to }: Leg): PlannedOrder {
  const [change, effect] = [to - from, effectOf(from, to)];
  const [side, shares] = [change > 0 ? "buy" : "sell", Math.abs(change)] as const;
  return {
    step,
    asset,
    side,
    effect,
    shares,
    ...(price !== undefined && { notional: shares * price }),
    position: to,
    reason: `${side} ${shares} ${asset} to ${effect}, ${sideOf(from)} to ${sideOf(to)}`,
  };
}

const reduces = ({ effect }: PlannedOrder): boolean => effect === "reduce" || effect === "close";

/** Where a position goes when shares are traded in lots: towards what is wanted, never past it. */
function reachable(from: number, wanted: number, lot: number, minimum: number): number {
  const inLots = (shares: number): number => {
    const traded = lot * cutToWhole(shares / lot);
    return Math.abs(traded) < minimum ? 0 : traded;
  };
  // What closes a position closes it whole, odd lots and all.
  if (wanted === 0) return 0;
  const reversal = Math.sign(from) === -Math.sign(wanted);
  return reversal ? inLots(wanted) : from + inLots(wanted - from);
}

/**
 * The orders that bring positions to their targets. A reversal is two orders, since a broker books the closing of a long
 * and the opening of a short apart: the second is of step 2 and waits for the first. Nothing is sent: it is a plan.
 *
 * @param current - n signed positions, shares
 * @param target - as many wanted
 * @throws QuantError "not-finite" for a NaN, "shape" for lengths that differ, "data" for names that do not fit, "range" for a lot, minimum or price that is
 *   not positive
 */
export function planOrders(
  current: VectorLike,
  target: VectorLike,
  options: PlanOrdersOptions = {},
): OrderPlan {
  requireKnownOptions(options, ["assets", "prices", "lot", "minimum"]);
  const held = requireFiniteVector("current", current);
  const wanted = requireFiniteVector("target", target, held.length);
  const assets =
    options.assets === undefined
      ? Array.from(held, (_, i) => String(i))
      : requireAssetNames(options.assets, held.length, "position");
  const prices =
    options.prices === undefined ? undefined : requireVector("prices", options.prices, held.length);
  prices?.forEach((price, i) => void requirePositive(`prices[${i}]`, price));
  const lot = requirePositive("lot", options.lot ?? 1);
  const minimum = requirePositive("minimum", options.minimum ?? lot);

  const orders: PlannedOrder[] = [];
  const skipped: SkippedOrder[] = [];
  assets.forEach((asset, i) => {
    const [from, wish] = [held[i]!, wanted[i]!];
    const to = reachable(from, wish, lot, minimum);
    const reversal = from !== 0 && Math.sign(from) === -Math.sign(wish);
    if (to !== wish && (to === from || (reversal && to === 0))) {
      const least = Math.max(minimum, lot);
      const reason = `a change of ${Math.abs(wish - to)} is less than the ${least} that are traded`;
      skipped.push({ asset, change: wish - to, reason });
    }
    if (to === from) return;
    const stops = reversal && to !== 0 ? [from, 0, to] : [from, to];
    const price = prices?.[i];
    for (let k = 1; k < stops.length; k++) {
      orders.push(orderOf({ asset, price, step: k as 1 | 2, from: stops[k - 1]!, to: stops[k]! }));
    }
  });
  const place = (order: PlannedOrder): number => 2 * order.step + (reduces(order) ? 0 : 1);
  return { orders: orders.sort((a, b) => place(a) - place(b)), skipped };
}
