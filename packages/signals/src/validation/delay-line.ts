import { type JsonValues, requireStateValues, toJsonValues } from "../json-values.ts";
import { type Pairing, rowsBack } from "./pairing.ts";
import { compounded } from "./signal-outcomes.ts";

/** What a {@link DelayLine} remembers, as plain JSON. */
export interface DelayLineState {
  /** Signals whose outcome is not yet known, the latest last. */
  readonly signals: JsonValues;
  /** The last returns, the latest last. */
  readonly returns: JsonValues;
}

/** Row by row, the signal whose outcome has just become known, and that outcome. */
export class DelayLine {
  readonly #back: number;
  readonly #horizon: number;
  #signals: number[];
  #returns: number[];
  /** The signal whose outcome is known now, NaN before there is one. */
  signal: number = Number.NaN;
  outcome: number = Number.NaN;

  constructor(pairing: Pairing, state: DelayLineState = { signals: [], returns: [] }) {
    this.#back = rowsBack(pairing);
    this.#horizon = pairing.horizon;
    this.#signals = requireStateValues("state.signals", state.signals, this.#back);
    this.#returns = requireStateValues("state.returns", state.returns, this.#horizon - 1);
  }

  push(signal: number, earned: number): void {
    this.#signals.push(signal);
    this.#returns.push(earned);
    const known = this.#signals.length > this.#back;
    this.signal = known ? this.#signals.shift()! : Number.NaN;
    this.outcome = known ? compounded(this.#returns, this.#returns.length - 1, this.#horizon, 1) : Number.NaN;
    if (this.#returns.length >= this.#horizon) this.#returns.shift();
  }

  get state(): DelayLineState {
    return { signals: toJsonValues(this.#signals), returns: toJsonValues(this.#returns) };
  }
}
