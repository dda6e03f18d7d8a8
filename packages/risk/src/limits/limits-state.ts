import {
  isQuantError,
  QuantError,
  refuseField,
  requireOneOf,
  requireStateNumber,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import type { EquityMarks } from "./equity-marks.ts";
import { FIGURES, LIMIT_NAMES } from "./limit-figure.ts";
import { type Ladders, type RiskLimitsOptions, requireLadders } from "./limit-ladder.ts";
import type { LimitsMemory } from "./risk-limits.ts";
import { keyOf, type Standing } from "./standing.ts";

/** Where a `RiskLimits` stands, as plain JSON: its limits in full, and what it remembers. */
export interface RiskLimitsState {
  readonly version: 1;
  readonly limits: Ladders;
  /** Events seen. */
  readonly sequence: number;
  /** What losses are measured from; null before the first event. */
  readonly marks: EquityMarks | null;
  /** The limits that are broken and not yet released. */
  readonly standing: readonly Standing[];
  /** The event that used the equity up; null while there is some. */
  readonly ruinedSince: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

function requireFields(name: string, value: unknown): Fields {
  const legal = typeof value === "object" && value !== null && !Array.isArray(value);
  return legal ? (value as Fields) : refuseField(name, "an object", value);
}

/** The limits in full: what this version writes leaves nothing to a default. */
function requireLimits(limits: unknown): Ladders {
  const fields = requireFields("state.limits", limits);
  for (const name of LIMIT_NAMES) {
    const rungs = fields[name];
    if (!Array.isArray(rungs)) return refuseField(`state.limits.${name}`, "an array of rungs", rungs);
    rungs.forEach((rung, i) => {
      const argument = `state.limits.${name}[${i}]`;
      const { release, keep } = requireFields(argument, rung);
      requireStateNumber(`${argument}.release`, "a finite number", release);
      if (keep !== null) requireStateNumber(`${argument}.keep`, "a finite number or null", keep);
    });
  }
  try {
    return requireLadders(fields as RiskLimitsOptions);
  } catch (error) {
    if (!isQuantError(error)) throw error;
    throw new QuantError("data", `state.limits: ${error.message}`, error.details);
  }
}

function requireMarks(marks: unknown, sequence: number): EquityMarks | null {
  if (sequence === 0)
    return marks === null ? null : refuseField("state.marks", "null before the first event", marks);
  const { initial, high, dayStart, last, day } = requireFields("state.marks", marks);
  const label = typeof day === "string" || day === null || Number.isFinite(day);
  if (!label) refuseField("state.marks.day", "a string, a finite number or null", day);
  const positive = (value: number): boolean => value > 0;
  const top = requireStateNumber("state.marks.high", "positive and finite", high, positive);
  const belowHigh = (name: string, value: unknown): number =>
    requireStateNumber(
      `state.marks.${name}`,
      "a finite number no higher than state.marks.high",
      value,
      (mark) => {
        return mark <= top;
      },
    );
  return {
    initial: requireStateNumber("state.marks.initial", "positive", belowHigh("initial", initial), positive),
    high: top,
    dayStart: belowHigh("dayStart", dayStart),
    last: belowHigh("last", last),
    day: day as EquityMarks["day"],
  };
}

function requireEventNumber(name: string, value: unknown, sequence: number): number {
  return requireStateNumber(name, `an integer in [1, ${sequence}]`, value, (number) => {
    return Number.isSafeInteger(number) && number >= 1 && number <= sequence;
  });
}

function requireStanding(name: string, given: unknown, ladders: Ladders, sequence: number): Standing {
  const { limit: limitName, asset, level, value, since } = requireFields(name, given);
  const limit = requireOneOf(`${name}.limit`, limitName, LIMIT_NAMES);
  const named = FIGURES[limit].byAsset ? typeof asset === "string" : asset === undefined;
  if (!named) refuseField(`${name}.asset`, FIGURES[limit].byAsset ? "a name" : "absent", asset);
  const rungs = ladders[limit].length;
  return {
    limit,
    ...(asset !== undefined && { asset: asset as string }),
    level: requireStateNumber(`${name}.level`, `an integer in [1, ${rungs}]`, level, (number) => {
      return Number.isInteger(number) && number >= 1 && number <= rungs;
    }),
    value: requireStateNumber(`${name}.value`, "a finite number", value),
    since: requireEventNumber(`${name}.since`, since, sequence),
  };
}

function requireAllStanding(standing: unknown, ladders: Ladders, sequence: number): readonly Standing[] {
  if (!Array.isArray(standing)) return refuseField("state.standing", "an array", standing);
  const list = standing.map((one, i) => requireStanding(`state.standing[${i}]`, one, ladders, sequence));
  const twice = list.findIndex((one, i) => list.findIndex((other) => keyOf(other) === keyOf(one)) < i);
  return twice < 0
    ? list
    : refuseField(`state.standing[${twice}]`, "a limit not listed before", standing[twice]);
}

/** A state's limits and memory, each field what this version writes. */
export function requireLimitsState(state: unknown): {
  readonly limits: Ladders;
  readonly memory: LimitsMemory;
} {
  const fields = requireStateRecord(state);
  const limits = requireLimits(fields.limits);
  const counts = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  const sequence = requireStateNumber("state.sequence", "an integer ≥ 0", fields.sequence, counts);
  const marks = requireMarks(fields.marks, sequence);
  const ruined = marks !== null && marks.last <= 0;
  if (!ruined && fields.ruinedSince !== null)
    refuseField("state.ruinedSince", "null with equity left", fields.ruinedSince);
  return {
    limits,
    memory: {
      sequence,
      marks,
      standing: requireAllStanding(fields.standing, limits, sequence),
      ruinedSince: ruined ? requireEventNumber("state.ruinedSince", fields.ruinedSince, sequence) : null,
    },
  };
}
