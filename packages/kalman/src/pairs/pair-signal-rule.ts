import type { PairSignalSettings } from "./pair-signal-options.ts";

/** −1 short y, +1 long y, 0 neither. */
export type PairPosition = -1 | 0 | 1;

/**
 * Why a position is what it is after a bar.
 *
 * | reason | position |
 * |---|---|
 * | `enter` | taken against an extreme |
 * | `flip` | turned round by the opposite extreme |
 * | `exit` | left: \|z\| is below `exit` |
 * | `stop` | left: \|z\| is beyond `stop` |
 * | `time-out` | left: held for the most bars |
 * | `opposite` | left: the opposite extreme, without `flip` |
 * | `hold` | kept between the bands |
 * | `flat` | none: nothing extreme |
 * | `waiting` | none, whatever z says: not below `rearm` since a stop, a time-out or an opposite extreme |
 * | `warm-up` | none: too few z-scores so far |
 * | `missing` | as it was: z is NaN |
 */
export type PairSignalReason =
  | "enter"
  | "flip"
  | "exit"
  | "stop"
  | "time-out"
  | "opposite"
  | "hold"
  | "flat"
  | "waiting"
  | "warm-up"
  | "missing";

/** What the rule remembers from bar to bar. */
export interface PairSignalMemory {
  position: PairPosition;
  /** Bars since the position was taken. */
  barsHeld: number;
  /** z-scores so far that were no NaN. */
  observations: number;
  /** Whether |z| must fall below `rearm` before the next position. */
  waiting: boolean;
}

/** The rule, a bar at a time and without allocation: what the class and the batch function share. */
export class PairSignalRule {
  readonly settings: PairSignalSettings;
  readonly memory: PairSignalMemory;

  constructor(settings: PairSignalSettings, memory?: PairSignalMemory) {
    this.settings = settings;
    this.memory = memory ?? { position: 0, barsHeld: 0, observations: 0, waiting: false };
  }

  /** Takes one z-score; the position is then `memory.position`. */
  advance(z: number): PairSignalReason {
    const { memory, settings } = this;
    if (memory.position !== 0) memory.barsHeld++;
    if (settings.seedParity) return this.#asSeed(z);
    const expired = memory.position !== 0 && memory.barsHeld >= settings.maxHoldingBars;
    if (Number.isNaN(z)) return expired ? this.#leave("time-out") : "missing";
    memory.observations++;
    if (memory.observations <= settings.warmUp) return "warm-up";
    const size = Math.abs(z);
    if (size > settings.stop) {
      memory.waiting = true;
      return memory.position === 0 ? "waiting" : this.#leave("stop");
    }
    if (memory.waiting) {
      memory.waiting = !(size < settings.rearm);
      return memory.waiting ? "waiting" : "flat";
    }
    const side = this.#sideOf(z);
    if (memory.position === 0) return side === 0 ? "flat" : this.#take(side, "enter");
    if (side === -memory.position) return settings.flip ? this.#take(side, "flip") : this.#leave("opposite");
    if (size < settings.exit) return this.#leave("exit");
    return expired ? this.#leave("time-out") : "hold";
  }

  /** The side that this z-score alone calls for. */
  #sideOf(z: number): PairPosition {
    if (z > this.settings.enter) return -1;
    return z < -this.settings.enter ? 1 : 0;
  }

  #take(side: PairPosition, reason: PairSignalReason): PairSignalReason {
    this.memory.position = side;
    this.memory.barsHeld = 0;
    return reason;
  }

  #leave(reason: PairSignalReason): PairSignalReason {
    this.memory.position = 0;
    this.memory.barsHeld = 0;
    this.memory.waiting = reason !== "exit";
    return reason;
  }

  #asSeed(z: number): PairSignalReason {
    const { memory } = this;
    const before = memory.position;
    const side = this.#sideOf(z);
    if (!Number.isNaN(z)) memory.observations++;
    if (side === before) return side === 0 ? (Number.isNaN(z) ? "missing" : "flat") : "hold";
    this.#take(side, "enter");
    if (side === 0) return "exit";
    return before === 0 ? "enter" : "flip";
  }
}
