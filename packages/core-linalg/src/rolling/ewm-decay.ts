import { requireInteger } from "../guards/numbers.ts";
import { requireBoolean } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { exp } from "../special/exp.ts";
import { expm1 } from "../special/expm1.ts";

/** How fast weights fall with age: exactly one of the four. */
export interface DecayOptions {
  /** Rows after which a weight has halved; positive. */
  readonly halfLife?: number;
  /** Rows whose plain average is as old: alpha = 2 ÷ (span + 1); at least 1. */
  readonly span?: number;
  /** What the latest value counts in an infinite past: 0 < alpha ≤ 1. */
  readonly alpha?: number;
  /** Mean age of what is averaged: alpha = 1 ÷ (1 + centerOfMass); not negative. */
  readonly centerOfMass?: number;
}

/** What every exponentially weighted statistic asks for. */
export interface EwmWindowOptions extends DecayOptions {
  /**
   * Weights (1 − alpha)^age over the values there are, so that the first ones are an average of few. False: the first
   * value stands for all that went before it (the recursion y ← (1 − alpha) y + alpha x).
   *
   * @defaultValue true
   */
  readonly adjust?: boolean;
  /**
   * Age is counted in values present. False: in rows, so that a gap makes what lies before it older.
   *
   * @defaultValue false
   */
  readonly ignoreMissing?: boolean;
  /**
   * How many values must have been present for an answer; before, it is NaN.
   *
   * @defaultValue 1
   */
  readonly minPeriods?: number;
}

/** The names of {@link EwmWindowOptions}. */
export const EWM_OPTIONS: readonly string[] = [
  "halfLife",
  "span",
  "alpha",
  "centerOfMass",
  "adjust",
  "ignoreMissing",
  "minPeriods",
];

interface Weights {
  readonly alpha: number;
  /** 1 − alpha, to its own last digits. */
  readonly decay: number;
}

type DecayName = keyof DecayOptions;

interface DecayRule {
  readonly rule: string;
  holds(value: number): boolean;
  weights(value: number): Weights;
}

const RULES: Readonly<Record<DecayName, DecayRule>> = {
  halfLife: {
    rule: "positive and finite",
    holds: (value) => value > 0,
    weights: (value) => ({ alpha: -expm1(-Math.LN2 / value), decay: exp(-Math.LN2 / value) }),
  },
  span: {
    rule: "finite and at least 1",
    holds: (value) => value >= 1,
    weights: (value) => ({ alpha: 2 / (value + 1), decay: (value - 1) / (value + 1) }),
  },
  alpha: {
    rule: "above 0 and at most 1",
    holds: (value) => value > 0 && value <= 1,
    weights: (value) => ({ alpha: value, decay: 1 - value }),
  },
  centerOfMass: {
    rule: "non-negative and finite",
    holds: (value) => value >= 0,
    weights: (value) => ({ alpha: 1 / (1 + value), decay: value / (1 + value) }),
  },
};

const NAMES = Object.keys(RULES) as DecayName[];

/** Everything that an exponentially weighted stream is made with, checked. */
export interface EwmSettings extends Weights {
  /** The one decay that was given, under its own name. */
  readonly given: DecayOptions;
  readonly adjust: boolean;
  readonly ignoreMissing: boolean;
  readonly minPeriods: number;
}

function requireDecay(
  options: Readonly<Partial<Record<DecayName, unknown>>>,
  within: string,
): Weights & { readonly given: DecayOptions } {
  const present = NAMES.filter((name) => options[name] !== undefined);
  const [name] = present;
  if (name === undefined || present.length > 1) {
    throw new QuantError(
      "option",
      `exactly one of ${NAMES.map((known) => within + known).join(", ")} must be given, got ${present.join(" and ") || "none"}`,
      { given: present },
    );
  }
  const value = options[name];
  const { rule, holds, weights } = RULES[name];
  if (typeof value !== "number" || !Number.isFinite(value) || !holds(value)) {
    const code = typeof value === "number" && !Number.isFinite(value) ? "not-finite" : "range";
    throw new QuantError(code, `${within}${name} must be ${rule}, got ${show(value)}`, {
      argument: within + name,
      rule,
      value,
    });
  }
  return { given: { [name]: value }, ...weights(value) };
}

export function requireEwmSettings(options: EwmWindowOptions): EwmSettings {
  const { adjust = true, ignoreMissing = false, minPeriods = 1 } = options;
  return {
    ...requireDecay(options, ""),
    adjust: requireBoolean("adjust", adjust),
    ignoreMissing: requireBoolean("ignoreMissing", ignoreMissing),
    minPeriods: requireInteger("minPeriods", minPeriods, 1),
  };
}

/** The options that a state names, every one of them. */
export function requireEwmOptions(state: Readonly<Record<string, unknown>>): EwmWindowOptions {
  return {
    ...requireDecay(state, "state.").given,
    adjust: requireBoolean("state.adjust", state.adjust),
    ignoreMissing: requireBoolean("state.ignoreMissing", state.ignoreMissing),
    minPeriods: requireInteger("state.minPeriods", state.minPeriods, 1),
  };
}
