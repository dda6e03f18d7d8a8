import { QuantError, show } from "@astra-quant/core-linalg/guards";
import { type Breach, breachesOf } from "./breach.ts";
import { advanceMarks, type EquityMarks } from "./equity-marks.ts";
import { type LimitAction, severity } from "./limit-action.ts";
import { type Ladders, type RiskLimitsOptions, requireLadders } from "./limit-ladder.ts";
import { type RiskLimitsState, requireLimitsState } from "./limits-state.ts";
import { measure } from "./measure.ts";
import { type RiskEvent, type RiskObservation, requireEvent } from "./observation.ts";
import { advanceStanding, type Standing } from "./standing.ts";

/** What is to be done after an event, and why: plain JSON, an entry of a log that can be replayed. */
export interface LimitDecision {
  /** Events count from 1. */
  readonly sequence: number;
  readonly event: RiskEvent;
  /** The severest action asked of the whole book or of one of its positions. */
  readonly action: LimitAction;
  /** Every broken limit, severest first. */
  readonly breaches: readonly Breach[];
  /** The part of every position to keep now: 1 where nothing is cut. */
  readonly keep: number;
  /** False while the book may not open or enlarge positions. */
  readonly mayOpen: boolean;
}

/** What a decision depends on besides its event. */
export interface LimitsMemory {
  readonly sequence: number;
  readonly marks: EquityMarks | null;
  readonly standing: readonly Standing[];
  /** The event that used the equity up; null while there is some. */
  readonly ruinedSince: number | null;
}

const NOTHING_SEEN: LimitsMemory = { sequence: 0, marks: null, standing: [], ruinedSince: null };

/** The machine: a memory and an event give a decision and the next memory, and nothing else has a say. */
function decide(
  ladders: Ladders,
  memory: LimitsMemory,
  event: RiskEvent,
): { readonly memory: LimitsMemory; readonly decision: LimitDecision } {
  const sequence = memory.sequence + 1;
  const marks = advanceMarks(memory.marks, event);
  const newDay = memory.marks !== null && marks.day !== memory.marks.day;
  const kept = memory.standing.filter(({ limit }) => !(newDay && limit === "dailyLoss"));
  const before = event.reset === true ? [] : kept;
  const standing = advanceStanding(ladders, before, measure(ladders, marks, event), event, sequence);
  const ruinedSince = event.equity > 0 ? null : (memory.ruinedSince ?? sequence);
  const ruined = ruinedSince === null ? null : { equity: event.equity, since: ruinedSince };
  const breaches = breachesOf(standing, ladders, sequence, ruined);
  const ofBook = breaches.filter(({ asset }) => asset === undefined);
  return {
    memory: { sequence, marks, standing, ruinedSince },
    decision: {
      sequence,
      event,
      action: breaches[0]?.action ?? "none",
      breaches,
      keep: ofBook.reduce((least, { keep }) => Math.min(least, keep), 1),
      mayOpen: ofBook.every(({ action }) => severity(action) < severity("halt-new")),
    },
  };
}

/**
 * Limits on a book as a machine: events go in, decisions come out, each with its reasons. The same events give the same
 * decisions, a machine resumed from its state goes on as if it had never stopped, and the severest action wins.
 *
 * A limit is broken at its threshold and stands until the figure is back at its `release`, so that nothing flickers
 * between the two. What was not observed stays as it was. A cut asked for by a loss is asked for once, when the limit is
 * broken (`entered`); a cut asked for by a size as long as the size exceeds its threshold. Losses are measured from the
 * highest, the day's first and the first equity, none of which a `flow` changes; after `reset` they begin anew. Without
 * any equity left the answer is always to liquidate.
 */
export class RiskLimits {
  readonly #ladders: Ladders;
  #memory: LimitsMemory = NOTHING_SEEN;

  /**
   * @throws QuantError "range" for a threshold of the wrong sign, a release that is not on the safe side of its
   *   threshold or rungs out of order, "option" for an unknown limit or action.
   */
  constructor(options: RiskLimitsOptions = {}) {
    this.#ladders = requireLadders(options);
  }

  /**
   * What the limits ask for after this event.
   *
   * @throws QuantError "not-finite" for a NaN, "range" for a first equity that is not positive, a negative value at risk
   *   or a flow that takes all, "data" for a missing day while the daily loss is limited; the machine is then as it was.
   */
  evaluate(observation: RiskObservation): LimitDecision {
    const { memory, decision } = decide(this.#ladders, this.#memory, requireEvent(observation));
    this.#memory = memory;
    return decision;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RiskLimitsState {
    return { version: 1, limits: this.#ladders, ...this.#memory };
  }

  /**
   * The machine that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RiskLimitsState): RiskLimits {
    const { limits, memory } = requireLimitsState(state);
    const machine = new RiskLimits(limits);
    machine.#memory = memory;
    return machine;
  }
}

/**
 * The decisions on a history of events, one each: the same as a new {@link RiskLimits} gives one by one. The `event`s of
 * a log of decisions give that log again.
 *
 * @throws QuantError as {@link RiskLimits} does.
 */
export function replayRiskLimits(
  events: readonly RiskObservation[],
  options: RiskLimitsOptions = {},
): readonly LimitDecision[] {
  const machine = new RiskLimits(options);
  if (!Array.isArray(events)) {
    throw new QuantError("data", `events must be an array, got ${show(events)}`, { argument: "events" });
  }
  return events.map((event) => machine.evaluate(event));
}
