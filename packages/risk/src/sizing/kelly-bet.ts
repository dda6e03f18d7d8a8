import { log1p } from "@astra-quant/core-linalg";
import { requireInteger, requirePositive, requireProbability } from "@astra-quant/core-linalg/guards";

/** A bet that is won or lost. */
export interface KellyOdds {
  /** Strictly between 0 and 1. */
  readonly winProbability: number;
  /** What one unit of stake wins, positive: 1 is even money. */
  readonly winPayoff: number;
  /** What one unit of stake loses, positive. @defaultValue 1 */
  readonly lossPayoff?: number;
  /** How many bets the probability was counted from: asks for the standard error. */
  readonly observations?: number;
}

/** A full stake with what is known of it. */
export interface FullKelly {
  readonly stake: number;
  /** Variance of the stake's estimate; NaN where the sample's size was not given. */
  readonly error: number;
  /** Expected log growth a bet or period at a stake. */
  readonly growth: (stake: number) => number;
}

/** f = p ÷ a − q ÷ b, the maximum of p log(1 + b f) + q log(1 − a f), a lost and b won a unit. */
export function kellyOfOdds({
  winProbability,
  winPayoff,
  lossPayoff = 1,
  observations,
}: KellyOdds): FullKelly {
  const p = requireProbability("winProbability", winProbability);
  const b = requirePositive("winPayoff", winPayoff);
  const a = requirePositive("lossPayoff", lossPayoff);
  const n = observations === undefined ? Number.NaN : requireInteger("observations", observations, 1);
  const q = 1 - p;
  // df ÷ dp = 1 ÷ a + 1 ÷ b, and a counted p has variance p q ÷ n.
  const slope = 1 / a + 1 / b;
  return {
    stake: p / a - q / b,
    error: (slope * slope * p * q) / n,
    growth: (f) =>
      a * f < 1 && -b * f < 1 ? p * log1p(b * f) + q * log1p(-a * f) : Number.NEGATIVE_INFINITY,
  };
}
