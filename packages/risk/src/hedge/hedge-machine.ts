import { payoffOf } from "./hedge-payoff.ts";
import type { TailHedgeSettings } from "./tail-hedge-options.ts";

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;

/** The machine without words: what the class and the batch form share. */
export class HedgeMachine {
  readonly settings: TailHedgeSettings;
  readonly #unitCost: number;
  active = false;
  level = 1;
  switched = false;
  drawdown = 0;
  payoff = 0;
  cost = 0;
  netReturn = 0;

  constructor(settings: TailHedgeSettings) {
    this.settings = settings;
    this.#unitCost = -1e-4 * settings.costBps + 0;
  }

  advance(portfolioReturn: number, marketReturn: number): void {
    const { timing, drawdown, activateAt, deactivateAt } = this.settings;
    const seen = timing === "lagged" ? this.level : this.#levelAfter(portfolioReturn);
    this.drawdown = seen - 1;
    const active = this.active ? !(this.drawdown > deactivateAt) : this.drawdown < activateAt;
    this.switched = active !== this.active;
    this.active = active;
    this.payoff = active ? payoffOf(marketReturn, this.settings) : 0;
    this.cost = active ? this.#unitCost : 0;
    this.netReturn = portfolioReturn + this.payoff + this.cost;
    this.level = this.#levelAfter(drawdown === "hedged" ? this.netReturn : portfolioReturn);
  }

  /** Equity over its high after a return; a return that takes all leaves 0 for good. */
  #levelAfter(periodReturn: number): number {
    return Math.max(0, Math.min(1, this.level * (1 + periodReturn)));
  }

  get reason(): string {
    const { activateAt, deactivateAt } = this.settings;
    const now = `drawdown ${percent(this.drawdown)}`;
    if (this.active) {
      return this.switched
        ? `${now} fell below ${percent(activateAt)}: the hedge is put on`
        : `${now} is not yet above ${percent(deactivateAt)}: the hedge stays on`;
    }
    return this.switched
      ? `${now} is back above ${percent(deactivateAt)}: the hedge is taken off`
      : `${now} is not below ${percent(activateAt)}: the hedge stays off`;
  }
}
