import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { outputDraws } from "./correlated-draws.ts";
import { type SobolOptions, SobolSequence } from "./sobol-sequence.ts";

export interface SobolPointsOptions extends SobolOptions {
  /** How many points; a power of two keeps them balanced. */
  readonly count: number;
  /** The number of the first one. @defaultValue 0 */
  readonly skip?: number;
  /** Where to write them, count×dimensions. */
  readonly out?: Matrix;
}

function prepare(dimensions: number, options: SobolPointsOptions): { sequence: SobolSequence; out: Matrix } {
  requireKnownOptions(options, ["count", "skip", "scramble", "seed", "out"]);
  const { count, skip = 0, out, ...randomisation } = options;
  const sequence = new SobolSequence(dimensions, randomisation);
  requireInteger("count", count, 0);
  requireInteger("skip", skip, 0);
  return { sequence: sequence.skip(skip), out: outputDraws(out, count, dimensions) };
}

/**
 * `count` points of a Sobol sequence, count×dimensions, in [0, 1): what a new {@link SobolSequence} gives.
 *
 * @throws QuantError as the sequence does, "range" for a count or skip that is no integer ≥ 0 or passes 2⁵² points,
 *   "shape" for an `out` that does not fit.
 */
export function sobolPoints(dimensions: number, options: SobolPointsOptions): Matrix {
  const { sequence, out } = prepare(dimensions, options);
  return sequence.fill(out);
}

/**
 * As {@link sobolPoints}, with standard normals: what {@link SobolSequence.fillNormal} gives. {@link correlatedDraws}
 * gives them a covariance.
 *
 * @throws QuantError as {@link sobolPoints}.
 */
export function sobolNormals(dimensions: number, options: SobolPointsOptions): Matrix {
  const { sequence, out } = prepare(dimensions, options);
  return sequence.fillNormal(out);
}
