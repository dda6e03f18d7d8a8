import { QuantError } from "@astra-quant/core-linalg";
import { isQuantError, refuseField, type StateRecord, show } from "@astra-quant/core-linalg/guards";

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
