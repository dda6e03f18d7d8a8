import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** The state as its fields, if it is one of version 1; the fields are not yet checked. */
export function requireStateRecord(state: unknown): Readonly<Record<string, unknown>> {
  if (typeof state !== "object" || state === null || (state as { version?: unknown }).version !== 1) {
    throw new QuantError("data", `state must be a state of version 1, got ${show(state)}`, {
      argument: "state",
      state,
    });
  }
  return state as Readonly<Record<string, unknown>>;
}

/** Refuses a field of a state that is not what this version writes. */
export function refuseField(name: string, rule: string, value: unknown): never {
  throw new QuantError("data", `${name} must be ${rule}, got ${show(value)}`, { argument: name, value });
}

/** A field that is a finite number for which `holds` says so. */
export function requireField(
  name: string,
  rule: string,
  value: unknown,
  holds: (value: number) => boolean = () => true,
): number {
  const legal = typeof value === "number" && Number.isFinite(value) && holds(value);
  return legal ? value : refuseField(name, rule, value);
}
