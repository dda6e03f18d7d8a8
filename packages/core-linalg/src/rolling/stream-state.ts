import { requireInteger } from "../guards/numbers.ts";
import type { StateRecord } from "../guards/states.ts";

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

/** The window and minPeriods of a state. */
export function requireStateWindow(state: StateRecord): {
  readonly window: number;
  readonly minPeriods: number;
} {
  const window = requireInteger("state.window", state.window, 1);
  return { window, minPeriods: requireInteger("state.minPeriods", state.minPeriods, 1, window) };
}
