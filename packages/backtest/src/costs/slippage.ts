import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";

export interface SlippageOptions {
  /** The quoted spread, of which a trade pays half. @defaultValue 10 */
  readonly spreadBps?: number;
  /** Impact of trading a whole day's volume at the reference volatility. @defaultValue 10 */
  readonly impactBps?: number;
  /** An annual fraction. @defaultValue 0.2 */
  readonly referenceVolatility?: number;
  /** The most that is charged. @defaultValue 100 */
  readonly capBps?: number;
}

/** An order to be traded in a market. */
export interface SlippageOrder {
  /** Signed; in the unit of the volume. */
  readonly shares: number;
  /** Average volume of a day, ≥ 0; none makes the cap. */
  readonly averageDailyVolume: number;
  /** Of the asset, an annual fraction, ≥ 0. */
  readonly volatility: number;
}

export const SLIPPAGE_NAMES = ["spreadBps", "impactBps", "referenceVolatility", "capBps"] as const;

/** bps of an order, given as what it is of a day's volume and its volatility. */
export type SlippageLaw = (participation: number, volatility: number) => number;

/** s ÷ 2 + i √participation · volatility ÷ reference, at most the cap, which is also the answer to a NaN or an infinity. */
export function slippageLaw(options: SlippageOptions): SlippageLaw {
  const { spreadBps = 10, impactBps = 10, referenceVolatility = 0.2, capBps = 100 } = options;
  const half = requireNonNegative("spreadBps", spreadBps) / 2;
  requireNonNegative("impactBps", impactBps);
  requirePositive("referenceVolatility", referenceVolatility);
  requireNonNegative("capBps", capBps);
  return (participation, volatility) => {
    const bps = half + impactBps * Math.sqrt(participation) * (volatility / referenceVolatility);
    return participation < Number.POSITIVE_INFINITY && bps < capBps ? bps : capBps;
  };
}

/**
 * What an order is estimated to lose to spread and impact, in basis points of its notional, by the square root law:
 * spread ÷ 2 + impact · √(|shares| ÷ volume) · volatility ÷ reference, at most the cap.
 *
 * @throws QuantError "range" for a negative volume, volatility or option, "not-finite" for a NaN
 */
export function estimateSlippage(order: SlippageOrder, options: SlippageOptions = {}): number {
  requireKnownOptions(options, SLIPPAGE_NAMES);
  requireKnownOptions(order, ["shares", "averageDailyVolume", "volatility"], "order");
  const law = slippageLaw(options);
  const shares = Math.abs(requireFinite("shares", order.shares));
  const volume = requireNonNegative("averageDailyVolume", order.averageDailyVolume);
  const volatility = requireNonNegative("volatility", order.volatility);
  return law(volume === 0 ? Number.POSITIVE_INFINITY : shares / volume, volatility);
}
