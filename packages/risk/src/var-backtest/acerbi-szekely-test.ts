import { createRandom, normalQuantile, studentTQuantile, type VectorLike } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireInteger,
  requireKnownOptions,
  requireProbability,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import type { QuantileFunction } from "../simulation/distribution.ts";
import { requireDegrees } from "../var/return-shape.ts";
import { smallest } from "../var/smallest.ts";
import { tailCount } from "../var/tail-probability.ts";
import { requireForecast, type TestResult } from "./exceptions.ts";

/**
 * The shape of the law that the forecasts were made from; its scale on each day is the one that gives the forecast value
 * at risk. A function is the quantile of any law about 0.
 */
export type ForecastShape = "normal" | { readonly studentT: number } | QuantileFunction;

export interface AcerbiSzekelyOptions {
  /** The value at risk forecast for each day, a positive loss, or one for all. */
  readonly valueAtRisk: VectorLike | number;
  /** The expected shortfall forecast for each day, or one for all; at least the value at risk. */
  readonly expectedShortfall: VectorLike | number;
  /** The tail's probability, 1 − confidence. */
  readonly probability: number;
  /** @defaultValue "normal" */
  readonly distribution?: ForecastShape;
  /** Histories drawn under the forecasts. @defaultValue 5000 */
  readonly scenarios?: number;
  /** Any string or finite number. */
  readonly seed: string | number;
}

/** A statistic that is 0 on average under the forecasts and negative where losses were worse. */
export interface SimulatedTest extends TestResult {
  /** Of the p-value, from the number of histories. */
  readonly standardError: number;
}

export interface AcerbiSzekelyTest {
  /** Z₁: how much worse exceptions were than the shortfall forecast; NaN without any. */
  readonly conditional: SimulatedTest;
  /** Z₂: their size and their number at once. */
  readonly unconditional: SimulatedTest;
  /** Z₃: the shortfall of the returns in units of their forecast scale; NaN when the tail holds less than one day. */
  readonly ranks: SimulatedTest;
  readonly exceptions: number;
}

interface Forecasts {
  readonly valueAtRisk: Float64Array;
  readonly expectedShortfall: Float64Array;
  readonly alpha: number;
}

/** Z₁, Z₂, and the empirical shortfall of the returns over their scales. */
function statisticsOf(
  returns: Float64Array,
  scales: Float64Array,
  forecasts: Forecasts,
): [number, number, number] {
  const { valueAtRisk, expectedShortfall, alpha } = forecasts;
  const T = returns.length;
  const scaled = new Float64Array(T);
  let sum = 0;
  let count = 0;
  for (let t = 0; t < T; t++) {
    scaled[t] = returns[t]! / scales[t]!;
    if (!(-returns[t]! > valueAtRisk[t]!)) continue;
    sum += returns[t]! / expectedShortfall[t]!;
    count++;
  }
  const members = Math.floor(tailCount(T, alpha));
  const tail = members === 0 ? Number.NaN : smallest(scaled, members).reduce((a, b) => a + b, 0) / -members;
  return [sum / count + 1, sum / (T * alpha) + 1, tail];
}

function quantileOf(distribution: ForecastShape): QuantileFunction {
  if (distribution === "normal") return normalQuantile;
  if (typeof distribution === "function") return distribution;
  if (typeof distribution === "object" && distribution !== null) {
    requireKnownOptions(distribution, ["studentT"], "distribution");
    const nu = requireDegrees("distribution.studentT", distribution.studentT);
    return (probability) => studentTQuantile(probability, nu);
  }
  throw new QuantError(
    "option",
    `distribution must be 'normal', { studentT } or a quantile function, got ${show(distribution)}`,
    { argument: "distribution" },
  );
}

function drawShape(distribution: ForecastShape, seed: string | number): (out: Float64Array) => void {
  const random = createRandom(seed);
  if (distribution === "normal") return (out) => random.fillNormal(out);
  if (typeof distribution === "object") return (out) => random.fillStudentT(out, distribution.studentT);
  return (out) => {
    random.fillUniform(out);
    for (let t = 0; t < out.length; t++) out[t] = distribution(out[t]!);
  };
}

function requireForecasts(options: AcerbiSzekelyOptions, days: number): Forecasts {
  const alpha = requireProbability("probability", options.probability);
  const valueAtRisk = requireForecast("valueAtRisk", options.valueAtRisk, days);
  const expectedShortfall = requireForecast("expectedShortfall", options.expectedShortfall, days);
  for (let t = 0; t < days; t++) {
    if (!(valueAtRisk[t]! > 0)) {
      throw new QuantError("range", `valueAtRisk[${t}] must be positive, got ${valueAtRisk[t]}`, {
        argument: "valueAtRisk",
        index: t,
      });
    }
    if (expectedShortfall[t]! >= valueAtRisk[t]!) continue;
    throw new QuantError(
      "range",
      `expectedShortfall[${t}] must be at least the value at risk ${valueAtRisk[t]}, got ${expectedShortfall[t]}`,
      { argument: "expectedShortfall", index: t },
    );
  }
  return { valueAtRisk, expectedShortfall, alpha };
}

/** The loss at the tail's edge of a law of scale 1. */
function requireLoss(edge: number, alpha: number): number {
  if (edge < 0 && Number.isFinite(edge)) return -edge;
  throw new QuantError(
    "range",
    `distribution must lose at probability ${alpha} for a value at risk to give its scale, got ${show(edge)}`,
    { argument: "distribution", probability: alpha, value: edge },
  );
}

/** How often a simulated statistic is as low as the observed one, of those that exist. */
function judge(statistic: number, simulated: Float64Array): SimulatedTest {
  const known = simulated.filter((z) => !Number.isNaN(z));
  if (Number.isNaN(statistic) || known.length === 0) {
    return { statistic, pValue: Number.NaN, standardError: Number.NaN };
  }
  const below = known.reduce((count, z) => count + (z <= statistic ? 1 : 0), 0);
  const pValue = (below + 1) / (known.length + 1);
  return { statistic, pValue, standardError: Math.sqrt((pValue * (1 - pValue)) / known.length) };
}

/**
 * Acerbi and Székely's three tests of an expected shortfall against what then happened. Negative statistics say that
 * losses were worse than forecast; the p-values are the shares of histories, drawn under the forecasts, that look as bad
 * [ZeliadeBacktesting].
 *
 * @param returns one realised return a day; each forecast belongs to the return of its own row.
 * @throws QuantError "shape" for lengths that differ, "not-finite" for a NaN, "range" for a value at risk that is not
 *   positive or above the shortfall, a probability outside (0, 1) or scenarios outside [1, 10⁶], "option" for an unknown
 *   distribution.
 */
export function acerbiSzekelyTest(returns: VectorLike, options: AcerbiSzekelyOptions): AcerbiSzekelyTest {
  requireKnownOptions(options, [
    "valueAtRisk",
    "expectedShortfall",
    "probability",
    "distribution",
    "scenarios",
    "seed",
  ]);
  const { distribution = "normal", seed } = options;
  const realised = requireReturns("returns", returns);
  const T = realised.length;
  const forecasts = requireForecasts(options, T);
  const scenarios = requireInteger("scenarios", options.scenarios ?? 5000, 1, 1e6);
  const unit = requireLoss(quantileOf(distribution)(forecasts.alpha), forecasts.alpha);
  const scales = forecasts.valueAtRisk.map((loss) => loss / unit);
  const draw = drawShape(distribution, seed);
  const history = new Float64Array(T);
  const simulated = [0, 1, 2].map(() => new Float64Array(scenarios));
  for (let s = 0; s < scenarios; s++) {
    draw(history);
    for (let t = 0; t < T; t++) history[t]! *= scales[t]!;
    statisticsOf(history, scales, forecasts).forEach((z, k) => {
      simulated[k]![s] = z;
    });
  }
  const [z1, z2, tail] = statisticsOf(realised, scales, forecasts);
  const expectedTail = simulated[2]!.reduce((a, b) => a + b, 0) / scenarios;
  return {
    conditional: judge(z1, simulated[0]!),
    unconditional: judge(z2, simulated[1]!),
    ranks: judge(
      1 - tail / expectedTail,
      simulated[2]!.map((es) => 1 - es / expectedTail),
    ),
    exceptions: realised.reduce((count, r, t) => count + (-r > forecasts.valueAtRisk[t]! ? 1 : 0), 0),
  };
}
