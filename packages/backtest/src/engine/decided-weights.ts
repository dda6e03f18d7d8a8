import type { FillMoment } from "../fills/restraint.ts";
import type { Plan } from "./plan.ts";
import { refuseReturn } from "./refuse-return.ts";

/** What the decisions want, bar by bar, as weights. */
export class DecidedWeights {
  readonly #plan: Plan;
  /** What each column last decided, in the unit of the decisions: a later NaN keeps it. */
  readonly #last: Float64Array;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#last = new Float64Array(plan.market.columns);
  }

  /** Writes the weights that are wanted for a bar; false where a rule watches and sees the decision of the bar before. */
  read(moment: FillMoment, weights: Float64Array): boolean {
    const { decisions, lag, rule } = this.#plan;
    const { table, gaps, unit } = decisions;
    const decision = moment.row - lag;
    if (decision < 0) {
      weights.fill(0);
      return false;
    }
    const row = table.data.subarray(decision * weights.length, (decision + 1) * weights.length);
    if (unit === "weight" && gaps[decision] === 0 && rule.watchesChanges !== true) {
      weights.set(row);
      this.#last.set(row);
      return true;
    }
    return this.#readEach(row, moment, weights);
  }

  #readEach(row: Float64Array, moment: FillMoment, weights: Float64Array): boolean {
    const { decisions, rule, fills } = this.#plan;
    const last = this.#last;
    let changed = moment.row === decisions.firstBar;
    for (let j = 0; j < row.length; j++) {
      const entry = row[j]!;
      if (Number.isNaN(entry)) {
        // What is held stays, but for a trade that was not made in full.
        if (rule.drifts && fills?.leftOver[j] !== 1) {
          weights[j] = moment.held[j]!;
          continue;
        }
      } else if (entry !== last[j]) {
        last[j] = entry;
        changed = true;
      }
      const wanted = last[j]!;
      weights[j] = decisions.unit === "weight" || wanted === 0 ? wanted : this.#weightOf(wanted, j, moment);
    }
    return changed;
  }

  /** The weight of so many shares at the close before a bar. */
  #weightOf(shares: number, j: number, { row, fillRow, equity, held }: FillMoment): number {
    const { prices, tradable } = this.#plan.market;
    const price = prices!.get(fillRow, j);
    if (!Number.isNaN(price)) return (shares * price) / equity;
    return tradable === undefined ? refuseReturn(this.#plan, row, j, `${shares} shares`) : held[j]!;
  }
}
