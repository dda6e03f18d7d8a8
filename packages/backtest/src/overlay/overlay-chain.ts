import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";
import type { BacktestEvent } from "../result/backtest-event.ts";
import type { Overlay, OverlayBar, OverlayBook, OverlayMoment, OverlayNote, OverlayRun } from "./overlay.ts";

/** After so many bars in a row a position that is not wanted any more is taken to be stuck. */
const STUCK_BARS = 20;

function write(notes: readonly OverlayNote[], row: number, events: BacktestEvent[]): void {
  for (const { kind, reason, asset } of notes) {
    events.push({ row, ...(asset !== undefined && { asset }), kind, reason });
  }
}

/** The overlays of one backtest at work, in their order. */
export class OverlayChain {
  readonly #names: readonly string[];
  readonly #runs: readonly OverlayRun[];
  /** By asset: bars in a row over which 0 was wanted and something was left. */
  readonly #unwanted: Uint32Array;
  readonly #decided: Float64Array;
  #stuck = -1;

  constructor(overlays: readonly Overlay[], book: OverlayBook) {
    this.#names = overlays.map(({ name }) => name);
    this.#runs = overlays.map((overlay) => overlay.start(book));
    this.#unwanted = new Uint32Array(book.columns);
    this.#decided = new Float64Array(book.columns);
  }

  /** Changes what is wanted; true where one of them will not wait for the rule of rebalancing. */
  adjust(wanted: Float64Array, moment: OverlayMoment, events: BacktestEvent[]): boolean {
    let urgent = false;
    this.#decided.set(wanted);
    this.#runs.forEach((run, i) => {
      const notes = run.adjust?.(wanted, moment) ?? [];
      write(notes, moment.row, events);
      urgent ||= notes.some((note) => note.urgent === true);
      this.#requireNumbers(i, wanted, moment.row);
    });
    this.#watch(wanted);
    return urgent;
  }

  /** What the overlays themselves earn over a bar, money, in their order. */
  settle(bar: OverlayBar, events: BacktestEvent[]): number {
    let total = 0;
    this.#runs.forEach((run, i) => {
      const { pnl: money, notes = [] } = run.settle?.(bar) ?? { pnl: 0 };
      write(notes, bar.row, events);
      if (!Number.isFinite(money)) {
        throw new QuantError(
          "data",
          `overlay ${show(this.#names[i])} must settle finite money, got ${show(money)} at row ${bar.row}`,
          { overlay: this.#names[i], row: bar.row, value: money },
        );
      }
      total += money;
    });
    return total;
  }

  /** What a reader must know: an asset that was not let go. */
  get warning(): string | undefined {
    if (this.#stuck < 0) return undefined;
    return (
      `The overlays (${this.#names.join(", ")}) do not let column ${this.#stuck} close: ` +
      `a position stayed for ${STUCK_BARS} bars after its weight was 0`
    );
  }

  #watch(wanted: Float64Array): void {
    for (let j = 0; j < wanted.length; j++) {
      const left = this.#decided[j] === 0 && wanted[j] !== 0;
      this.#unwanted[j] = left ? this.#unwanted[j]! + 1 : 0;
      if (this.#stuck < 0 && this.#unwanted[j]! >= STUCK_BARS) this.#stuck = j;
    }
  }

  #requireNumbers(overlay: number, wanted: Float64Array, row: number): void {
    const column = wanted.findIndex((weight) => !Number.isFinite(weight));
    if (column < 0) return;
    throw new QuantError(
      "data",
      `overlay ${show(this.#names[overlay])} must leave finite weights, got ${wanted[column]} for column ${column} at row ${row}`,
      { overlay: this.#names[overlay], row, column, value: wanted[column] },
    );
  }
}
