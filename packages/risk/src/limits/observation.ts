import type { VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  QuantError,
  requireBoolean,
  requireFinite,
  requireFiniteVector,
  requireKnownOptions,
  requireNonNegative,
  show,
} from "@astra-quant/core-linalg/guards";

/** What is seen of a book at one moment: an event that limits decide on. */
export interface RiskObservation {
  /** The book's value, money; the first must be positive. */
  readonly equity: number;
  /** A label of the day ("2026-03-02"): where it changes, the daily loss starts again from the last equity seen. */
  readonly day?: string | number;
  /** Money paid in (or, negative, out) since the last observation: it is neither gain nor loss. @defaultValue 0 */
  readonly flow?: number;
  /** Signed market values, money, by asset name; or in an array, by index. */
  readonly positions?: Readonly<Record<string, number>> | VectorLike;
  /** A positive loss, in the unit of its limit. */
  readonly valueAtRisk?: number;
  /** Someone decided to begin anew: high, day, first value and standing limits are forgotten. @defaultValue false */
  readonly reset?: boolean;
}

/** An observation as it is kept: plain JSON, positions by name. */
export interface RiskEvent {
  readonly equity: number;
  readonly day?: string | number;
  readonly flow?: number;
  readonly positions?: Readonly<Record<string, number>>;
  readonly valueAtRisk?: number;
  readonly reset?: boolean;
}

function requireDay(day: unknown): string | number {
  if (typeof day === "string" || (typeof day === "number" && Number.isFinite(day))) return day;
  throw new QuantError("data", `day must be a string or a finite number, got ${show(day)}`, {
    argument: "day",
    value: day,
  });
}

function requirePositions(positions: unknown): Readonly<Record<string, number>> {
  if (isVector(positions)) {
    const values = requireFiniteVector("positions", positions);
    return Object.fromEntries(Array.from(values, (value, i) => [String(i), value + 0]));
  }
  if (typeof positions !== "object" || positions === null || Array.isArray(positions)) {
    throw new QuantError(
      "data",
      `positions must be an object or a vector of values, got ${show(positions)}`,
      {
        argument: "positions",
      },
    );
  }
  const entries = Object.entries(positions);
  return Object.fromEntries(
    entries.map(([asset, value]) => [asset, requireFinite(`positions.${asset}`, value) + 0]),
  );
}

/** The observation as an event, each of its figures lawful. */
export function requireEvent(observation: RiskObservation): RiskEvent {
  requireKnownOptions(
    observation,
    ["equity", "day", "flow", "positions", "valueAtRisk", "reset"],
    "observation",
  );
  const { equity, day, flow, positions, valueAtRisk, reset } = observation;
  return Object.freeze({
    equity: requireFinite("equity", equity) + 0,
    ...(day !== undefined && { day: requireDay(day) }),
    ...(flow !== undefined && { flow: requireFinite("flow", flow) + 0 }),
    ...(positions !== undefined && { positions: Object.freeze(requirePositions(positions)) }),
    ...(valueAtRisk !== undefined && { valueAtRisk: requireNonNegative("valueAtRisk", valueAtRisk) }),
    ...(reset !== undefined && { reset: requireBoolean("reset", reset) }),
  });
}
