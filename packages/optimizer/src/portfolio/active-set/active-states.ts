import { type PortfolioProblem, type PricedPortfolio, pressures } from "../problem/problem.ts";
import { slopesAt } from "../problem/slopes.ts";
import type { Kinks } from "./kinks.ts";

/** On which side of every limit a portfolio is taken to stand. */
export interface ActiveStates {
  /** As {@link Kinks} numbers them. */
  readonly assets: Int8Array;
  /** −1: the row is held at its min; 1: at its max; 0: not held. An equality is held at its max. */
  readonly rows: Int8Array;
  /** 1: the size is held at its max. */
  readonly sizes: Uint8Array;
}

/** w = 0 clipped into the box, no row held but equalities. */
export function coldStates(problem: PortfolioProblem, kinks: Kinks): ActiveStates {
  const { n, lower, upper, rows, sizes } = problem;
  const assets = new Int8Array(n);
  for (let i = 0; i < n; i++) {
    const start = Math.min(Math.max(0, lower[i]!), upper[i]!);
    const k = kinks.nearest(i, start);
    assets[i] = k >= 0 && kinks.point(i, k) === start ? 2 * k + 1 : kinks.segmentAt(i, start);
  }
  return {
    assets,
    rows: Int8Array.from(rows, ({ min, max }) => (min === max ? 1 : 0)),
    sizes: new Uint8Array(sizes.length),
  };
}

/**
 * The states that an approximate portfolio points to: a limit is active when its slack is less than its multiplier,
 * an asset at a breakpoint when it is nearer to it than its slope is to leaving the kink.
 */
export function statesOf(problem: PortfolioProblem, kinks: Kinks, portfolio: PricedPortfolio): ActiveStates {
  const { n, current } = problem;
  const { weights, prices } = portfolio;
  const slopes = slopesAt(problem, portfolio);
  const { onWeights, onTrades } = pressures(problem, prices);
  const assets = new Int8Array(n);
  for (let i = 0; i < n; i++) {
    const w = weights[i]!;
    const k = kinks.nearest(i, w);
    assets[i] = kinks.segmentAt(i, w);
    if (k < 0) continue;
    const pull = -slopes[i]!;
    const left = kinks.slope(i, k, onWeights[i]!, onTrades[i]!);
    const right = kinks.slope(i, k + 1, onWeights[i]!, onTrades[i]!);
    if (Math.abs(w - kinks.point(i, k)) <= Math.min(pull - left, right - pull)) assets[i] = 2 * k + 1;
  }
  const rows = Int8Array.from(problem.rows, ({ loadings, min, max }, r) => {
    if (min === max) return 1;
    let value = 0;
    for (let i = 0; i < n; i++) value += loadings[i]! * weights[i]!;
    const price = prices.rows[r]!;
    if (price > max - value) return 1;
    return -price > value - min ? -1 : 0;
  });
  const sizes = Uint8Array.from(problem.sizes, ({ of, members, max }, s) => {
    let used = 0;
    for (let i = 0; i < n; i++) {
      if (members[i] === 1) used += Math.abs(of === "weights" ? weights[i]! : weights[i]! - current[i]!);
    }
    return prices.sizes[s]! > max - used ? 1 : 0;
  });
  return { assets, rows, sizes };
}
