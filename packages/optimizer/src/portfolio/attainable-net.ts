import type { PortfolioProblem } from "./problem.ts";

/**
 * The weights nearest to zero inside the box, and the interval of nets that box and gross limit together allow.
 * Exact: from the nearest point a net moves up (or down) by spending one unit of gross a unit of net.
 */
export interface AttainableNet {
  readonly leastGross: number;
  readonly leastNet: number;
  readonly greatestNet: number;
  /** Whether the gross limit, not the box, ends the interval on that side. */
  readonly grossEndsLeast: boolean;
  readonly grossEndsGreatest: boolean;
}

export function attainableNet({ lower, upper, gross }: PortfolioProblem): AttainableNet {
  let net = 0;
  let used = 0;
  let up = 0;
  let down = 0;
  for (let i = 0; i < lower.length; i++) {
    const nearest = Math.min(Math.max(0, lower[i]!), upper[i]!);
    net += nearest;
    used += Math.abs(nearest);
    up += upper[i]! - nearest;
    down += nearest - lower[i]!;
  }
  const spare = Math.max(0, gross - used);
  return {
    leastGross: used,
    leastNet: net - Math.min(spare, down),
    greatestNet: net + Math.min(spare, up),
    grossEndsLeast: spare < down,
    grossEndsGreatest: spare < up,
  };
}
