import { QuantError, show } from "./quant-error.ts";

/** Levenshtein distance, for "did you mean". */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** The known name closest to `name`, or undefined when none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined || best.distance > Math.max(2, Math.floor(name.length / 3))) return undefined;
  return best.distance < name.length ? best.candidate : undefined; // GE is not MS with two typing errors
}

/** Refuses an options object with a name that is not known: JavaScript callers have no compiler. */
export function requireKnownOptions(options: object, known: readonly string[], argument = "options"): void {
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    throw new QuantError("option", `${argument} must be an object, got ${show(options)}`, {
      argument,
      value: options,
    });
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const hint = near ? `did you mean '${near}'?` : `known options: ${known.join(", ")}`;
    throw new QuantError("option", `unknown option '${name}'; ${hint}`, { option: name, known });
  }
}

/** The choice that begins so, as ACT/365F does for ACT/365, else the one spelt most alike. Numbers have no spelling. */
function likelyChoice(value: string, choices: readonly string[]): string | undefined {
  if (!/[a-z]/i.test(value)) return undefined;
  const begins = choices.find((choice) => choice.startsWith(value));
  return begins ?? nearestName(value, choices);
}

/** The value, if it is one of the choices; a refusal points at the one that is spelt nearly so. */
export function requireOneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  const list = choices.map((choice) => `'${choice}'`).join(", ");
  const likely = typeof value === "string" ? likelyChoice(value, choices) : undefined;
  const hint = likely === undefined ? "" : `; did you mean '${likely}'?`;
  throw new QuantError("option", `${name} must be one of ${list}, got ${show(value)}${hint}`, {
    argument: name,
    choices,
    value,
  });
}

/** The value, if it is true or false. */
export function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new QuantError("option", `${name} must be true or false, got ${show(value)}`, {
    argument: name,
    value,
  });
}
