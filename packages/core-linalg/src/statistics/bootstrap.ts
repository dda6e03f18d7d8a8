import { requireInteger, requireProbability } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import type { Random } from "../random/random.ts";
import { automaticBlockLength } from "./block-length.ts";
import {
  type BootstrapInterval,
  bootstrapInterval,
  INTERVAL_METHODS,
  type IntervalMethod,
} from "./bootstrap-interval.ts";
import { mean, variance } from "./moments.ts";
import { circularBlocks, independent, type Resample, stationaryBlocks } from "./resample.ts";

const BOOTSTRAP_METHODS = ["independent", "stationary", "circular"] as const;

/**
 * How a resample is drawn.
 *
 * | name | draws |
 * |---|---|
 * | `independent` | single observations: for data without memory |
 * | `stationary` | runs of geometric length around the circle of the series (Politis and Romano) [arch] |
 * | `circular` | runs of one length around the circle of the series |
 */
export type BootstrapMethod = (typeof BOOTSTRAP_METHODS)[number];

/** A number that a sample has. The sample is the bootstrap's own array: it is not to be kept or changed. */
export type Statistic = (sample: Float64Array) => number;

export interface BootstrapOptions {
  /** Where the draws come from; replication r depends on its seed and on r alone, and it does not move. */
  readonly random: Random;
  /** @defaultValue "mean" */
  readonly statistic?: "mean" | Statistic;
  /** @defaultValue 1000 */
  readonly replications?: number;
  /** @defaultValue "independent" */
  readonly method?: BootstrapMethod;
  /**
   * The mean length of the stationary bootstrap's blocks (≥ 1), or the circular one's length (an integer ≥ 1); at most n.
   *
   * @defaultValue {@link automaticBlockLength}, rounded up for "circular"
   */
  readonly blockLength?: number;
  /** The probability that the interval shall have. @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * `percentile`, `basic`, or `bca`, which corrects bias and skewness and is for "independent" draws only.
   *
   * @defaultValue "percentile"
   */
  readonly interval?: IntervalMethod;
}

export interface Bootstrap {
  /** The statistic of the data. */
  readonly estimate: number;
  /** The standard deviation (n − 1) of the replications. */
  readonly standardError: number;
  /** The mean of the replications less the estimate. */
  readonly bias: number;
  readonly interval: BootstrapInterval;
  /** The statistic of every resample. */
  readonly replications: Float64Array;
  /** As used; 1 for independent draws. */
  readonly blockLength: number;
}

function requireGenerator(random: Random): Random {
  if (typeof random?.fork === "function") return random;
  throw new QuantError("option", `random must be a generator that can fork, got ${show(random)}`, {
    argument: "random",
  });
}

function requireStatistic(statistic: "mean" | Statistic): Statistic {
  if (statistic === "mean") return mean;
  if (typeof statistic === "function") return statistic;
  throw new QuantError("option", `statistic must be "mean" or a function, got ${show(statistic)}`, {
    argument: "statistic",
  });
}

function requireBlockLength(length: unknown, whole: boolean, n: number): number {
  if (whole) return requireInteger("blockLength", length, 1, n);
  if (typeof length === "number" && length >= 1 && length <= n) return length;
  const code = typeof length === "number" && !Number.isFinite(length) ? "not-finite" : "range";
  throw new QuantError(code, `blockLength must be between 1 and ${n}, got ${show(length)}`, {
    argument: "blockLength",
    value: length,
  });
}

/** A constant series has no best block length; any one does. */
function automatic(series: Float64Array, method: "stationary" | "circular"): number {
  const length = Math.max(1, automaticBlockLength(series)[method] || 1);
  return method === "circular" ? Math.ceil(length) : length;
}

function blockLengthOf(series: Float64Array, method: BootstrapMethod, given: number | undefined): number {
  if (method === "independent") {
    if (given === undefined || given === 1) return 1;
    throw new QuantError("option", `blockLength must be left out for independent draws, got ${show(given)}`, {
      argument: "blockLength",
    });
  }
  if (given === undefined) return automatic(series, method);
  return requireBlockLength(given, method === "circular", series.length);
}

function resampleBy(method: BootstrapMethod, blockLength: number): Resample {
  if (method === "independent") return independent();
  return method === "stationary" ? stationaryBlocks(blockLength) : circularBlocks(blockLength);
}

function replicate(series: Float64Array, resample: Resample, of: Statistic, random: Random, count: number) {
  const source = random.fork("bootstrap");
  const positions = new Int32Array(series.length);
  const sample = new Float64Array(series.length);
  return Float64Array.from({ length: count }, (_, r) => {
    resample(source.fork(r), positions);
    for (let t = 0; t < sample.length; t++) sample[t] = series[positions[t]!]!;
    return of(sample);
  });
}

/**
 * How far a statistic of a sample may be off, by computing it again on samples drawn from the sample. Replication r
 * depends on the seed of `random` and on r alone: more replications leave the first ones as they were. A statistic that
 * answers NaN makes the standard error and the interval NaN.
 *
 * @throws QuantError "range" for fewer than two observations (ten for an automatic block length), a block length outside
 *   [1, n], a confidence outside (0, 1) or replications that are no integer in [2, 1e7]; "not-finite" for a NaN or an
 *   infinity in x; "option" for an unknown name, a `random` that cannot fork, or "bca" with blocks; "shape" when x is no
 *   vector.
 */
export function bootstrap(x: VectorLike, options: BootstrapOptions): Bootstrap {
  requireKnownOptions(options, [
    "random",
    "statistic",
    "replications",
    "method",
    "blockLength",
    "confidence",
    "interval",
  ]);
  const { replications: count = 1000, confidence = 0.95 } = options;
  const { method = "independent", interval = "percentile" } = options;
  const random = requireGenerator(options.random);
  const of = requireStatistic(options.statistic ?? "mean");
  requireInteger("replications", count, 2, 1e7);
  requireOneOf("method", method, BOOTSTRAP_METHODS);
  requireProbability("confidence", confidence);
  requireOneOf("interval", interval, INTERVAL_METHODS);
  if (interval === "bca" && method !== "independent") {
    throw new QuantError("option", `interval 'bca' must go with independent draws, got method '${method}'`, {
      interval,
      method,
    });
  }
  const series = requireFiniteVector("x", x);
  requireInteger("the number of observations", series.length, 2);
  const blockLength = blockLengthOf(series, method, options.blockLength);
  const estimate = of(series.slice());
  const replications = replicate(series, resampleBy(method, blockLength), of, random, count);
  return {
    estimate,
    standardError: Math.sqrt(variance(replications)),
    bias: mean(replications) - estimate,
    interval: bootstrapInterval(interval, { series, of, estimate, replications, confidence }),
    replications,
    blockLength,
  };
}
