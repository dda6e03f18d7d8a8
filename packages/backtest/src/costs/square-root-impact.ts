import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import type { ByAsset } from "../spec/row-values.ts";
import { atFill } from "./at-fill.ts";
import type { CostTerm, Orders } from "./cost-term.ts";
import { SLIPPAGE_NAMES, type SlippageOptions, slippageLaw } from "./slippage.ts";

export interface SquareRootImpactOptions extends SlippageOptions {
  /** What an asset trades in a day, money: for all, an entry an asset, or time × assets. NaN or 0 makes the cap. */
  readonly dollarVolume: ByAsset;
  /** Annual fractions, as `dollarVolume`; NaN makes the cap. */
  readonly volatility: ByAsset;
}

const notNegative = (value: number): boolean => !(value < 0);

/**
 * Spread and impact by the square root law of `estimateSlippage`, on each trade: |money traded| × bps ÷ 10 000, where the
 * order's part of the volume is |money traded| ÷ dollarVolume.
 *
 * @throws QuantError "range" for a volume, volatility or option that is negative
 */
export function squareRootImpact(options: SquareRootImpactOptions): CostTerm {
  requireKnownOptions(options, ["dollarVolume", "volatility", ...SLIPPAGE_NAMES]);
  const bpsOf = slippageLaw(options);
  const volumeAt = atFill("dollarVolume", options.dollarVolume, "non-negative or NaN", notNegative);
  const volatilityAt = atFill("volatility", options.volatility, "non-negative or NaN", notNegative);
  return {
    name: "square-root-impact",
    charge(orders: Orders, costs: Float64Array): void {
      const [volume, volatility] = [volumeAt(orders), volatilityAt(orders)];
      for (let j = 0; j < costs.length; j++) {
        const traded = Math.abs(orders.values[j]!);
        if (traded === 0) continue;
        const participation = volume[j] === 0 ? Number.POSITIVE_INFINITY : traded / volume[j]!;
        costs[j]! += (traded * bpsOf(participation, volatility[j]!)) / 10_000;
      }
    },
  };
}
