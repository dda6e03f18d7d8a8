import { createRandom, type VectorLike } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  requireProbability,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import {
  HISTORICAL_OPTIONS,
  type HistoricalVar,
  type HistoricalVarOptions,
  historicalVar,
} from "./historical-var.ts";
import { requireTail, tailProbability } from "./tail-probability.ts";

/** How one period's variance follows from the one before and its return. */
export type VolatilityModel =
  | { readonly ewma: number }
  | { readonly garch: { readonly omega: number; readonly alpha: number; readonly beta: number } };

export interface FilteredHistoricalVarOptions extends HistoricalVarOptions {
  /**
   * - `{ ewma: λ }`: σ² ← λ σ² + (1 − λ) r²
   * - `{ garch: { omega, alpha, beta } }`: σ² ← ω + α r² + β σ²
   *
   * @defaultValue { ewma: 0.94 }
   */
  readonly volatility?: VolatilityModel;
  /** Returns that only start the variance, by their mean square. @defaultValue 20 */
  readonly warmUp?: number;
  /** Periods that are held. More than one are simulated from the standardised returns. @defaultValue 1 */
  readonly horizon?: number;
  /** Paths of a horizon beyond 1. @defaultValue 10000 */
  readonly scenarios?: number;
  /** Any string or finite number; wanted by a horizon beyond 1. */
  readonly seed?: string | number;
}

export interface FilteredHistoricalVar extends HistoricalVar {
  /** The volatility forecast for the period after the last return. */
  readonly volatility: number;
  /** Every return after the warm-up over its own forecast. */
  readonly standardised: Float64Array;
}

type Recursion = (variance: number, r: number) => number;

function recursionOf(model: VolatilityModel): Recursion {
  if (typeof model === "object" && model !== null && "ewma" in model) {
    requireKnownOptions(model, ["ewma"], "volatility");
    const decay = requireProbability("volatility.ewma", model.ewma);
    return (variance, r) => decay * variance + (1 - decay) * r * r;
  }
  if (typeof model === "object" && model !== null && "garch" in model) {
    requireKnownOptions(model, ["garch"], "volatility");
    requireKnownOptions(model.garch, ["omega", "alpha", "beta"], "volatility.garch");
    const omega = requireNonNegative("volatility.garch.omega", model.garch.omega);
    const alpha = requireNonNegative("volatility.garch.alpha", model.garch.alpha);
    const beta = requireNonNegative("volatility.garch.beta", model.garch.beta);
    return (variance, r) => omega + alpha * r * r + beta * variance;
  }
  throw new QuantError(
    "option",
    `volatility must be { ewma } or { garch: { omega, alpha, beta } }, got ${show(model)}`,
    { argument: "volatility" },
  );
}

const FILTER_OPTIONS = ["volatility", "warmUp", "horizon", "scenarios", "seed"] as const;

interface Filtered {
  readonly standardised: Float64Array;
  /** The forecast for the period after the last. */
  readonly variance: number;
}

/** Each return over the volatility forecast from those before it alone. */
function filter(returns: Float64Array, warmUp: number, next: Recursion): Filtered {
  let variance = returns.subarray(0, warmUp).reduce((sum, r) => sum + r * r, 0) / warmUp;
  const standardised = new Float64Array(returns.length - warmUp);
  for (let t = warmUp; t < returns.length; t++) {
    if (!(variance > 0)) {
      throw new QuantError(
        "data",
        `the variance forecast for returns[${t}] must be positive, got ${variance}`,
        {
          argument: "returns",
          index: t,
          variance,
        },
      );
    }
    standardised[t - warmUp] = returns[t]! / Math.sqrt(variance);
    variance = next(variance, returns[t]!);
  }
  return { standardised, variance };
}

/** Paths of returns drawn again from the standardised ones, each under the volatility its own path has come to. */
function simulatePaths(
  { standardised, variance }: Filtered,
  next: Recursion,
  horizon: number,
  scenarios: number,
  seed: string | number,
): Float64Array {
  const places = new Int32Array(horizon);
  const random = createRandom(seed);
  const paths = Float64Array.from({ length: scenarios }, () => {
    random.fillInteger(places, standardised.length);
    let now = variance;
    let growth = 1;
    for (const place of places) {
      const r = Math.sqrt(now) * standardised[place]!;
      growth *= 1 + r;
      now = next(now, r);
    }
    return growth - 1;
  });
  if (paths.every((r) => Number.isFinite(r))) return paths;
  throw new QuantError(
    "data",
    `volatility must leave the simulated returns of ${horizon} periods finite: this one grows without end`,
    { argument: "volatility", horizon },
  );
}

/**
 * Volatility-filtered historical simulation: each return is divided by the volatility forecast for its day from the
 * returns before it, and multiplied by today's forecast, so that calm years speak of a nervous market [Dowd]. Over
 * several periods the standardised returns are drawn again, and each path's volatility follows its own returns. Its
 * errors take the sample for independent and the forecasts for right; over several periods they are those of the
 * simulation alone.
 *
 * @param returns fractions, oldest first.
 * @throws QuantError as {@link historicalVar}; "range" for a warm-up or scenarios that leave no tail, "data" for a
 *   variance that comes to zero or grows without end, "option" for a horizon beyond 1 without a seed.
 */
export function filteredHistoricalVar(
  returns: VectorLike,
  options: FilteredHistoricalVarOptions,
): FilteredHistoricalVar {
  requireKnownOptions(options, [...HISTORICAL_OPTIONS, ...FILTER_OPTIONS]);
  const { volatility, warmUp, horizon, scenarios, seed, ...rest } = options;
  const next = recursionOf(volatility ?? { ewma: 0.94 });
  const alpha = tailProbability(rest.confidence);
  const given = requireReturns("returns", returns);
  const start = requireInteger("warmUp", warmUp ?? 20, 1);
  const periods = requireInteger("horizon", horizon ?? 1, 1);
  const paths = requireInteger("scenarios", scenarios ?? 10_000, 1, 1e7);
  const left = Math.max(0, given.length - start);
  if (periods === 1) requireTail(`returns after the warmUp of ${start}`, left, alpha);
  else requireTail("scenarios", paths, alpha);
  if (left === 0) {
    throw new QuantError(
      "range",
      `returns must have more entries than the warmUp of ${start}, got ${given.length}`,
      { argument: "returns", warmUp: start, length: given.length },
    );
  }
  if (periods > 1 && seed === undefined) {
    throw new QuantError("option", `a horizon of ${periods} needs a seed, got undefined`, {
      argument: "seed",
    });
  }
  const filtered = filter(given, start, next);
  const sigma = Math.sqrt(requirePositive("the variance forecast", filtered.variance));
  const sample =
    periods === 1
      ? filtered.standardised.map((z) => z * sigma)
      : simulatePaths(filtered, next, periods, paths, seed!);
  return { ...historicalVar(sample, rest), volatility: sigma, standardised: filtered.standardised };
}
