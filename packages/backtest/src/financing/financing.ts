import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { Market } from "../spec/market.ts";
import { type AssetRows, type ByAsset, requireAssetRows } from "../spec/row-values.ts";
import { type AccrualUnit, accrualOf } from "./accrual-days.ts";

/**
 * What positions cost to hold, a fraction of their value over a bar or a day; negative is income. The shape of
 * funding's `fundingCostTerms` (an entry an asset) and `fundingCostSeries` (time × assets, weekends counted in it).
 */
export interface Financing {
  /** Of a long position. */
  readonly long: ByAsset;
  /** Of a short position, a unit of its size. */
  readonly short: ByAsset;
  /**
   * What constants are for: `'day'` charges a bar for the calendar days since the row before and needs dates.
   * @defaultValue 'bar'
   */
  readonly per?: AccrualUnit;
}

/** Financing that has been read. */
export interface Carry {
  readonly long: AssetRows;
  readonly short: AssetRows;
  /** One entry a row. */
  readonly accrued: Float64Array;
}

export function requireCarry(financing: Financing, market: Market, dates: Float64Array | undefined): Carry {
  requireKnownOptions(financing, ["long", "short", "per"], "financing");
  return {
    long: requireAssetRows("financing.long", financing.long, market),
    short: requireAssetRows("financing.short", financing.short, market),
    accrued: accrualOf("financing", financing.per, market.rows, dates),
  };
}

/** What the positions of a bar earn by being held, money by asset, negative when they cost. */
export function carryOf(
  { long, short, accrued }: Carry,
  row: number,
  values: Float64Array,
  out: Float64Array,
): void {
  const time = accrued[row]!;
  for (let j = 0; j < values.length; j++) {
    const value = values[j]!;
    const rate = value > 0 ? long.data[row * long.stride + j]! : short.data[row * short.stride + j]!;
    out[j] = value === 0 ? 0 : 0 - Math.abs(value) * rate * time;
  }
}
