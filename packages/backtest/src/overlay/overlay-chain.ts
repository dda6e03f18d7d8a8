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

function isRun(run: unknown): run is OverlayRun {
  if (typeof run !== "object" || run === null) return false;
  const { adjust, settle } = run as Record<string, unknown>;
  return [adjust, settle].every((part) => part === undefined || typeof part === "function");
}

function isNote(note: unknown): note is OverlayNote {
  if (typeof note !== "object" || note === null) return false;
  const { kind, reason } = note as Record<string, unknown>;
  return typeof kind === "string" && typeof reason === "string";
}

function begin(overlay: Overlay, book: OverlayBook): OverlayRun {
  const { name } = overlay;
  const run: unknown = overlay.start(book);
  if (isRun(run)) return run;
  throw new QuantError("data", `overlay ${show(name)} must start as { adjust?, settle? }, got ${show(run)}`, {
    overlay: name,
  });
}

/** The overlays of one backtest at work, in their order. */
export class OverlayChain {
  readonly #names: readonly string[];
  readonly #runs: readonly OverlayRun[];
  /** By asset: bars in a row over which 0 was wanted and something was left. */
  readonly #unwanted: Uint32Array;
  readonly #decided: Float64Array;
  /** Copies for each overlay to see: the books are not theirs to write to. */
  readonly #seen: {
    readonly held: Float64Array;
    readonly weights: Float64Array;
    readonly returns: Float64Array;
  };
  #stuck = -1;

  constructor(overlays: readonly Overlay[], book: OverlayBook) {
    this.#names = overlays.map(({ name }) => name);
    this.#runs = overlays.map((overlay) => begin(overlay, book));
    this.#unwanted = new Uint32Array(book.columns);
    this.#decided = new Float64Array(book.columns);
    const copy = () => new Float64Array(book.columns);
    this.#seen = { held: copy(), weights: copy(), returns: copy() };
  }

  /** Changes what is wanted; true where one of them will not wait for the rule of rebalancing. */
  adjust(wanted: Float64Array, moment: OverlayMoment, events: BacktestEvent[]): boolean {
    let urgent = false;
    this.#decided.set(wanted);
    this.#runs.forEach((run, i) => {
      if (run.adjust === undefined) return;
      const { held } = this.#seen;
      held.set(moment.held);
      const notes = this.#requireNotes(i, run.adjust(wanted, { ...moment, held }), moment.row);
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
      if (run.settle === undefined) return;
      const { weights, returns } = this.#seen;
      weights.set(bar.weights);
      returns.set(bar.returns);
      const settled = run.settle({ ...bar, weights, returns });
      const { pnl: money, notes } = settled ?? { pnl: 0, notes: [] };
      write(this.#requireNotes(i, notes, bar.row), bar.row, events);
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

  #requireNotes(overlay: number, notes: unknown, row: number): readonly OverlayNote[] {
    if (notes === undefined || notes === null) return [];
    if (Array.isArray(notes) && notes.every(isNote)) return notes;
    throw new QuantError(
      "data",
      `overlay ${show(this.#names[overlay])} must answer with notes [{ kind, reason }], got ${show(notes)} at row ${row}`,
      { overlay: this.#names[overlay], row },
    );
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
