import { attainableNet } from "./attainable-net.ts";
import type { PortfolioProblem } from "./problem.ts";

/** Limits that miss each other by less are taken to meet: what rounding leaves of a set of one point. */
const ROUNDING = 1e-12;

/** Why no weights meet the limits, in words with the numbers; undefined when some do. */
export function explainInfeasible(problem: PortfolioProblem, names: readonly string[]): string | undefined {
  const { lower, upper, gross, netMin, netMax } = problem;
  for (let i = 0; i < lower.length; i++) {
    if (
      lower[i]! <= upper[i]! &&
      lower[i]! < Number.POSITIVE_INFINITY &&
      upper[i]! > Number.NEGATIVE_INFINITY
    ) {
      continue;
    }
    return `weights.min[${names[i]}] ${lower[i]} and weights.max[${names[i]}] ${upper[i]} leave no weight between them`;
  }
  if (!(netMin <= netMax && netMin < Number.POSITIVE_INFINITY && netMax > Number.NEGATIVE_INFINITY)) {
    return `net.min ${netMin} is above net.max ${netMax}`;
  }
  const attainable = attainableNet(problem);
  const slack = ROUNDING * Math.max(1, attainable.leastGross);
  if (attainable.leastGross > gross + slack) {
    return `gross.max ${gross} cannot hold the weights' bounds: they need gross of at least ${attainable.leastGross}`;
  }
  const { leastNet, greatestNet } = attainable;
  if (netMin > greatestNet + slack) {
    const held = attainable.grossEndsGreatest ? `gross.max ${gross}` : "weights.max";
    return `net.min ${netMin} is out of reach: ${held} allows a net of at most ${greatestNet}`;
  }
  if (netMax < leastNet - slack) {
    const held = attainable.grossEndsLeast ? `gross.max ${gross}` : "weights.min";
    return `net.max ${netMax} is out of reach: ${held} allows a net of at least ${leastNet}`;
  }
  return undefined;
}
