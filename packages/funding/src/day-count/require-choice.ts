import { nearestName, QuantError, show } from "@astra-quant/core-linalg/guards";

/** The choice that begins so, ACT/365F for ACT/365, else the one spelt most alike. */
function likely(value: string, choices: readonly string[]): string | undefined {
  const begins = value === "" ? undefined : choices.find((choice) => choice.startsWith(value));
  return begins ?? nearestName(value, choices);
}

/** The value, if it is one of the choices; a refusal points at the one that is spelt nearly so. */
export function requireChoice<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  const list = choices.map((choice) => `'${choice}'`).join(", ");
  const near = typeof value === "string" ? likely(value, choices) : undefined;
  const hint = near === undefined ? "" : `; did you mean '${near}'?`;
  throw new QuantError("option", `${name} must be one of ${list}, got ${show(value)}${hint}`, {
    argument: name,
    choices,
    value,
  });
}
