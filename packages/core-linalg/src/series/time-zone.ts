import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { type DateLike, LAST_MOMENT, requireMoment } from "./date-like.ts";
import { DAY } from "./interval.ts";

/** When a zone's clocks changed, and how far they were from UTC: all that calendar bins need to know of a zone. */
export interface TimeZoneOffsets {
  /** Epoch milliseconds of the changes, strictly ascending. */
  readonly transitions: VectorLike;
  /** Milliseconds east of UTC: before the first change, then from each change on. One entry more than `transitions`. */
  readonly offsets: VectorLike;
}

/** {@link TimeZoneOffsets} whose parts fit. */
export interface Zone {
  readonly transitions: Float64Array;
  readonly offsets: Float64Array;
}

const SECOND = 1000;
/** No zone has ever changed its clocks twice within less (Freetown, September 1939: four days). */
const SHORTEST_REGIME = 3 * DAY;
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

function refuse(timeZone: unknown): never {
  throw new QuantError(
    "option",
    `timeZone must be an IANA zone such as "America/New_York", got ${show(timeZone)}`,
    { argument: "timeZone", value: timeZone },
  );
}

/** Reads a zone's offset from the engine's own time-zone data. */
function offsetReader(timeZone: string): (time: number) => number {
  if (typeof timeZone !== "string") refuse(timeZone); // an undefined one would be the machine's own
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    refuse(timeZone);
  }
  return (time) => {
    const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(format.format(time)) ?? [];
    const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND;
    return sign === "-" ? -size : size;
  };
}

/**
 * The clock changes of an IANA zone between two moments, as the engine's time-zone data tells them. Give the answer to
 * the `timeZone` of `resample` to make a result independent of the engine: rules of zones change by law, and an engine
 * knows those of its own release.
 *
 * @throws QuantError "option" for a zone that the engine does not know, "data" for a moment that is none.
 */
export function timeZoneOffsets(timeZone: string, from: DateLike, until: DateLike): TimeZoneOffsets {
  return readZone(timeZone, requireMoment("from", from), requireMoment("until", until));
}

function readZone(timeZone: string, first: number, last: number): Zone {
  const offsetAt = offsetReader(timeZone);
  const transitions: number[] = [];
  const offsets = [offsetAt(first)];
  for (let time = first; time < last; ) {
    const next = Math.min(time + SHORTEST_REGIME, last);
    const offset = offsetAt(next);
    if (offset !== offsets.at(-1)) {
      let [before, after] = [time, next];
      while (after - before > 1) {
        const middle = before + Math.floor((after - before) / 2);
        if (offsetAt(middle) === offset) after = middle;
        else before = middle;
      }
      transitions.push(after);
      offsets.push(offset);
    }
    time = next;
  }
  return { transitions: Float64Array.from(transitions), offsets: Float64Array.from(offsets) };
}

/** The zone of a `timeZone` option: a name read from the engine between two moments, or offsets that the caller gives. */
export function requireZone(timeZone: string | TimeZoneOffsets, first: number, last: number): Zone {
  if (timeZone === "UTC") return { transitions: new Float64Array(0), offsets: new Float64Array(1) };
  if (typeof timeZone === "string") return readZone(timeZone, Math.floor(first), Math.ceil(last));
  if (typeof timeZone !== "object" || timeZone === null) refuse(timeZone);
  requireKnownOptions(timeZone, ["transitions", "offsets"], "timeZone");
  const transitions = requireFiniteVector("timeZone.transitions", timeZone.transitions);
  const offsets = requireFiniteVector("timeZone.offsets", timeZone.offsets, transitions.length + 1);
  transitions.forEach((time, i) => {
    requireInteger(`timeZone.transitions[${i}]`, time, i === 0 ? -LAST_MOMENT : transitions[i - 1]! + 1);
  });
  offsets.forEach((offset, i) => {
    requireInteger(`timeZone.offsets[${i}]`, offset, -DAY, DAY);
  });
  return { transitions, offsets };
}

/** How many changes have happened at `time`. */
function changesBefore({ transitions }: Zone, time: number): number {
  let low = 0;
  let high = transitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (transitions[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the zone's clocks show at a moment, as if they showed UTC. */
export function wallTime(zone: Zone, time: number): number {
  return time + zone.offsets[changesBefore(zone, time)]!;
}

/**
 * The first moment at which the zone's clocks show `wall`. A time that the clocks jump over counts on from before the
 * jump: with clocks put forward from 2:00 to 3:00, half past two is half past three.
 */
export function momentOf(zone: Zone, wall: number): number {
  const { transitions, offsets } = zone;
  let i = changesBefore(zone, wall - DAY);
  while (i < transitions.length && wall - Math.max(offsets[i]!, offsets[i + 1]!) >= transitions[i]!) i++;
  return wall - offsets[i]!;
}
