import { smallest } from "./smallest.ts";

/** The worst of weighted scenarios, from the lowest return up. */
export interface WeightedTail {
  readonly returns: Float64Array;
  /** The probability that each stands for. */
  readonly masses: Float64Array;
  /** The probability of all below it and half of its own. */
  readonly places: Float64Array;
  /** Their numbers among all scenarios. */
  readonly numbers: Uint32Array;
}

/** The numbers of the k lowest returns (and their equals) in ascending order, equal ones by number. */
function lowest(returns: Float64Array, k: number): Uint32Array {
  const threshold = smallest(returns, k)[k - 1]!;
  const found: number[] = [];
  for (let i = 0; i < returns.length; i++) if (returns[i]! <= threshold) found.push(i);
  return Uint32Array.from(found).sort((a, b) => returns[a]! - returns[b]! || a - b);
}

/** The lowest returns that together stand for `probability` at least, or all of them. */
export function weightedTail(
  returns: Float64Array,
  massOf: (scenario: number) => number,
  probability: number,
): WeightedTail {
  const n = returns.length;
  for (let k = Math.min(n, Math.ceil(2 * n * probability) + 64); ; k = Math.min(n, 2 * k)) {
    const numbers = lowest(returns, k);
    const masses = Float64Array.from(numbers, massOf);
    const places = new Float64Array(numbers.length);
    let sum = 0;
    for (let i = 0; i < masses.length; i++) {
      places[i] = sum + masses[i]! / 2;
      sum += masses[i]!;
    }
    if (sum >= probability || k === n) {
      return { returns: Float64Array.from(numbers, (i) => returns[i]!), masses, places, numbers };
    }
  }
}

/** The return below which `probability` lies, linear between the places of neighbours; NaN beyond the tail's ends. */
export function returnAt({ returns, places }: WeightedTail, probability: number): number {
  const above = places.findIndex((place) => place >= probability);
  if (above < 0 || (above === 0 && places[0]! > probability)) return Number.NaN;
  if (above === 0) return returns[0]!;
  const share = (probability - places[above - 1]!) / (places[above]! - places[above - 1]!);
  return returns[above - 1]! + share * (returns[above]! - returns[above - 1]!);
}

/** The mean loss of the worst `probability`, the scenario on its boundary counted in part. */
export function worstMassLoss({ returns, masses }: WeightedTail, probability: number): number {
  let rest = probability;
  let sum = 0;
  for (let i = 0; i < returns.length && rest > 0; i++) {
    const part = Math.min(masses[i]!, rest);
    sum += part * returns[i]!;
    rest -= part;
  }
  return 0 - sum / (probability - Math.max(0, rest));
}
