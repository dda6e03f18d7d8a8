import type { BacktestEvent } from "../result/backtest-event.ts";
import type { FillMoment, Restraint } from "./restraint.ts";

/**
 * All that stands between orders and fills, in order: prices to trade at, what lenders lend, the market's volume, the
 * account's cash, whole shares. Writes an event where one of them begins to hold an asset back.
 */
export class Fills {
  readonly #restraints: readonly Restraint[];
  /** By asset: 1 where the last fill left something over that is tried again. */
  readonly leftOver: Uint8Array;
  readonly #before: Float64Array;
  /** By restraint and asset: 1 while it holds the asset back. */
  readonly #holding: readonly Uint8Array[];

  constructor(restraints: readonly Restraint[], columns: number) {
    this.#restraints = restraints;
    this.leftOver = new Uint8Array(columns);
    this.#before = new Float64Array(columns);
    this.#holding = restraints.map(() => new Uint8Array(columns));
  }

  /** Pulls `wanted` back to what can be traded. */
  restrain(wanted: Float64Array, moment: FillMoment, events: BacktestEvent[]): void {
    this.leftOver.fill(0);
    this.#restraints.forEach((restraint, i) => {
      this.#before.set(wanted);
      restraint.restrain(wanted, moment);
      if (restraint.reason !== undefined) this.#note(restraint, this.#holding[i]!, wanted, moment, events);
    });
  }

  #note(
    restraint: Restraint,
    holding: Uint8Array,
    wanted: Float64Array,
    moment: FillMoment,
    events: BacktestEvent[],
  ): void {
    for (let asset = 0; asset < wanted.length; asset++) {
      const held = wanted[asset] === this.#before[asset] ? 0 : 1;
      if (held === 1 && holding[asset] === 0) {
        const reason = restraint.reason!(asset, moment);
        events.push({ row: moment.row, asset, kind: restraint.kind, reason });
      }
      holding[asset] = held;
      if (restraint.carriesOver === true && held === 1) this.leftOver[asset] = 1;
    }
  }
}
