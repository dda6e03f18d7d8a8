import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type CovarianceEstimate, withCondition } from "./covariance-estimate.ts";
import { requireRows, sampleCovariance } from "./sample-covariance.ts";

export interface GerberCovarianceOptions {
  /** Moves below this many standard deviations are noise; in (0, 1]. @defaultValue 0.5 */
  readonly threshold?: number;
  /** Of the standard deviations. @defaultValue 1 */
  readonly ddof?: number;
}

export interface GerberCovariance extends CovarianceEstimate {
  /** n×n Gerber statistics, ones on the diagonal. */
  readonly correlation: Matrix;
}

function requireThreshold(threshold: unknown): number {
  if (typeof threshold === "number" && threshold > 0 && threshold <= 1) return threshold;
  throw new QuantError("range", `threshold must be in (0, 1], got ${show(threshold)}`, {
    argument: "threshold",
    value: threshold,
  });
}

/** The ones among 32 bits, by adding them up in ever wider fields. */
function countOnes(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Which rows moved up and which moved down beyond the threshold: one bit a row, `words` words an asset. */
interface Moves {
  readonly up: Int32Array;
  readonly down: Int32Array;
  readonly words: number;
}

function movesOf({ rows: T, columns: n, data }: Matrix, limits: Float64Array): Moves {
  const words = Math.ceil(T / 32);
  const up = new Int32Array(n * words);
  const down = new Int32Array(n * words);
  for (let t = 0; t < T; t++) {
    const bit = 1 << (t & 31);
    for (let j = 0; j < n; j++) {
      const limit = limits[j]!;
      if (limit === 0) continue; // an asset without variance does not move
      const x = data[t * n + j]!;
      const word = j * words + (t >> 5);
      if (x >= limit) up[word]! |= bit;
      else if (x <= -limit) down[word]! |= bit;
    }
  }
  return { up, down, words };
}

/** g_ij = (n_UU + n_DD − n_UD − n_DU) ÷ (T − n_NN): the divisor counts the rows in which either asset moved. */
function gerberStatistic({ up, down, words }: Moves, i: number, j: number): number {
  let concordant = 0;
  let discordant = 0;
  let either = 0;
  for (let w = 0; w < words; w++) {
    const upI = up[i * words + w]!;
    const downI = down[i * words + w]!;
    const upJ = up[j * words + w]!;
    const downJ = down[j * words + w]!;
    concordant += countOnes((upI & upJ) | (downI & downJ));
    discordant += countOnes((upI & downJ) | (downI & upJ));
    either += countOnes(upI | downI | upJ | downJ);
  }
  return either === 0 ? 0 : (concordant - discordant) / either;
}

/**
 * The Gerber covariance of a time × assets matrix of returns: σ_i σ_j times the share by which common moves of the same
 * sign outnumber those of opposite sign, among rows where either return reaches `threshold` standard deviations from
 * zero. Small moves are noise to it and the size of a large one does not matter. This is the modified statistic of
 * Gerber, Markowitz, Ernst, Miao, Javid and Sargen (2022) as in [skfolio], which is positive semidefinite: a matrix of inner products
 * times the sum of the powers of another, entry by entry.
 *
 * An asset that never moved that far has statistics 0 with the others. Returns are not centred before they are compared.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere, "shape" for fewer than two rows or rows ≤ ddof, "range" for a
 *   threshold outside (0, 1].
 */
export function gerberCovariance(X: MatrixLike, options: GerberCovarianceOptions = {}): GerberCovariance {
  requireKnownOptions(options, ["threshold", "ddof"]);
  const { threshold = 0.5, ddof = 1 } = options;
  requireThreshold(threshold);
  requireInteger("ddof", ddof, 0);
  const x = requireFiniteMatrix("X", requireRows(X, Math.max(2, ddof + 1), ` for ddof ${ddof}`));
  const { covariance: sample, mean, observations } = sampleCovariance(x, { ddof });
  const n = x.columns;
  const sigma = Float64Array.from({ length: n }, (_, i) => Math.sqrt(sample.data[i * n + i]!));
  const moves = movesOf(
    x,
    sigma.map((value) => value * threshold),
  );
  const correlation = Matrix.identity(n);
  const covariance = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    covariance.data[i * n + i] = sample.data[i * n + i]!;
    for (let j = 0; j < i; j++) {
      const statistic = gerberStatistic(moves, i, j);
      const value = statistic * (sigma[i]! * sigma[j]!);
      correlation.data[i * n + j] = statistic;
      correlation.data[j * n + i] = statistic;
      covariance.data[i * n + j] = value;
      covariance.data[j * n + i] = value;
    }
  }
  return withCondition({ covariance, correlation, mean, observations });
}
