import { requireInteger } from "@astra-quant/core-linalg/guards";
import { COMPONENTS, eachComponent, type FundingComponents } from "./components.ts";
import { roundHalfAway } from "./round-half-away.ts";

/** Integers of the smallest unit that a statement prints: cents, for two decimals. */
export interface StatementAmounts {
  readonly amount: number;
  readonly components: FundingComponents;
}

/** The scale of a statement with so many decimals: 100 for cents. */
export function unitsOf(decimals: number): number {
  return Number(`1e${requireInteger("decimals", decimals, 0, 8)}`);
}

/**
 * One row of a statement in whole units: the amount rounded half away from zero, and components that add up to it
 * exactly. Each is rounded down, then the units that are missing go to those that lost most, the first of equals first
 * (largest remainders).
 */
export function statementAmounts(
  amount: number,
  components: FundingComponents,
  decimals: number,
): StatementAmounts {
  const scale = unitsOf(decimals);
  const whole = Math.round(roundHalfAway(amount, decimals) * scale);
  const exact = COMPONENTS.map((name) => components[name] * scale);
  const units = exact.map(Math.floor);
  const missing = whole - units.reduce((sum, part) => sum + part, 0);
  const byLoss = exact
    .map((value, i) => ({ i, lost: value - units[i]! }))
    .sort((a, b) => b.lost - a.lost || a.i - b.i);
  for (const { i } of byLoss.slice(0, missing)) units[i]! += 1;
  return { amount: whole, components: eachComponent((name) => units[COMPONENTS.indexOf(name)]! + 0) };
}
