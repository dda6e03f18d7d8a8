import { QuantError, requireKnownOptions, requireOneOf, show } from "@astra-quant/core-linalg/guards";
import { LIMIT_ACTIONS, type LimitAction, severity } from "./limit-action.ts";
import { FIGURES, LIMIT_NAMES, type LimitName } from "./limit-figure.ts";

/** One threshold of a limit, and what it asks for. */
export interface LimitRung {
  /**
   * Where the limit is broken: losses negative (−0.15 is a fall of 15 %) and broken when reached, everything else
   * positive and broken when exceeded.
   */
  readonly at: number;
  readonly action: Exclude<LimitAction, "none">;
  /**
   * Where a broken limit is whole again; between `at` and here it stands. @defaultValue half of `at` for losses, 0.95 of
   * it for the others
   */
  readonly release?: number;
  /**
   * For `reduce`: the part of every position that is kept, in (0, 1), once, when the limit is broken. @defaultValue 0.5
   * for losses; the others keep what brings them back to `at`. null is as if it were not given
   */
  readonly keep?: number | null;
}

/** A threshold with the limit's usual action, rungs from mild to severe, or false for no limit. */
export type Limit = number | readonly LimitRung[] | false;

/** What is limited; each as the name says, see `LimitName`. */
export interface RiskLimitsOptions {
  /** @defaultValue reduce at −15 %, liquidate at −20 % */
  readonly drawdown?: Limit;
  /** @defaultValue warn at −5 %, halt-new at −10 % */
  readonly dailyLoss?: Limit;
  /** Alone a number liquidates. @defaultValue false */
  readonly totalLoss?: Limit;
  /** @defaultValue reduce above 3 */
  readonly grossLeverage?: Limit;
  /** @defaultValue reduce above 1.5 */
  readonly netLeverage?: Limit;
  /** @defaultValue reduce above 20 % */
  readonly position?: Limit;
  /** Alone a number halts new positions in that asset. @defaultValue false */
  readonly concentration?: Limit;
  /** Alone a number halts new positions. @defaultValue false */
  readonly valueAtRisk?: Limit;
}

/** A rung with nothing left to default; `keep` is null where it follows from the figure, or does not apply. */
export interface FullRung {
  readonly at: number;
  readonly action: Exclude<LimitAction, "none">;
  readonly release: number;
  readonly keep: number | null;
}

export type Ladders = { readonly [Name in LimitName]: readonly FullRung[] };

const DEFAULTS: Readonly<Record<LimitName, Limit>> = {
  drawdown: [
    { at: -0.15, action: "reduce" },
    { at: -0.2, action: "liquidate" },
  ],
  dailyLoss: [
    { at: -0.05, action: "warn" },
    { at: -0.1, action: "halt-new" },
  ],
  totalLoss: false,
  grossLeverage: 3,
  netLeverage: 1.5,
  position: 0.2,
  concentration: false,
  valueAtRisk: false,
};

const USUAL: Readonly<Record<LimitName, FullRung["action"]>> = {
  drawdown: "liquidate",
  dailyLoss: "halt-new",
  totalLoss: "liquidate",
  grossLeverage: "reduce",
  netLeverage: "reduce",
  position: "reduce",
  concentration: "halt-new",
  valueAtRisk: "halt-new",
};

function refuse(argument: string, rule: string, value: unknown): never {
  const code = typeof value === "number" && !Number.isFinite(value) ? "not-finite" : "range";
  throw new QuantError(code, `${argument} must be ${rule}, got ${show(value)}`, { argument, value });
}

function requireThreshold(argument: string, loss: boolean, at: unknown): number {
  const legal = typeof at === "number" && Number.isFinite(at) && (loss ? at < 0 : at > 0);
  return legal ? at : refuse(argument, loss ? "negative and finite: a loss" : "positive and finite", at);
}

function requireRelease(argument: string, loss: boolean, at: number, release: unknown): number {
  const safe = (value: number): boolean => (loss ? value >= at && value <= 0 : value >= 0 && value <= at);
  if (typeof release === "number" && safe(release)) return release;
  return refuse(argument, loss ? `in [${at}, 0]` : `in [0, ${at}]`, release);
}

function requireKeep(argument: string, loss: boolean, rung: LimitRung): number | null {
  const { action, keep = null } = rung;
  if (keep === null) return action === "reduce" && loss ? 0.5 : null;
  if (action !== "reduce") {
    throw new QuantError("option", `${argument} is for 'reduce', not for '${action}'`, { argument });
  }
  if (typeof keep === "number" && keep > 0 && keep < 1) return keep;
  return refuse(argument, "strictly between 0 and 1", keep);
}

function requireRung(name: string, loss: boolean, rung: LimitRung): FullRung {
  requireKnownOptions(rung, ["at", "action", "release", "keep"], name);
  const at = requireThreshold(`${name}.at`, loss, rung.at);
  const { release = loss ? 0.5 * at : 0.95 * at } = rung;
  return Object.freeze({
    at,
    action: requireOneOf(`${name}.action`, rung.action, LIMIT_ACTIONS.slice(1) as FullRung["action"][]),
    release: requireRelease(`${name}.release`, loss, at, release),
    keep: requireKeep(`${name}.keep`, loss, rung),
  });
}

/** Each rung worse, not milder, and released no later than the one before. */
function requireOrder(name: LimitName, rungs: readonly FullRung[], loss: boolean): void {
  const depth = (value: number): number => (loss ? -value : value);
  for (let i = 1; i < rungs.length; i++) {
    const [mild, severe] = [rungs[i - 1]!, rungs[i]!];
    const argument = `${name}[${i}]`;
    if (!(depth(severe.at) > depth(mild.at))) refuse(`${argument}.at`, `beyond ${mild.at}`, severe.at);
    if (severity(severe.action) < severity(mild.action)) {
      throw new QuantError(
        "option",
        `${argument}.action must be no milder than '${mild.action}', got '${severe.action}'`,
        {
          argument: `${argument}.action`,
        },
      );
    }
    if (depth(severe.release) < depth(mild.release)) {
      refuse(`${argument}.release`, `no nearer to 0 than ${mild.release}`, severe.release);
    }
  }
}

function requireLadder(name: LimitName, limit: Limit): readonly FullRung[] {
  const { loss } = FIGURES[name];
  if (limit === false) return [];
  if (typeof limit === "number") return [requireRung(name, loss, { at: limit, action: USUAL[name] })];
  if (!Array.isArray(limit)) {
    throw new QuantError(
      "option",
      `${name} must be a number, an array of rungs or false, got ${show(limit)}`,
      {
        argument: name,
      },
    );
  }
  const rungs = limit.map((rung, i) => requireRung(`${name}[${i}]`, loss, rung));
  requireOrder(name, rungs, loss);
  return Object.freeze(rungs);
}

/** The options with every default written out. */
export function requireLadders(options: RiskLimitsOptions): Ladders {
  requireKnownOptions(options, LIMIT_NAMES);
  const ladder = (name: LimitName) => [name, requireLadder(name, options[name] ?? DEFAULTS[name])] as const;
  return Object.freeze(Object.fromEntries(LIMIT_NAMES.map(ladder))) as Ladders;
}
