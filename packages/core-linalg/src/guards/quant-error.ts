/**
 * What kind of rule an argument broke.
 *
 * - `shape`: lengths or dimensions do not fit
 * - `range`: a number outside its legal interval
 * - `not-finite`: a NaN or an infinity where none may be
 * - `option`: an unknown option name or choice
 * - `data`: the content of an input (a file, a book, a state) is not what it must be
 */
export type QuantErrorCode = "shape" | "range" | "not-finite" | "option" | "data";

/**
 * The one error that misuse throws. Its message names the argument, the rule and the value; `details` holds
 * the same as data. Mathematics never throws it: a matrix that is not positive definite or an infeasible
 * program is a typed result.
 */
export class QuantError extends Error {
  override readonly name: string = "QuantError";
  readonly code: QuantErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: QuantErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** True for a `QuantError` of any copy of the package (two copies may meet, so `instanceof` does not do). */
export function isQuantError(error: unknown): error is QuantError {
  return error instanceof Error && error.name === "QuantError" && "code" in error;
}

/** How a value is shown in a message: short, and telling `"1"` from `1`. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "number" || typeof value === "boolean" || value === undefined || value === null) {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `${value.constructor.name}(${(value as ArrayLike<unknown>).length})`;
  }
  return typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
}
