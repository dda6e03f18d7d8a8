import type { ReducedProgram } from "./reduced-program.ts";
import { timesVector } from "./scenario-table.ts";

/** The slacks u ≥ 0 and v = u + q ≥ 0 of each open scenario, q = r_s'w + base_s + α, and their multipliers z and y. */
export interface ScenarioPairs {
  readonly u: Float64Array;
  readonly z: Float64Array;
  readonly v: Float64Array;
  readonly y: Float64Array;
}

/** What is missing in each of the conditions that are linear. */
export interface ScenarioResiduals {
  /** k − z − y. */
  readonly cap: Float64Array;
  /** u + q − v. */
  readonly slack: Float64Array;
  /** The largest of all these, those of the caps as parts of them. */
  readonly worst: number;
}

/** Where u z = v y = k and nothing is missing: 1/u + 1/(u + q) = 1. */
export function centralPairs({ table, base, caps }: ReducedProgram, x: Float64Array): ScenarioPairs {
  const q = timesVector(table, x);
  for (let s = 0; s < q.length; s++) q[s]! += base[s]!;
  const u = q.map((value) => (2 - value + Math.sqrt(value * value + 4)) / 2);
  const v = q.map((value) => (2 + value + Math.sqrt(value * value + 4)) / 2);
  return { u, z: caps.map((k, s) => k / u[s]!), v, y: caps.map((k, s) => k / v[s]!) };
}

export function scenarioResiduals(
  { table, base, caps }: ReducedProgram,
  x: Float64Array,
  { u, z, v, y }: ScenarioPairs,
): ScenarioResiduals {
  const slack = timesVector(table, x);
  const cap = new Float64Array(caps.length);
  let worst = 0;
  for (let s = 0; s < caps.length; s++) {
    slack[s] = u[s]! + (slack[s]! + base[s]!) - v[s]!;
    cap[s] = caps[s]! - z[s]! - y[s]!;
    worst = Math.max(worst, Math.abs(slack[s]!), Math.abs(cap[s]!) / caps[s]!);
  }
  return { cap, slack, worst };
}
