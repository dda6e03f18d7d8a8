import { createRandom, type Matrix, type VectorLike } from "@astra-quant/core-linalg";
import { fitGaussianHmm, hiddenRegimes } from "@astra-quant/signals";

/** Days on which the model of the regimes is fitted, once: what follows is filtered. */
export const TRAINING = 504;
/** Days of a regime that must have been seen before its coefficient counts. */
const LEAST = 20;

/** Time × (calm, wild): the probability of each given the days so far; undefined before the model is fitted. */
export function marketRegime(market: VectorLike): Matrix | undefined {
  const returns = Float64Array.from(market as ArrayLike<number>);
  if (returns.length <= TRAINING) return undefined;
  const random = createRandom("regimes");
  const model = fitGaussianHmm(returns.slice(0, TRAINING), { random });
  return hiddenRegimes(returns, model).probabilities;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The coefficient to be expected in row `row`: half the mean of the last `lookback` rows, half the mean of those whose
 * signal came in a regime, weighed by how probable each regime is now.
 */
export function conditionedIc(ic: Float64Array, regime: Matrix, row: number, lookback: number): number {
  const known: [value: number, regime: number][] = [];
  for (let t = row + 1 - lookback; t <= row; t++) {
    if (!Number.isNaN(ic[t]!)) known.push([ic[t]!, regime.get(t - 1, 1) > 0.5 ? 1 : 0]);
  }
  const overall = meanOf(known.map(([value]) => value));
  const conditional = [0, 1].map((k) => {
    const own = known.flatMap(([value, of]) => (of === k ? [value] : []));
    return own.length < LEAST ? overall : meanOf(own);
  });
  const [calm, wild] = regime.row(row);
  return 0.5 * overall + 0.5 * (calm! * conditional[0]! + wild! * conditional[1]!);
}
