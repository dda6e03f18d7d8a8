import type { JsonSeries } from "@astra-quant/core-linalg";
import { requireInteger } from "@astra-quant/core-linalg/guards";
import {
  PAIRING_OPTIONS,
  type Pairing,
  type PairingOptions,
  requirePairing,
  type Timing,
} from "./pairing.ts";

/** What rolling figures of pairs, a signal and the outcome that followed it, share. */
export interface PairWindowOptions extends PairingOptions {
  /** Pairs in each figure, an integer. @defaultValue 252 */
  readonly window?: number;
  /** Pairs of a window that must be present, at most `window`. @defaultValue window */
  readonly minPeriods?: number;
}

/** Where a stream of such figures stands, but for its window itself. */
export interface PairWindowState {
  readonly version: 1;
  readonly window: number;
  readonly minPeriods: number;
  readonly lag: number;
  readonly horizon: number;
  readonly timing: Timing;
  /** Signals whose outcome is not yet known, the latest last. */
  readonly signals: JsonSeries;
  /** Returns of the outcome under way, the latest last. */
  readonly returns: JsonSeries;
}

/** A window of pairs, checked. */
export interface PairWindow {
  readonly window: number;
  readonly minPeriods: number;
  readonly pairing: Pairing;
}

export const PAIR_WINDOW_OPTIONS: readonly string[] = ["window", "minPeriods", ...PAIRING_OPTIONS];
export const PAIR_WINDOW_FIELDS: readonly string[] = [...PAIR_WINDOW_OPTIONS, "signals", "returns"];

/** The window of a figure that takes at least `least` pairs. */
export function requirePairWindow(options: PairWindowOptions, least: number): PairWindow {
  const { window = 252 } = options;
  requireInteger("window", window, least);
  const minPeriods = requireInteger("minPeriods", options.minPeriods ?? window, least, window);
  return { window, minPeriods, pairing: requirePairing(options) };
}
