import { type ActiveStates, coldStates } from "./active-states.ts";
import type { Kinks } from "./kinks.ts";
import type { PortfolioProblem } from "./problem.ts";

/** A feasible portfolio with states that it stands on exactly, and whose held rows are independent. */
export interface FeasibleStart {
  readonly weights: Float64Array;
  readonly states: ActiveStates;
}

/**
 * From the weights nearest to zero, assets one after the other are moved as far as their box allows until the net
 * is inside its limits; that spends the least gross. The problem must be feasible.
 */
export function feasibleStart(problem: PortfolioProblem, kinks: Kinks): FeasibleStart {
  const { n, lower, upper, netMin, netMax } = problem;
  const weights = new Float64Array(n);
  let net = 0;
  for (let i = 0; i < n; i++) {
    weights[i] = Math.min(Math.max(0, lower[i]!), upper[i]!);
    net += weights[i]!;
  }
  const states = coldStates(problem, kinks);
  const assets = states.assets;
  let missing = net < netMin ? netMin - net : Math.min(0, netMax - net);
  for (let i = 0; i < n && missing !== 0; i++) {
    const room = missing > 0 ? upper[i]! - weights[i]! : lower[i]! - weights[i]!;
    const move = missing > 0 ? Math.min(room, missing) : Math.max(room, missing);
    if (move === 0) continue;
    weights[i] = move === room ? (missing > 0 ? upper[i]! : lower[i]!) : weights[i]! + move;
    missing -= move;
    assets[i] = kinks.stateAt(i, weights[i]!, () => 0);
  }
  const anyFree = assets.some((state) => state % 2 === 0);
  if (states.net !== 0 && !anyFree) states.net = releaseOne(assets, kinks, problem) ? 1 : 0;
  return { weights, states };
}

/** Takes one asset off its breakpoint, so that an equality on net has something to act on. */
function releaseOne(assets: Int8Array, kinks: Kinks, { lower, upper }: PortfolioProblem): boolean {
  for (let i = 0; i < assets.length; i++) {
    if (lower[i] === upper[i]) continue;
    const k = (assets[i]! - 1) / 2;
    assets[i] = kinks.slopeRight(i, k, 0) < Number.POSITIVE_INFINITY ? 2 * (k + 1) : 2 * k;
    return true;
  }
  return false;
}
