import { automaticBlockLength, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
  requireProbability,
  show,
} from "@astra-quant/core-linalg/guards";
import { begunReturns, requireNoGap } from "../rows/begun-returns.ts";
import { RESAMPLE_METHODS, type ResampleMethod } from "./block-draws.ts";

export interface ResampleEquityOptions {
  /** Path r depends on the seed and on r alone. */
  readonly seed: string | number;
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /**
   * Paths drawn.
   * @defaultValue 1000
   */
  readonly count?: number;
  /** @defaultValue "stationary" */
  readonly method?: ResampleMethod;
  /**
   * The mean length of the stationary bootstrap's blocks (≥ 1), or the length of the others' (an integer ≥ 1); at most
   * the number of returns.
   * @defaultValue `automaticBlockLength` (Politis and White), rounded up but for "stationary"
   */
  readonly blockLength?: number;
  /** Returns of each path. @defaultValue as many as there are */
  readonly horizon?: number;
  /** The probability that each interval shall have. @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * A drawdown whose probability is asked for, ≤ 0.
   * @defaultValue -0.2
   */
  readonly drawdown?: number;
  /**
   * The part of the initial capital at or below which the account counts as ruined, in (0, 1).
   * @defaultValue 0.5
   */
  readonly ruin?: number;
}

/** A resampling that has been read. */
export interface ResamplePlan extends Required<ResampleEquityOptions> {
  readonly series: Float64Array;
}

const NAMES: readonly (keyof ResampleEquityOptions)[] = [
  "seed",
  "periodsPerYear",
  "count",
  "method",
  "blockLength",
  "horizon",
  "confidence",
  "drawdown",
  "ruin",
];
const MOST_PATHS = 1e7;
const FEWEST_FOR_AUTOMATIC = 10;

/** A constant series has no best block length; any one does. */
function automatic(series: Float64Array, method: "stationary" | "circular" | "moving"): number {
  requireInteger("the number of returns", series.length, FEWEST_FOR_AUTOMATIC);
  const { stationary, circular } = automaticBlockLength(series);
  return method === "stationary" ? Math.max(1, stationary || 1) : Math.ceil(Math.max(1, circular || 1));
}

function blockLengthOf(series: Float64Array, method: ResampleMethod, given: number | undefined): number {
  if (method === "independent") {
    if (given === undefined || given === 1) return 1;
    throw new QuantError("option", `blockLength must be left out for independent draws, got ${show(given)}`, {
      argument: "blockLength",
    });
  }
  if (given === undefined) return automatic(series, method);
  if (method !== "stationary") return requireInteger("blockLength", given, 1, series.length);
  const length = requireFinite("blockLength", given);
  if (length >= 1 && length <= series.length) return length;
  throw new QuantError("range", `blockLength must be between 1 and ${series.length}, got ${length}`, {
    argument: "blockLength",
    value: length,
  });
}

function requireDrawdown(drawdown: number): number {
  const given = requireFinite("drawdown", drawdown);
  if (given <= 0) return given;
  throw new QuantError("range", `drawdown must be at most 0, got ${given}`, {
    argument: "drawdown",
    value: given,
  });
}

export function readResample(returns: VectorLike, options: ResampleEquityOptions): ResamplePlan {
  requireKnownOptions(options, NAMES);
  const { seed, periodsPerYear, count = 1000, method = "stationary", confidence = 0.95 } = options;
  const { drawdown = -0.2, ruin = 0.5 } = options;
  const series = begunReturns(returns);
  requireNoGap(series, returns);
  requireInteger("the number of returns", series.length, 2);
  requireOneOf("method", method, RESAMPLE_METHODS);
  return {
    series,
    seed,
    periodsPerYear: requirePositive("periodsPerYear", periodsPerYear),
    count: requireInteger("count", count, 2, MOST_PATHS),
    method,
    blockLength: blockLengthOf(series, method, options.blockLength),
    horizon: requireInteger("horizon", options.horizon ?? series.length, 2),
    confidence: requireProbability("confidence", confidence),
    drawdown: requireDrawdown(drawdown),
    ruin: requireProbability("ruin", ruin),
  };
}
