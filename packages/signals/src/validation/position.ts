import { tanh } from "@astra-quant/core-linalg";
import { requireOneOf } from "@astra-quant/core-linalg/guards";

const POSITIONS = ["tanh", "raw"] as const;

/** The position that a signal asks for: `tanh` of twice the signal, in (−1, 1), or the signal itself, `raw`. */
export type PositionRule = (typeof POSITIONS)[number];

/** The position of a finite signal by that rule; NaN for any other. */
export function positionOf(signal: number, rule: PositionRule): number {
  if (!Number.isFinite(signal)) return Number.NaN;
  return rule === "tanh" ? tanh(2 * signal) : signal;
}

export function requirePositionRule(rule: unknown): PositionRule {
  return requireOneOf("position", rule, POSITIONS);
}
