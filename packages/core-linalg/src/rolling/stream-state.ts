import { requireInteger } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";

/** A series as JSON can hold it: null is a missing value. */
export type JsonSeries = readonly (number | null)[];

/** Where a window over one series stands, as plain JSON. */
export interface RollingState {
  readonly version: 1;
  readonly window: number;
  readonly minPeriods: number;
  /** The values still remembered, the latest last. */
  readonly values: JsonSeries;
}

/** Where a window over two series stands, as plain JSON. */
export interface RollingPairState {
  readonly version: 1;
  readonly window: number;
  readonly minPeriods: number;
  /** The values of both series still remembered, as many of each, the latest last. */
  readonly x: JsonSeries;
  readonly y: JsonSeries;
}

/** The series for JSON, in which NaN and the infinities have no name. */
export function toJsonSeries(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

/** The state as its fields, if it is one of version 1; the fields are not yet checked. */
export function requireStateRecord(state: unknown): Readonly<Record<string, unknown>> {
  if (typeof state !== "object" || state === null || (state as { version?: unknown }).version !== 1) {
    throw new QuantError("data", `state must be a stream's state of version 1, got ${show(state)}`, {
      argument: "state",
      state,
    });
  }
  return state as Readonly<Record<string, unknown>>;
}

/** The window and minPeriods of a state. */
export function requireStateWindow(state: Readonly<Record<string, unknown>>): {
  readonly window: number;
  readonly minPeriods: number;
} {
  const window = requireInteger("state.window", state.window, 1);
  return { window, minPeriods: requireInteger("state.minPeriods", state.minPeriods, 1, window) };
}

/** A series of a state, NaN where it is null: at most `longest` entries, each a finite number or null. */
export function requireStateSeries(name: string, series: unknown, longest: number): Float64Array {
  if (!Array.isArray(series) || series.length > longest) {
    throw new QuantError(
      "data",
      `${name} must be an array of at most ${longest} entries, got ${show(series)}`,
      { argument: name },
    );
  }
  const strange = series.findIndex((value) => value !== null && !Number.isFinite(value));
  if (strange >= 0) {
    throw new QuantError(
      "data",
      `${name}[${strange}] must be a finite number or null, got ${show(series[strange])}`,
      {
        argument: name,
        index: strange,
      },
    );
  }
  return Float64Array.from(series, (value) => value ?? Number.NaN);
}
