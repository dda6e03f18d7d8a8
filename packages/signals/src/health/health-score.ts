import { RollingMean, std, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireVector } from "@astra-quant/core-linalg/guards";
import { healthComponents, weightedScore } from "./health-components.ts";
import type { HealthInputs } from "./health-inputs.ts";
import { unknownInputs, weaknesses } from "./health-reasons.ts";
import {
  HEALTH_OPTIONS,
  type HealthComponents,
  type HealthOptions,
  type HealthSettings,
  requireHealthSettings,
} from "./health-settings.ts";

/** A health score with everything behind it. */
export interface HealthScore {
  /** In [0, 1]; NaN until it can be measured. */
  readonly score: number;
  readonly components: HealthComponents;
  readonly inputs: HealthInputs;
  /** Whether the signal takes part; one that is not yet measured does not. */
  readonly admitted: boolean;
  /** Why it is not admitted, and which components are weak. */
  readonly reasons: readonly string[];
}

/** The mean of `window` entries that end before `end`; NaN where one is missing or they are not there. */
function windowMean(x: Float64Array, end: number, window: number): number {
  const stream = new RollingMean(window);
  let mean = Number.NaN;
  for (let t = Math.max(0, end - window); t < end; t++) mean = stream.push(x[t]!);
  return mean;
}

function inputsOf(ic: Float64Array, adjusted: Float64Array, window: number): HealthInputs {
  const n = ic.length;
  const recent = windowMean(ic, n, window);
  const before = windowMean(ic, n - window, window);
  const earlier = windowMean(ic, n - 2 * window, window);
  return {
    meanIc: recent,
    icStd: n < window ? Number.NaN : std(ic.subarray(n - window)),
    turnoverAdjustedIc: windowMean(adjusted, n, window),
    velocity: recent - before,
    acceleration: recent - before - (before - earlier),
  };
}

/** The score of these inputs, judged by the exclusion threshold alone. */
function scoreOf(inputs: HealthInputs, settings: HealthSettings): HealthScore {
  const components = healthComponents(inputs, settings);
  const score = weightedScore(components, settings.weights);
  if (Number.isNaN(score)) {
    return { score, components, inputs, admitted: false, reasons: [unknownInputs(inputs, settings)] };
  }
  const { exclusionThreshold } = settings;
  const admitted = score >= exclusionThreshold;
  const excluded = admitted ? [] : [`excluded: the score ${score.toFixed(4)} is below ${exclusionThreshold}`];
  const reasons = [...excluded, ...weaknesses(inputs, components, settings)];
  return { score, components, inputs, admitted, reasons };
}

/**
 * How healthy a signal is at the end of a history of its information coefficient, in [0, 1]: the weighted sum of
 *
 * - level: logistic((mean IC of the recent window − 0.02) ÷ 0.01), 0.12 for no skill and ½ for 0.02;
 * - stability: level ÷ (1 + std(IC) ÷ 0.10), so that a stable nothing earns nothing;
 * - turnover: logistic((turnover-adjusted IC − 0.005) ÷ 0.005);
 * - trend: logistic(velocity ÷ 0.02), the velocity being the recent mean less that of the window before;
 * - acceleration: logistic(change of the velocity ÷ 0.02), from the velocity of one window earlier.
 *
 * `ic` and `turnoverAdjustedIc` are series of one length, the latest last: coefficients a period, such as `crossSectionalIc`
 * or `informationCoefficient` give. Three windows without a gap are needed; before that the score is NaN and the signal is
 * not admitted. Nothing is remembered between calls: for smoothing and hysteresis use `HealthMonitor`.
 *
 * @throws QuantError "range" for a window, scale, threshold or weights out of range, "shape" for series of two lengths,
 *   "option" for an unknown name.
 */
export function healthScore(
  ic: VectorLike,
  turnoverAdjustedIc: VectorLike,
  options: HealthOptions = {},
): HealthScore {
  requireKnownOptions(options, HEALTH_OPTIONS);
  const settings = requireHealthSettings(options);
  const series = requireVector("ic", ic);
  const adjusted = requireVector("turnoverAdjustedIc", turnoverAdjustedIc, series.length);
  return scoreOf(inputsOf(series, adjusted, settings.window), settings);
}
