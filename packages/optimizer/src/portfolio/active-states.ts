import type { AssetState, Kinks } from "./kinks.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

/** −1: held at netMin; 1: at netMax; 0: not held. */
export type NetState = -1 | 0 | 1;

/** Which side of every limit a portfolio is taken to stand on. */
export interface ActiveStates {
  readonly assets: Int8Array;
  net: NetState;
  gross: boolean;
}

/** w = 0 clipped into the box, no row held but an equality. */
export function coldStates(problem: PortfolioProblem, kinks: Kinks): ActiveStates {
  const assets = new Int8Array(problem.n);
  for (let i = 0; i < problem.n; i++) {
    const start = Math.min(Math.max(0, problem.lower[i]!), problem.upper[i]!);
    assets[i] = kinks.stateAt(i, start, () => 0);
  }
  return { assets, net: problem.netMin === problem.netMax ? 1 : 0, gross: false };
}

/**
 * The states that an approximate portfolio points to: a limit is active when its slack is less than its multiplier,
 * an asset at a breakpoint when it is nearer to it than its slope is to leaving the kink.
 */
export function statesOf(problem: PortfolioProblem, kinks: Kinks, priced: PricedPortfolio): ActiveStates {
  const { n, sigma, mu, gamma, gross, netMin, netMax } = problem;
  const { weights, lambda, eta } = priced;
  let net = 0;
  let grossUsed = 0;
  for (const w of weights) {
    net += w;
    grossUsed += Math.abs(w);
  }
  const assets = new Int8Array(n);
  for (let i = 0; i < n; i++) {
    let pull = mu[i]! - eta;
    for (let j = 0; j < n; j++) pull -= gamma * sigma.data[i * n + j]! * weights[j]!;
    assets[i] = kinks.stateAt(i, weights[i]!, (k) =>
      Math.min(pull - kinks.slopeLeft(i, k, lambda), kinks.slopeRight(i, k, lambda) - pull),
    ) as AssetState;
  }
  return { assets, net: netStateOf(net, eta, netMin, netMax), gross: lambda > gross - grossUsed };
}

function netStateOf(net: number, eta: number, netMin: number, netMax: number): NetState {
  if (netMin === netMax) return 1;
  if (eta > netMax - net) return 1;
  return -eta > net - netMin ? -1 : 0;
}
