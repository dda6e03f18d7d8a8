import type { JsonSeries } from "@astra-quant/core-linalg";
import { requireStateSeries, toJsonSeries } from "@astra-quant/core-linalg/guards";
import { compounded } from "./paired-rows.ts";
import { type Pairing, rowsBack } from "./pairing.ts";

/** What a {@link DelayLine} remembers, as plain JSON. */
export interface DelayLineState {
  /** Signals whose outcome is not yet known, the latest last. */
  readonly signals: JsonSeries;
  /** The last returns, the latest last. */
  readonly returns: JsonSeries;
}

/** Row by row, the signal whose outcome has just become known, and that outcome. */
export class DelayLine {
  readonly #back: number;
  readonly #horizon: number;
  #signals: number[];
  #returns: number[];
  /** Whether there is a signal whose outcome is known now. */
  known: boolean = false;
  /** That signal, NaN before there is one. */
  signal: number = Number.NaN;
  outcome: number = Number.NaN;

  constructor(pairing: Pairing, state: DelayLineState = { signals: [], returns: [] }) {
    this.#back = rowsBack(pairing);
    this.#horizon = pairing.horizon;
    this.#signals = [...requireStateSeries("state.signals", state.signals, this.#back)];
    this.#returns = [...requireStateSeries("state.returns", state.returns, this.#horizon - 1)];
  }

  push(signal: number, earned: number): void {
    this.#signals.push(signal);
    this.#returns.push(earned);
    this.known = this.#signals.length > this.#back;
    this.signal = this.known ? this.#signals.shift()! : Number.NaN;
    this.outcome = this.known
      ? compounded(this.#returns, this.#returns.length - 1, this.#horizon, 1)
      : Number.NaN;
    if (this.#returns.length >= this.#horizon) this.#returns.shift();
  }

  get state(): DelayLineState {
    return { signals: toJsonSeries(this.#signals), returns: toJsonSeries(this.#returns) };
  }
}
