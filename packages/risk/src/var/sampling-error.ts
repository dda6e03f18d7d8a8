import { normalQuantile } from "@astra-quant/core-linalg";
import type { TailLoss } from "./tail-loss.ts";
import { tailCount } from "./tail-probability.ts";

/** The level of the interval that the standard error of a quantile is read from. */
const LEVEL = 0.95;

/** How far a simulated value at risk may be from that of infinitely many scenarios. */
export interface SamplingError {
  /** In the unit of the losses; NaN where the tail holds too few scenarios to tell. */
  readonly standardError: TailLoss;
  /** Where the value at risk lies with 95 % confidence, whatever the law; NaN as the standard error. */
  readonly interval: { readonly lower: number; readonly upper: number };
}

const square = (x: number): number => x * x;

/** The value at a real-valued rank, counted from 1, of ascending values. */
function atRank(sorted: Float64Array, rank: number): number {
  const below = Math.floor(rank);
  const low = sorted[below - 1]!;
  const high = sorted[Math.min(below, sorted.length - 1)]!;
  return low + (rank - below) * (high - low);
}

/**
 * The sampling error of a quantile and the shortfall beyond it, from one ascending sample of independent returns.
 *
 * How many of n draws fall below the true quantile is binomial: nα ± √(nα(1−α)). The order statistics at nα + ½ ± z
 * of those deviations bracket the quantile without any assumption on the density; half that width over z is its
 * standard error. For the shortfall, Var(R | tail) ÷ (nα) is what the tail's own spread leaves, and
 * (1−α)(ES−VaR)² ÷ (nα) what the uncertain boundary adds.
 */
export function samplingError(sorted: Float64Array, alpha: number, loss: TailLoss): SamplingError {
  const n = sorted.length;
  const count = tailCount(n, alpha);
  const z = normalQuantile(0.5 + LEVEL / 2);
  const reach = z * Math.sqrt(count * (1 - alpha));
  const [best, worst] = [count + 0.5 + reach, count + 0.5 - reach];
  if (worst < 1 || best > n) {
    const unknown = Number.NaN;
    return {
      standardError: { valueAtRisk: unknown, expectedShortfall: unknown },
      interval: { lower: unknown, upper: unknown },
    };
  }
  const [lower, upper] = [0 - atRank(sorted, best), 0 - atRank(sorted, worst)];
  const members = Math.floor(count);
  let squares = 0;
  for (let i = 0; i < members; i++) squares += square(sorted[i]! + loss.expectedShortfall);
  const excess = loss.expectedShortfall - loss.valueAtRisk;
  const variance = squares / members + (1 - alpha) * excess * excess;
  return {
    standardError: {
      valueAtRisk: (upper - lower) / (2 * z),
      expectedShortfall: Math.sqrt(variance / count),
    },
    interval: { lower, upper },
  };
}
