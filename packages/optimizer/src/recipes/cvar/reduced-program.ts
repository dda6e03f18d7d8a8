import { Matrix } from "@astra-quant/core-linalg";
import type { PortfolioProblem } from "../../portfolio/problem/problem.ts";
import { ZeroRisk } from "../../portfolio/risk/zero-risk.ts";
import type { Screen } from "./screen.ts";
import type { UnitProgram } from "./unit-program.ts";

/**
 * minimise α + Σ_tail k_s (loss_s − α) + Σ_open k_s (loss_s − α)⁺ + Σh_i(w_i) over the limits: no more than the whole
 * program for any w and α, and the same where every scenario that is not open lies on the side it is taken for.
 */
export interface ReducedProgram {
  /** Over the weights and, as the last variable, α; what the tail loses is its reward. */
  readonly problem: PortfolioProblem;
  /** (r_s, 1) of the open scenarios. */
  readonly table: Matrix;
  readonly base: Float64Array;
  readonly caps: Float64Array;
}

export function reducedProgram(unit: UnitProgram, { open, tail }: Screen): ReducedProgram {
  const { limits, scenarios, base, caps, slope, loss } = unit;
  const { n } = limits;
  const perUnit = 1 / slope;
  const table = new Matrix(open.length, n + 1);
  const held = new Float64Array(open.length);
  const most = new Float64Array(open.length);
  for (let t = 0; t < open.length; t++) {
    const s = open[t]!;
    const from = s * n;
    const row = t * (n + 1);
    for (let i = 0; i < n; i++) table.data[row + i] = scenarios.data[from + i]! * perUnit;
    table.data[row + n] = 1;
    if (base !== undefined) held[t] = base[s]! / loss;
    most[t] = caps[s]!;
  }
  const mu = new Float64Array(n + 1);
  mu[n] = -1;
  for (let t = 0; t < tail.length; t++) {
    const s = tail[t]!;
    const share = caps[s]! * perUnit;
    for (let i = 0; i < n; i++) mu[i]! += share * scenarios.data[s * n + i]!;
    mu[n]! += caps[s]!;
  }
  return { problem: withThreshold(limits, mu), table, base: held, caps: most };
}

/** The limits with α, which none of them knows, as one variable more. */
function withThreshold(limits: PortfolioProblem, mu: Float64Array): PortfolioProblem {
  const { n, costs } = limits;
  const more = (values: Float64Array, last: number): Float64Array => {
    const longer = new Float64Array(n + 1).fill(last);
    longer.set(values);
    return longer;
  };
  return {
    n: n + 1,
    risk: new ZeroRisk(n + 1),
    gamma: 0,
    mu,
    current: more(limits.current, 0),
    costs: {
      buy: more(costs.buy, 0),
      sell: more(costs.sell, 0),
      long: more(costs.long, 0),
      short: more(costs.short, 0),
      quadratic: more(costs.quadratic, 0),
    },
    lower: more(limits.lower, Number.NEGATIVE_INFINITY),
    upper: more(limits.upper, Number.POSITIVE_INFINITY),
    boxes: [],
    rows: limits.rows.map((row) => ({ ...row, loadings: more(row.loadings, 0) })),
    sizes: limits.sizes.map((size) => ({ ...size, members: Uint8Array.of(...size.members, 0) })),
  };
}
