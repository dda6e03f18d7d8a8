import { refuseField } from "./stream-state.ts";

/** Numbers as JSON can hold them: null is a missing one. */
export type JsonValues = readonly (number | null)[];

/** The number for JSON, in which NaN and the infinities have no name. */
export function toJsonValue(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function toJsonValues(values: Iterable<number>): (number | null)[] {
  return Array.from(values, toJsonValue);
}

/** A field that is null, which stands for NaN, or a finite number for which `holds` says so. */
export function requireStateValue(
  name: string,
  value: unknown,
  rule = "a finite number or null",
  holds: (value: number) => boolean = () => true,
): number {
  if (value === null) return Number.NaN;
  const legal = typeof value === "number" && Number.isFinite(value) && holds(value);
  return legal ? value : refuseField(name, rule, value);
}

/** A field that is a list of at most `longest` finite numbers or nulls; NaN where it is null. */
export function requireStateValues(name: string, values: unknown, longest: number): number[] {
  if (!Array.isArray(values) || values.length > longest) {
    refuseField(name, `an array of at most ${longest} entries`, values);
  }
  return values.map((value, i) => requireStateValue(`${name}[${i}]`, value));
}
