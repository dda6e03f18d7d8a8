import { compensatedSum, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { type Dates, requireAscendingDays } from "../calendar/ascending-days.ts";
import { DAY, isoDay } from "../calendar/day.ts";
import { type CompoundedRateOptions, compoundedRate } from "../rates/compounded-rate.ts";
import type { RateSeries } from "../rates/rate-series.ts";
import { fraction } from "../schedule/balance-rates.ts";
import { type Dividend, dividendsBetween, requireDividends } from "./dividends.ts";

/** How the funding rate of a period is made: as `compoundedRate`, whose spread is the swap's. */
export type SwapRateOptions = Omit<CompoundedRateOptions, "from" | "to" | "spreadBps" | "compoundSpread">;

export interface EquitySwapOptions extends SwapRateOptions {
  /** Shares whose return is received; negative when it is paid. */
  readonly shares: number;
  /** The start, each reset, and the end, ascending: at least two dates. */
  readonly resets: Dates;
  /** The price on each of those days, positive. */
  readonly prices: VectorLike;
  /** Overnight fixings of the base rate. */
  readonly fixings: RateSeries;
  /** Basis points over the base rate for a receiver of the return, under it for a payer. */
  readonly spreadBps: number;
  /** Basis points that a payer of the return is charged for the stock, ≥ 0. @defaultValue 0 */
  readonly borrowFeeBps?: number;
  /** Whether the notional is set anew at each reset, and the performance paid. @defaultValue true */
  readonly resetNotional?: boolean;
  /** @defaultValue none */
  readonly dividends?: readonly Dividend[];
  /** The fraction of a dividend that is passed on: 0.85 after a tax of 15 %. @defaultValue 1 */
  readonly dividendShare?: number;
}

/** One period of a swap, from one reset to the next; amounts are negative when they are paid. */
export interface SwapPeriod {
  /** ISO dates. */
  readonly from: string;
  readonly to: string;
  /** The notional that is funded, positive. */
  readonly notional: number;
  /** The annual rate of the leg: negative when it is paid, spread and fee included. */
  readonly annualRate: number;
  readonly funding: number;
  /** shares × the change of price. */
  readonly performance: number;
  /** Dividends with an ex-date after `from`, up to `to`. */
  readonly dividends: number;
  /** The sum of the three. */
  readonly net: number;
}

export interface EquitySwap {
  readonly periods: readonly SwapPeriod[];
  readonly funding: number;
  readonly performance: number;
  readonly dividends: number;
  readonly net: number;
}

const RATE_NAMES = [
  "calendar",
  "lookback",
  "lockout",
  "observationShift",
  "average",
  "dayCount",
  "missingFixing",
] as const;
const NAMES = [
  "shares",
  "resets",
  "prices",
  "fixings",
  "spreadBps",
  "borrowFeeBps",
  "resetNotional",
  "dividends",
  "dividendShare",
  ...RATE_NAMES,
];

/** What was asked of the rate, without the rest. */
function rateOptions(options: EquitySwapOptions): SwapRateOptions {
  return Object.fromEntries(
    RATE_NAMES.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

/**
 * A total-return swap on a stock, as its client sees it: the return is received (shares > 0) or paid (shares < 0), and
 * the notional funded at the compounded overnight rate plus the spread, or less the spread and the borrow fee. Each
 * period's funding, performance and dividends are settled at its end.
 *
 *     funding = ∓ notional × (base ± spread) × fraction of the year
 *
 * Without `resetNotional` the notional stays that of the start while performance is still paid at each reset.
 *
 * @throws QuantError "data" for resets that do not ascend, or as `compoundedRate`; "range" for a price that is not
 *   positive, or a dividend share outside 0 … 1; "shape" for prices that are not one a reset.
 */
export function equitySwap(options: EquitySwapOptions): EquitySwap {
  requireKnownOptions(options, NAMES);
  const { resetNotional = true, dividendShare = 1, borrowFeeBps = 0, dividends = [] } = options;
  const shares = requireFinite("shares", options.shares);
  const days = Array.from(requireAscendingDays("resets", options.resets, { least: 2 }));
  const prices = requireVector("prices", options.prices, days.length);
  prices.forEach((price, i) => {
    requirePositive(`prices[${i}]`, price);
  });
  const spread = requireFinite("spreadBps", options.spreadBps);
  const fee = requireNonNegative("borrowFeeBps", borrowFeeBps);
  if (requireNonNegative("dividendShare", dividendShare) > 1) {
    throw new QuantError("range", `dividendShare must be between 0 and 1, got ${dividendShare}`, {
      argument: "dividendShare",
    });
  }
  requireBoolean("resetNotional", resetNotional);
  const paid = requireDividends(dividends);
  const rates = rateOptions(options);

  const periods = days.slice(1).map((end, i): SwapPeriod => {
    const first = days[i]!;
    const notional = requireFinite("shares × price", Math.abs(shares) * prices[resetNotional ? i : 0]!);
    const base = compoundedRate(options.fixings, { ...rates, from: first * DAY, to: end * DAY });
    const annualRate = shares < 0 ? base.rate - fraction(spread + fee) : 0 - (base.rate + fraction(spread));
    const funding = notional * annualRate * base.fraction + 0;
    const performance = requireFinite("shares × change of price", shares * (prices[i + 1]! - prices[i]!)) + 0;
    const passed = shares * dividendShare * dividendsBetween(paid, first, end) + 0;
    return {
      from: isoDay(first),
      to: isoDay(end),
      notional,
      annualRate,
      funding,
      performance,
      dividends: passed,
      net: compensatedSum([funding, performance, passed]),
    };
  });
  const sum = (name: "funding" | "performance" | "dividends" | "net"): number =>
    compensatedSum(periods.map((period) => period[name]));
  return {
    periods,
    funding: sum("funding"),
    performance: sum("performance"),
    dividends: sum("dividends"),
    net: sum("net"),
  };
}
