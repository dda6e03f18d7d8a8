import { QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  show,
} from "@astra-quant/core-linalg/guards";
import { type PairSignalSettings, pairSignalSettings } from "./pair-signal-options.ts";
import type { PairPosition, PairSignalMemory } from "./pair-signal-rule.ts";

/** The signal after some bar, as plain JSON: a signal made from it goes on as if never interrupted. */
export interface PairSignalState {
  readonly version: 1;
  readonly enter: number;
  readonly exit: number;
  /** null where there is no stop. */
  readonly stop: number | null;
  readonly rearm: number;
  readonly flip: boolean;
  readonly warmUp: number;
  /** null where there is no limit. */
  readonly maxHoldingBars: number | null;
  readonly parity: "none" | "seed";
  readonly position: PairPosition;
  /** Bars since the position was taken; 0 without one. */
  readonly barsHeld: number;
  /** z-scores so far that were no NaN. */
  readonly observations: number;
  readonly waiting: boolean;
}

const FIELDS: readonly string[] = [
  "version",
  "enter",
  "exit",
  "stop",
  "rearm",
  "flip",
  "warmUp",
  "maxHoldingBars",
  "parity",
  "position",
  "barsHeld",
  "observations",
  "waiting",
];

const orNull = (value: number): number | null => (value === Number.POSITIVE_INFINITY ? null : value);

export function pairSignalState(settings: PairSignalSettings, memory: PairSignalMemory): PairSignalState {
  const { seedParity, stop, maxHoldingBars, ...plain } = settings;
  return {
    version: 1,
    ...plain,
    stop: orNull(stop),
    maxHoldingBars: orNull(maxHoldingBars),
    parity: seedParity ? "seed" : "none",
    ...memory,
  };
}

function refuse(field: string, rule: string, value: unknown): never {
  throw new QuantError("data", `state.${field} must be ${rule}, got ${show(value)}`, {
    argument: `state.${field}`,
    value,
  });
}

function settingsOf(given: PairSignalState): PairSignalSettings {
  const { enter, exit, stop, rearm, flip, warmUp, maxHoldingBars } = given;
  const parity = requireOneOf("state.parity", given.parity, ["none", "seed"]);
  for (const name of ["enter", "exit", "rearm", "warmUp"] as const) {
    if (typeof given[name] !== "number") refuse(name, "a number", given[name]);
  }
  for (const name of ["stop", "maxHoldingBars"] as const) {
    if (given[name] !== null && typeof given[name] !== "number")
      refuse(name, "a number or null", given[name]);
  }
  requireBoolean("state.flip", flip);
  if (parity === "seed") return { ...pairSignalSettings({ enter, exit, parity }), rearm };
  const limits = {
    ...(stop === null ? {} : { stop }),
    ...(maxHoldingBars === null ? {} : { maxHoldingBars }),
  };
  return pairSignalSettings({ enter, exit, rearm, flip, warmUp, ...limits });
}

/** The rule's parts from a state, if it is one that this version wrote. */
export function requirePairSignalState(state: unknown): {
  readonly settings: PairSignalSettings;
  readonly memory: PairSignalMemory;
} {
  if (typeof state !== "object" || state === null) {
    throw new QuantError("data", `state must be an object, got ${show(state)}`, { argument: "state" });
  }
  const given = state as PairSignalState;
  if (given.version !== 1) refuse("version", "1", given.version);
  requireKnownOptions(given, FIELDS, "state");
  const settings = settingsOf(given);
  const { position } = given;
  if (position !== -1 && position !== 0 && position !== 1) refuse("position", "-1, 0 or 1", position);
  const barsHeld = requireInteger("state.barsHeld", given.barsHeld, 0);
  if (position === 0 && barsHeld !== 0) refuse("barsHeld", "0 without a position", barsHeld);
  const waiting = requireBoolean("state.waiting", given.waiting);
  if (position !== 0 && waiting) refuse("waiting", "false with a position", waiting);
  return {
    settings,
    memory: {
      position,
      barsHeld,
      observations: requireInteger("state.observations", given.observations, 0),
      waiting,
    },
  };
}
