import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** What a stressed book looks like at the end of a day. */
export interface StressedState {
  readonly equity: number;
  /** 0 before the scenario, then 1, 2, … */
  readonly day: number;
  /** Market values by asset, in money. */
  readonly positions: Readonly<Record<string, number>>;
  /** Of the positions as they stand, under the stressed covariance; absent where the book has no covariance. */
  readonly valueAtRisk?: number;
}

/** Whatever decides on such a state: `RiskLimits`, or any object of this shape. */
export interface LimitsPort {
  evaluate(state: StressedState): { readonly action: string; readonly breaches?: readonly unknown[] };
}

/** A day on which the limits asked for something. */
export interface FiredLimit {
  readonly day: number;
  /** As the limits call it: "warn", "halt-new", "reduce", "liquidate". */
  readonly action: string;
  readonly breaches: readonly unknown[];
}

export function requireLimits(limits: unknown): LimitsPort {
  if (typeof (limits as LimitsPort | null | undefined)?.evaluate === "function") return limits as LimitsPort;
  throw new QuantError("option", `limits must have an evaluate method, got ${show(limits)}`, {
    argument: "limits",
  });
}

/** The decisions on states in the order of time, but for those that ask for nothing. */
export function firedLimits(limits: LimitsPort, states: readonly StressedState[]): FiredLimit[] {
  const fired: FiredLimit[] = [];
  for (const state of states) {
    const { action, breaches = [] } = limits.evaluate(state);
    if (action !== "none") fired.push({ day: state.day, action, breaches });
  }
  return fired;
}
