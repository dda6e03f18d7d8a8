import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";

export interface BillOptions {
  /** Days to maturity: 91 for a bill of 13 weeks, the one that ^IRX quotes. */
  readonly days: number;
}

export interface BondEquivalentOptions extends BillOptions {
  /** Days in the year that follows the issue: 366 when it holds a 29 February. @defaultValue 365 */
  readonly daysInYear?: 365 | 366;
}

/** Price of 1 at maturity: 1 − discount × days ÷ 360. */
function priceOf(discountRate: number, days: number): number {
  requireInteger("days", days, 1, 366);
  const price = 1 - (requireFinite("discountRate", discountRate) * days) / 360;
  if (price > 0) return price;
  throw new QuantError(
    "range",
    `discountRate must leave the bill a positive price, got ${discountRate} for ${days} days`,
    { argument: "discountRate" },
  );
}

/**
 * The price of a bill that pays 1, from the rate at which banks discount it: 1 − rate × days ÷ 360 [Cfr356].
 *
 * @throws QuantError "range" for days outside 1 … 366 or a rate at which the bill would be worth nothing, "not-finite" for
 *   a rate that is none.
 */
export function billPrice(discountRate: number, options: BillOptions): number {
  requireKnownOptions(options, ["days"]);
  return priceOf(discountRate, options.days);
}

/**
 * The yield of a bill in money-market terms: simple interest on its price, actual days over 360. It is what a rate quoted
 * as SOFR is compared with; a bank-discount rate (^IRX, the bills in a newspaper) is lower, being on the face amount.
 *
 * @throws QuantError as {@link billPrice}.
 */
export function moneyMarketYield(discountRate: number, options: BillOptions): number {
  requireKnownOptions(options, ["days"]);
  return discountRate / priceOf(discountRate, options.days);
}

/**
 * The yield of a bill as the Treasury compares it with bonds, its investment rate [Cfr356]: simple interest over 365 (or
 * 366) days up to half a year, and beyond that the yield i that pays interest after six months,
 *
 *     price · (1 + i (r ÷ y − ½)) · (1 + i ÷ 2) = 1,    r days to maturity, y days in the year.
 *
 * @throws QuantError as {@link billPrice}; "option" for a year of other lengths.
 */
export function bondEquivalentYield(discountRate: number, options: BondEquivalentOptions): number {
  requireKnownOptions(options, ["days", "daysInYear"]);
  const { days, daysInYear = 365 } = options;
  requireOneOf("daysInYear", String(daysInYear), ["365", "366"]);
  const price = priceOf(discountRate, days);
  const gain = (discountRate * days) / 360 / price;
  const share = days / daysInYear;
  if (2 * days <= daysInYear) return gain / share;
  // a i² + b i − gain = 0, in the form whose numerator and denominator do not cancel
  const a = share / 2 - 0.25;
  return (2 * gain) / (share + Math.sqrt(share * share + 4 * a * gain));
}
