import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** The value, if it is a number; NaN is one, and stands for a missing return. */
export function requireReturn(value: unknown): number {
  if (typeof value === "number") return value;
  throw new QuantError("data", `return must be a number, got ${show(value)}`, {
    argument: "return",
    value,
  });
}

/** A series of a state, NaN where it is null: at most `longest` entries, each finite or null. */
export function requireStateValues(name: string, values: unknown, longest: number): (number | null)[] {
  if (!Array.isArray(values) || values.length > longest) {
    throw new QuantError(
      "data",
      `${name} must be an array of at most ${longest} entries, got ${show(values)}`,
      {
        argument: name,
      },
    );
  }
  const strange = values.findIndex((value) => value !== null && !Number.isFinite(value));
  if (strange < 0) return values;
  throw new QuantError(
    "data",
    `${name}[${strange}] must be a finite number or null, got ${show(values[strange])}`,
    { argument: name, index: strange },
  );
}
