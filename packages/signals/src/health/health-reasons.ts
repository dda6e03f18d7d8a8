import type { HealthInputs } from "./health-inputs.ts";
import { COMPONENTS, type HealthComponents, type HealthSettings } from "./health-settings.ts";

/** A component below this, which is printed as less than ½, is a reason for a low score. */
const WEAK = 0.495;

const figure = (x: number): string => x.toFixed(4);

/** What each component has to say when it is weak. */
const SAYS: Readonly<Record<keyof HealthComponents, (inputs: HealthInputs, s: HealthSettings) => string>> = {
  level: ({ meanIc }, s) => `the mean IC of ${s.window} rows is ${figure(meanIc)}, below ${s.levelCentre}`,
  stability: ({ meanIc, icStd }) =>
    `an IC of ${figure(meanIc)} with a standard deviation of ${figure(icStd)} is not steady`,
  turnover: ({ turnoverAdjustedIc }, s) =>
    `after turnover the IC is ${figure(turnoverAdjustedIc)}, below ${s.turnoverCentre}`,
  trend: ({ velocity }, s) => `the IC has fallen by ${figure(-velocity)} from the ${s.window} rows before`,
  acceleration: ({ acceleration }) => `the change of the IC has itself fallen by ${figure(-acceleration)}`,
};

/** Weak components in words, those that cost the score most first. */
export function weaknesses(
  inputs: HealthInputs,
  components: HealthComponents,
  settings: HealthSettings,
): string[] {
  const cost = (name: keyof HealthComponents): number => settings.weights[name] * (1 - components[name]);
  return COMPONENTS.filter((name) => settings.weights[name] > 0 && components[name] < WEAK)
    .sort((a, b) => cost(b) - cost(a))
    .map((name) => `${name} ${components[name].toFixed(2)}: ${SAYS[name](inputs, settings)}`);
}

/** What is not yet known, in words. */
export function unknownInputs(inputs: HealthInputs, { window }: HealthSettings): string {
  const rows = Number.isNaN(inputs.meanIc) || Number.isNaN(inputs.turnoverAdjustedIc) ? window : 3 * window;
  return `not yet measured: the score needs ${rows} rows of IC and its turnover-adjusted form without a gap`;
}
