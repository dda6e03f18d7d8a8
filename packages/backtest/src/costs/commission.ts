import { QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireNonNegative } from "@astra-quant/core-linalg/guards";
import type { CostTerm, Orders } from "./cost-term.ts";

export interface CommissionOptions {
  /** Money a share, as retail brokers charge; needs prices. @defaultValue 0 */
  readonly perShare?: number;
  /** Basis points of the traded notional. @defaultValue 0 */
  readonly bps?: number;
  /** The least that an order costs, money. @defaultValue 0 */
  readonly minimum?: number;
  /** The most that an order costs, as a fraction of its notional; it overrides the minimum. @defaultValue no limit */
  readonly maximumFraction?: number;
}

/**
 * A broker's commission on each order: perShare × shares + bps ÷ 10 000 × notional, at least `minimum`, at most
 * `maximumFraction` × notional. An asset that is not traded pays nothing.
 *
 * @throws QuantError "range" or "not-finite" for an option that is negative; where `perShare` is charged without prices,
 *   the backtest refuses ("option")
 */
export function commission(options: CommissionOptions): CostTerm {
  requireKnownOptions(options, ["perShare", "bps", "minimum", "maximumFraction"]);
  const { perShare = 0, bps = 0, minimum = 0, maximumFraction = Number.MAX_VALUE } = options;
  requireNonNegative("perShare", perShare);
  const rate = requireNonNegative("bps", bps) / 10_000;
  requireNonNegative("minimum", minimum);
  requireNonNegative("maximumFraction", maximumFraction);
  return {
    name: "commission",
    charge({ values, prices }: Orders, costs: Float64Array): void {
      if (perShare > 0 && prices === undefined) {
        throw new QuantError(
          "option",
          "perShare counts shares, which needs prices; the backtest was given returns",
          {
            argument: "perShare",
          },
        );
      }
      for (let j = 0; j < values.length; j++) {
        const notional = Math.abs(values[j]!);
        if (notional === 0) continue;
        const shares = prices === undefined ? 0 : notional / prices[j]!;
        const charged = Math.max(perShare * shares + rate * notional, minimum);
        costs[j]! += Math.min(charged, maximumFraction * notional);
      }
    },
  };
}
