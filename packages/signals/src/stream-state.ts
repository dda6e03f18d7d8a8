import { QuantError } from "@astra-quant/core-linalg";
import { isQuantError, show } from "@astra-quant/core-linalg/guards";

/** A state's fields, as JSON gives them back. */
export type StateRecord = Readonly<Record<string, unknown>>;

/** Refuses a field of a state that is not what this version writes. */
export function refuseField(name: string, rule: string, value: unknown): never {
  throw new QuantError("data", `${name} must be ${rule}, got ${show(value)}`, { argument: name, value });
}

/** The state as its fields, if it is one of version 1 and has them all; what they hold is not yet checked. */
export function requireStateRecord(state: unknown, fields: readonly string[]): StateRecord {
  if (typeof state !== "object" || state === null || (state as StateRecord).version !== 1) {
    refuseField("state", "a stream's state of version 1", state);
  }
  const record = state as StateRecord;
  for (const field of fields)
    if (record[field] === undefined) refuseField(`state.${field}`, "given", undefined);
  return record;
}

/** A field that is a finite number, or null where a stream had none. */
export function requireNumberOrNull(name: string, value: unknown): number | null {
  if (value === null || Number.isFinite(value)) return value as number | null;
  return refuseField(name, "a finite number or null", value);
}

/**
 * The window that a stream keeps in one of its fields, brought to where its state was taken. It must have been made as
 * `fresh` was; a refusal names the field by its whole path.
 */
export function resumePart<State extends object, Part extends { readonly state: State }>(
  record: StateRecord,
  field: string,
  fresh: Part,
  from: (state: State) => Part,
): Part {
  const part = record[field] as Partial<Record<string, unknown>> | null;
  for (const [name, own] of Object.entries(fresh.state)) {
    const series = typeof own === "object" && own !== null;
    if (series || Object.is(part?.[name], own)) continue;
    refuseField(`state.${field}.${name}`, `${show(own)}, as the rest of the state has it`, part?.[name]);
  }
  try {
    return from(part as State);
  } catch (error) {
    if (!isQuantError(error)) throw error;
    throw new QuantError(error.code, error.message.replace(/^state/, `state.${field}`), {
      ...error.details,
      argument: `state.${field}`,
    });
  }
}
