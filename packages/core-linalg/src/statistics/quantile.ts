import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";

/** The names of {@link QuantileMethod}. */
export const QUANTILE_METHODS = [
  "R-1",
  "R-2",
  "R-3",
  "R-4",
  "R-5",
  "R-6",
  "R-7",
  "R-8",
  "R-9",
  "lower",
  "higher",
] as const;

/**
 * How a sample quantile is read off the order statistics: the nine types of Hyndman and Fan under R's numbers,
 * and the plain neighbours of the R-7 position.
 *
 * | name | elsewhere | between order statistics |
 * |---|---|---|
 * | `R-1` | numpy `inverted_cdf` | a step: the smallest value with at least q of the sample at or below it |
 * | `R-2` | numpy `averaged_inverted_cdf` | as R-1, the middle of two at a step |
 * | `R-3` | numpy `closest_observation` | the nearest, ties to the even order statistic |
 * | `R-4` | numpy `interpolated_inverted_cdf` | linear, position n q |
 * | `R-5` | numpy `hazen` | linear, position n q + ½ |
 * | `R-6` | numpy `weibull` | linear, position (n + 1) q |
 * | `R-7` | numpy `linear`, the default of R, numpy and pandas | linear, position (n − 1) q + 1 |
 * | `R-8` | numpy `median_unbiased` | linear, position (n + ⅓) q + ⅓ |
 * | `R-9` | numpy `normal_unbiased` | linear, position (n + ¼) q + ⅜ |
 * | `lower`, `higher` | numpy's of the same name | the order statistic below or above the R-7 position |
 */
export type QuantileMethod = (typeof QUANTILE_METHODS)[number];

export interface QuantileOptions {
  /** @defaultValue "R-7" */
  readonly method?: QuantileMethod;
}

/** The value, if it is in [0, 1]. */
export function requireQuantileLevel(q: unknown, name = "q"): number {
  if (typeof q === "number" && q >= 0 && q <= 1) return q;
  const code = typeof q === "number" && !Number.isFinite(q) ? "not-finite" : "range";
  throw new QuantError(code, `${name} must be between 0 and 1, got ${show(q)}`, { argument: name, value: q });
}

/** A position that is an integer but for rounding (100 × 0.07 is 7.000000000000001) is that integer. */
function withoutRounding(position: number): number {
  const nearest = Math.round(position);
  return Math.abs(position - nearest) <= 4 * Number.EPSILON * Math.max(1, nearest) ? nearest : position;
}

/** The position counted from 1, before it is brought into the sample. */
function positionFromOne(n: number, q: number, method: QuantileMethod): number {
  switch (method) {
    case "R-1":
      return Math.ceil(withoutRounding(n * q));
    case "R-2": {
      const steps = withoutRounding(n * q);
      return Number.isInteger(steps) ? steps + 0.5 : Math.ceil(steps);
    }
    case "R-3": {
      const middle = withoutRounding(n * q - 0.5);
      const below = Math.floor(middle);
      return middle === below && below % 2 === 0 ? below : below + 1;
    }
    case "R-4":
      return withoutRounding(n * q);
    case "R-5":
      return withoutRounding(n * q + 0.5);
    case "R-6":
      return withoutRounding((n + 1) * q);
    case "R-7":
      return withoutRounding((n - 1) * q) + 1;
    case "R-8":
      return withoutRounding((n + 1 / 3) * q + 1 / 3);
    case "R-9":
      return withoutRounding((n + 0.25) * q + 0.375);
    case "lower":
      return Math.floor(withoutRounding((n - 1) * q)) + 1;
    case "higher":
      return Math.ceil(withoutRounding((n - 1) * q)) + 1;
  }
}

/** Where the quantile lies among n sorted values: 0 is the smallest, n − 1 the largest, between them a mixture. */
export function quantilePosition(n: number, q: number, method: QuantileMethod): number {
  return Math.min(Math.max(positionFromOne(n, q, method) - 1, 0), n - 1);
}

/** The value at a position of `sorted`, counted from `start`; linear between neighbours. */
export function valueAtPosition(sorted: Float64Array, start: number, position: number): number {
  const below = Math.floor(position);
  const fraction = position - below;
  const a = sorted[start + below]!;
  if (fraction === 0) return a;
  const b = sorted[start + below + 1]!;
  const gap = b - a;
  if (gap === 0) return a;
  // Infinite neighbours, or finite ones so far apart that their difference is not a double.
  if (!Number.isFinite(gap)) return (1 - fraction) * a + fraction * b;
  return fraction < 0.5 ? a + gap * fraction : b - gap * (1 - fraction);
}

/**
 * The q-quantile of a sample, 0 ≤ q ≤ 1, in the sample's unit and sign. NaN for an empty sample and for one
 * that holds a NaN. The sample need not be sorted and is not changed.
 *
 * @throws QuantError "range" for q outside [0, 1], "option" for an unknown method, "shape" for no vector.
 */
export function quantile(x: VectorLike, q: number, options: QuantileOptions = {}): number {
  requireKnownOptions(options, ["method"]);
  const { method = "R-7" } = options;
  requireOneOf("method", method, QUANTILE_METHODS);
  requireQuantileLevel(q);
  const sorted = Float64Array.from(requireVector("x", x)).sort();
  // Sorting puts NaN last.
  if (sorted.length === 0 || Number.isNaN(sorted[sorted.length - 1])) return Number.NaN;
  return valueAtPosition(sorted, 0, quantilePosition(sorted.length, q, method));
}
