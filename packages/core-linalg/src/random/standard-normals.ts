import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { outputVector } from "../guards/vectors.ts";
import type { RandomSource } from "./random-source.ts";
import { requireRandom, type SeedrandomLike } from "./seedrandom-source.ts";
import { fillShaped, matchingFactor, type NormalShaping, requireShaping } from "./shaped-normals.ts";

export interface StandardNormalsOptions extends NormalShaping {
  /** How many to draw. */
  readonly count: number;
  /** Where to write them. */
  readonly out?: Float64Array;
}

/**
 * `count` standard normals, plain or antithetic or with exact sample moments. Takes `count` draws of `random`, or the
 * larger half of them for antithetic pairs.
 *
 * @throws QuantError "range" for a count that is no integer ≥ 0 or too small for its variance to be matched, "shape"
 *   for an `out` of another length, "option" for a `random` that is no generator.
 */
export function standardNormals(
  random: RandomSource | SeedrandomLike,
  options: StandardNormalsOptions,
): Float64Array {
  requireKnownOptions(options, ["count", "antithetic", "momentMatched", "out"]);
  const source = requireRandom("random", random, "fillNormal");
  const shaping = requireShaping(options);
  const count = requireInteger("count", options.count, 0);
  const out = outputVector(options.out, count);
  fillShaped(source, out, count, 1, shaping);
  if (shaping.momentMatched === "mean-and-covariance") {
    const scale = matchingFactor(out, count, 1, shaping, new Float64Array([1]))[0]!;
    for (let i = 0; i < count; i++) out[i]! *= scale;
  }
  return out;
}
