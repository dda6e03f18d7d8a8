import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";
import { type PairSignalOptions, pairSignalSettings } from "./pair-signal-options.ts";
import { type PairPosition, type PairSignalReason, PairSignalRule } from "./pair-signal-rule.ts";
import { type PairSignalState, pairSignalState, requirePairSignalState } from "./pair-signal-state.ts";

/** What the signal says after a bar. */
export interface PairSignalStep {
  /** To be held from the next bar on: +1 is long y and short slope · x, −1 the reverse, 0 flat. */
  readonly position: PairPosition;
  readonly reason: PairSignalReason;
}

/**
 * The position in a pair, z-score by z-score: the rule of {@link pairSignal}, with the reason of each step.
 *
 * @example
 * const signal = new PairSignal({ enter: 2, exit: 0.5, stop: 4 });
 * const { position, reason } = signal.push(-2.3); // 1, "enter"
 */
export class PairSignal {
  #rule: PairSignalRule;

  /** @throws QuantError "option" or "range" for an illegal option. */
  constructor(options: PairSignalOptions = {}) {
    this.#rule = new PairSignalRule(pairSignalSettings(options));
  }

  /**
   * Takes one bar's z-score, NaN where it is undefined.
   *
   * @throws QuantError "data" for anything that is no number.
   */
  push(zScore: number): PairSignalStep {
    if (typeof zScore !== "number") {
      throw new QuantError("data", `zScore must be a number, NaN where undefined, got ${show(zScore)}`, {
        argument: "zScore",
        value: zScore,
      });
    }
    const reason = this.#rule.advance(zScore);
    return { position: this.#rule.memory.position, reason };
  }

  /** The signal after the last bar, as plain JSON. */
  get state(): PairSignalState {
    return pairSignalState(this.#rule.settings, this.#rule.memory);
  }

  /**
   * A signal that goes on from `state` as if never interrupted.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: PairSignalState): PairSignal {
    const signal = new PairSignal();
    const { settings, memory } = requirePairSignalState(state);
    signal.#rule = new PairSignalRule(settings, memory);
    return signal;
  }
}
