import { requireOneOf } from "@astra-quant/core-linalg/guards";
import type { TailLoss } from "./tail-loss.ts";

/** Which of the two figures of a tail. */
export type RiskMeasure = "value-at-risk" | "expected-shortfall";

/** The measure itself, if it is a known one. */
export function requireMeasure(value: unknown): RiskMeasure {
  return requireOneOf("measure", value, ["value-at-risk", "expected-shortfall"]);
}

/** The figure of a pair of losses that the measure asks for. */
export function lossBy(measure: RiskMeasure, loss: TailLoss): number {
  return measure === "value-at-risk" ? loss.valueAtRisk : loss.expectedShortfall;
}
