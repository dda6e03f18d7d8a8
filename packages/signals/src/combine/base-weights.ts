import { logistic, QuantError } from "@astra-quant/core-linalg";
import { requireBoolean, requireKnownOptions, requirePositive, show } from "@astra-quant/core-linalg/guards";
import { requireShare } from "../health/health-settings.ts";
import type { WeighedSignal } from "./signal-record.ts";

/** The five factors' shares of risk. */
export const RISK_BUDGETS: Readonly<Record<string, number>> = {
  momentum: 0.3,
  carry: 0.25,
  volatility: 0.2,
  tailRisk: 0.15,
  beta: 0.1,
};

const FIELDS = ["ic", "health", "sharpe", "riskBudget", "admitted"] as const;

function budgetOf(name: string, signal: WeighedSignal): number {
  const budget = signal.riskBudget ?? (Object.hasOwn(RISK_BUDGETS, name) ? RISK_BUDGETS[name] : undefined);
  if (budget !== undefined) return requirePositive(`signals.${name}.riskBudget`, budget);
  throw new QuantError(
    "option",
    `signals.${name}.riskBudget must be given: ${show(name)} has none by default`,
    {
      signal: name,
    },
  );
}

/** ½ health + ½ logistic(Sharpe ratio), in [0, 1]. */
function baseScore(name: string, { health, sharpe }: WeighedSignal): number {
  requireShare(`signals.${name}.health`, health);
  if (typeof sharpe !== "number" || Number.isNaN(sharpe)) {
    throw new QuantError("not-finite", `signals.${name}.sharpe must be a number, got ${show(sharpe)}`, {
      signal: name,
    });
  }
  return 0.5 * health + 0.5 * logistic(sharpe);
}

/** Whether the signal takes part; an excluded one need not have numbers. */
function isAdmitted(name: string, signal: WeighedSignal): boolean {
  requireKnownOptions(signal, FIELDS, `signals.${name}`);
  return requireBoolean(`signals.${name}.admitted`, signal.admitted ?? true);
}

/**
 * The weights before correlation: (½ health + ½ logistic(annualised Sharpe ratio)) × risk budget, scaled to sum 1 over the
 * admitted signals; an excluded signal has 0, and all have 0 when none is admitted.
 *
 * @throws QuantError "range" for a health outside [0, 1] or a budget that is not positive, "not-finite" for a Sharpe ratio
 *   that is NaN, "option" for an unknown field or a signal without a budget.
 */
export function baseWeights(signals: Readonly<Record<string, WeighedSignal>>): Record<string, number> {
  requireKnownOptions(signals, Object.keys(signals ?? {}), "signals");
  const raw = Object.entries(signals).map(([name, signal]): [string, number] => {
    if (!isAdmitted(name, signal)) return [name, 0];
    return [name, baseScore(name, signal) * budgetOf(name, signal)];
  });
  let total = 0;
  for (const [, weight] of raw) total += weight;
  return Object.fromEntries(raw.map(([name, weight]) => [name, total > 0 ? weight / total : 0]));
}
