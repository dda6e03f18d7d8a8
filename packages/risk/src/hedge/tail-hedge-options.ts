import {
  QuantError,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  show,
} from "@astra-quant/core-linalg/guards";
import { type HedgePayoffOptions, type HedgePayoffSettings, requirePayoffSettings } from "./hedge-payoff.ts";

const DRAWDOWNS = ["hedged", "unhedged"] as const;
const TIMINGS = ["lagged", "same-day"] as const;

/** Whose drawdown is looked at: of the book with its hedge, or of the book alone. */
export type HedgedDrawdown = (typeof DRAWDOWNS)[number];
/** Whether the drawdown before the period decides on the period, or the one that its own return leaves. */
export type HedgeTiming = (typeof TIMINGS)[number];

export interface TailHedgeOptions extends HedgePayoffOptions {
  /** The hedge is put on below this drawdown, in (−1, 0). @defaultValue −0.05 */
  readonly activateAt?: number;
  /** And taken off above this one, in [`activateAt`, 0]. @defaultValue half of `activateAt` */
  readonly deactivateAt?: number;
  /** What an active hedge costs a period, basis points of equity, ≥ 0. @defaultValue 2 */
  readonly costBps?: number;
  /** @defaultValue "hedged" */
  readonly drawdown?: HedgedDrawdown;
  /** `same-day` knows a return before it has happened: for comparison only. @defaultValue "lagged" */
  readonly timing?: HedgeTiming;
  /** `'seed'` is "unhedged" and "same-day", as a vectorised backtest of the seed reads it. */
  readonly parity?: "seed";
}

/** The options with nothing left to default. */
export interface TailHedgeSettings extends HedgePayoffSettings {
  readonly activateAt: number;
  readonly deactivateAt: number;
  readonly costBps: number;
  readonly drawdown: HedgedDrawdown;
  readonly timing: HedgeTiming;
}

export const HEDGE_SETTINGS: readonly (keyof TailHedgeSettings)[] = [
  "size",
  "exponent",
  "multiplier",
  "activateAt",
  "deactivateAt",
  "costBps",
  "drawdown",
  "timing",
];

function requireWithin(name: string, value: unknown, rule: string, holds: (x: number) => boolean): number {
  if (typeof value === "number" && holds(value)) return value;
  const code = typeof value === "number" && !Number.isFinite(value) ? "not-finite" : "range";
  throw new QuantError(code, `${name} must be ${rule}, got ${show(value)}`, { argument: name, value });
}

function requireReading(options: TailHedgeOptions): Pick<TailHedgeSettings, "drawdown" | "timing"> {
  const { drawdown = "hedged", timing = "lagged", parity } = options;
  if (parity !== undefined) {
    requireOneOf("parity", parity, ["seed"]);
    const own = (["drawdown", "timing"] as const).find((name) => options[name] !== undefined);
    if (own === undefined) return { drawdown: "unhedged", timing: "same-day" };
    throw new QuantError("option", `parity 'seed' settles ${own}: give one of the two`, { option: own });
  }
  return {
    drawdown: requireOneOf("drawdown", drawdown, DRAWDOWNS),
    timing: requireOneOf("timing", timing, TIMINGS),
  };
}

export function requireHedgeSettings(options: TailHedgeOptions): TailHedgeSettings {
  requireKnownOptions(options, [...HEDGE_SETTINGS, "parity"]);
  const { activateAt = -0.05, costBps = 2 } = options;
  const on = requireWithin("activateAt", activateAt, "in (-1, 0)", (x) => x > -1 && x < 0);
  const { deactivateAt = 0.5 * on } = options;
  return {
    ...requirePayoffSettings(options),
    activateAt: on,
    deactivateAt: requireWithin("deactivateAt", deactivateAt, `in [${on}, 0]`, (x) => x >= on && x <= 0),
    costBps: requireNonNegative("costBps", costBps),
    ...requireReading(options),
  };
}
