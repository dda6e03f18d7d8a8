import { QuantError } from "@astra-quant/core-linalg/guards";
import type { RiskEvent } from "./observation.ts";

/** What losses are measured from, money. */
export interface EquityMarks {
  /** The first value. */
  readonly initial: number;
  /** The highest so far. */
  readonly high: number;
  /** The last value of the day before; of the first day the first. */
  readonly dayStart: number;
  readonly last: number;
  readonly day: string | number | null;
}

function firstMarks({ equity, day }: RiskEvent): EquityMarks {
  if (equity > 0) return { initial: equity, high: equity, dayStart: equity, last: equity, day: day ?? null };
  throw new QuantError("range", `equity must be positive to begin with, got ${equity}`, {
    argument: "equity",
    value: equity,
  });
}

/** A positive mark remains one: neither 0 nor ∞. */
function inProportion(mark: number, factor: number): number {
  return Math.max(Number.MIN_VALUE, Math.min(Number.MAX_VALUE, mark * factor));
}

/** The marks as if the money had been there, or gone, before: each in proportion to what it is part of. */
function withFlow(marks: EquityMarks, flow: number): EquityMarks {
  const { initial, high, dayStart, last } = marks;
  const base = last + flow;
  if (!(last > 0 && base > 0)) {
    throw new QuantError(
      "range",
      `flow must leave some of a positive equity, got ${flow} of ${last}; begin anew with reset`,
      { argument: "flow", value: flow, equity: last },
    );
  }
  const factor = base / last;
  return {
    ...marks,
    initial: inProportion(initial, factor),
    high: Math.max(base, inProportion(high, factor)),
    dayStart: Math.min(Number.MAX_VALUE, dayStart * factor),
    last: base,
  };
}

/** The marks after an event. */
export function advanceMarks(before: EquityMarks | null, event: RiskEvent): EquityMarks {
  if (before === null || event.reset === true) return firstMarks(event);
  const { equity, day, flow = 0 } = event;
  const marks = flow === 0 ? before : withFlow(before, flow);
  const sameDay = day === undefined || day === marks.day;
  return {
    initial: marks.initial,
    high: Math.max(marks.high, equity),
    dayStart: sameDay ? marks.dayStart : marks.last,
    last: equity,
    day: day ?? marks.day,
  };
}
