import { logistic } from "@astra-quant/core-linalg";
import type { HealthInputs } from "./health-inputs.ts";
import { COMPONENTS, type HealthComponents, type HealthSettings } from "./health-settings.ts";

/** Each component in [0, 1], NaN where its input is. */
export function healthComponents(inputs: HealthInputs, settings: HealthSettings): HealthComponents {
  const level = logistic((inputs.meanIc - settings.levelCentre) / settings.levelScale);
  return {
    level,
    stability: level / (1 + inputs.icStd / settings.stabilityScale), // a stable nothing earns nothing
    turnover: logistic((inputs.turnoverAdjustedIc - settings.turnoverCentre) / settings.turnoverScale),
    trend: logistic(inputs.velocity / settings.trendScale),
    acceleration: logistic(inputs.acceleration / settings.accelerationScale),
  };
}

/** The weighted sum, in [0, 1]; NaN while a component is. */
export function weightedScore(components: HealthComponents, weights: HealthComponents): number {
  let score = 0;
  for (const name of COMPONENTS) score += weights[name] * components[name];
  return Math.min(1, score); // weights may add up to a rounding more
}
