import { normalCdf, normalQuantile } from "../special/normal.ts";
import { mean } from "./moments.ts";
import { quantile } from "./quantile.ts";

/** The names of {@link IntervalMethod}. */
export const INTERVAL_METHODS = ["percentile", "basic", "bca"] as const;

/**
 * How an interval is read off the replications θ*.
 *
 * | name | ends |
 * |---|---|
 * | `percentile` | quantiles of θ* |
 * | `basic` | 2 θ less the quantiles of θ*, exchanged |
 * | `bca` | quantiles of θ* at levels corrected for bias and for the standard error's slope (Efron) |
 */
export type IntervalMethod = (typeof INTERVAL_METHODS)[number];

export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
}

interface Evidence {
  readonly series: Float64Array;
  readonly of: (sample: Float64Array) => number;
  readonly estimate: number;
  readonly replications: Float64Array;
  readonly confidence: number;
}

/** Σ d³ ÷ (6 (Σ d²)^(3/2)) over what leaving out one observation lowers the statistic by: 0 when it changes nothing. */
function acceleration({ series, of }: Evidence): number {
  const n = series.length;
  const rest = series.slice(1);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    values[i] = of(rest.slice());
    if (i < n - 1) rest[i] = series[i]!;
  }
  const centre = mean(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const d = centre - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}

/** The level of θ* that stands for the level p of the law of θ: Φ(z₀ + (z₀ + z_p) ÷ (1 − a (z₀ + z_p))). */
function correctedLevels(evidence: Evidence, levels: readonly number[]): number[] {
  const { replications, estimate } = evidence;
  let below = 0;
  for (const value of replications) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const z0 = normalQuantile(below / replications.length);
  const a = acceleration(evidence);
  return levels.map((p) => {
    const z = z0 + normalQuantile(p);
    return normalCdf(z0 + z / (1 - a * z));
  });
}

export function bootstrapInterval(method: IntervalMethod, evidence: Evidence): BootstrapInterval {
  const { estimate, replications, confidence } = evidence;
  const tail = (1 - confidence) / 2;
  const plain = [tail, 1 - tail];
  const [low, high] = method === "bca" ? correctedLevels(evidence, plain) : plain;
  if (!(low! >= 0 && high! >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  const lower = quantile(replications, low!);
  const upper = quantile(replications, high!);
  return method === "basic" ? { lower: 2 * estimate - upper, upper: 2 * estimate - lower } : { lower, upper };
}
