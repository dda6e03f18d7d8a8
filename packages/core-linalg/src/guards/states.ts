import { QuantError, show } from "./quant-error.ts";

/** A state's fields, as JSON gives them back. */
export type StateRecord = Readonly<Record<string, unknown>>;

/** Refuses a field of a state that is not what this version writes. */
export function refuseField(name: string, rule: string, value: unknown): never {
  throw new QuantError("data", `${name} must be ${rule}, got ${show(value)}`, { argument: name, value });
}

/** The state as its fields, if it is one of version 1 and has those; what they hold is not yet checked. */
export function requireStateRecord(state: unknown, fields: readonly string[] = []): StateRecord {
  if (typeof state !== "object" || state === null) return refuseField("state", "an object", state);
  const record = state as StateRecord;
  if (record.version !== 1) refuseField("state.version", "1", record.version);
  for (const field of fields) {
    if (record[field] === undefined) refuseField(`state.${field}`, "given", undefined);
  }
  return record;
}

/** A field that is a finite number for which `holds` says so. */
export function requireStateNumber(
  name: string,
  rule: string,
  value: unknown,
  holds: (value: number) => boolean = () => true,
): number {
  const legal = typeof value === "number" && Number.isFinite(value) && holds(value);
  return legal ? value : refuseField(name, rule, value);
}

/** A field that is null, which stands for NaN, or a finite number for which `holds` says so. */
export function requireStateValue(
  name: string,
  value: unknown,
  rule = "a finite number or null",
  holds: (value: number) => boolean = () => true,
): number {
  return value === null ? Number.NaN : requireStateNumber(name, rule, value, holds);
}

/** A field that is a series, NaN where it is null: at most `longest` entries, each a finite number or null. */
export function requireStateSeries(name: string, series: unknown, longest: number): Float64Array {
  if (!Array.isArray(series) || series.length > longest) {
    return refuseField(name, `an array of at most ${longest} entries`, series);
  }
  return Float64Array.from(series, (value: unknown, i) => requireStateValue(`${name}[${i}]`, value));
}

/** The number for JSON, in which NaN and the infinities have no name. */
export function toJsonNumber(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The series for JSON: null where a value is missing. */
export function toJsonSeries(values: Iterable<number>): (number | null)[] {
  return Array.from(values, toJsonNumber);
}
