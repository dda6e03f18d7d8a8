import {
  type Matrix,
  type MatrixLike,
  normalCdf,
  quadraticForm,
  studentTCdf,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  QuantError,
  requireFiniteVector,
  requireKnownOptions,
  requirePositive,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { degreesOfShape, type ReturnShape } from "../var/return-shape.ts";
import { type HalfSpace, likeliestPoint } from "./likeliest-point.ts";
import { type Positions, requireBook, requireCovariance, type StressBook } from "./stress-book.ts";

export interface ReverseStressOptions {
  /** What is lost at least, > 0: money, or a fraction of capital where the book has weights and no capital. */
  readonly loss: number;
  /** n×n covariance of returns over the time of the scenario. @defaultValue the book's × horizon */
  readonly covariance?: MatrixLike;
  /** n expected returns over that time. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** Days of the scenario, > 0: the book's covariance is multiplied by it. @defaultValue 1 */
  readonly horizon?: number;
  /**
   * The law of returns: normal, or a multivariate Student t with the same covariance and more than 2 degrees of freedom.
   * The likeliest scenario is the same; its probability is not.
   *
   * @defaultValue "normal"
   */
  readonly distribution?: ReturnShape;
  /** What returns may be at least and at most: one for all assets, or one an asset (∓∞ for none). @defaultValue none */
  readonly bounds?: { readonly min?: number | VectorLike; readonly max?: number | VectorLike };
}

/** A position in the likeliest scenario. */
export interface ReversePosition {
  readonly asset: string;
  /** Return of the asset. */
  readonly shock: number;
  /** The shock less the mean, in the asset's own standard deviations; NaN for one without variance. */
  readonly deviations: number;
  /** notional × shock. */
  readonly pnl: number;
  /** True when the shock stands at a bound. */
  readonly atBound: boolean;
}

export type ReverseStress =
  | {
      readonly status: "found";
      /** The likeliest returns with such a loss, one an asset. */
      readonly shocks: Float64Array;
      readonly positions: readonly ReversePosition[];
      /** The positions' P&L added up in their order: −loss, to rounding (or a larger loss, where the mean is one). */
      readonly pnl: number;
      /** Mahalanobis distance of the scenario from the mean: √((x − μ)ᵀ Σ⁻¹ (x − μ)). */
      readonly distance: number;
      /** Of losing at least that much in any scenario, bounds or not, in (0, 1). */
      readonly probability: number;
    }
  | {
      /** No scenario within the bounds, or of this covariance, loses as much. */
      readonly status: "unreachable";
    };

function requireBounds(name: string, bound: unknown, n: number, none: number): Float64Array {
  const given = bound ?? none;
  const bounds = typeof given === "number" ? new Float64Array(n).fill(given) : requireVector(name, given, n);
  const strange = bounds.findIndex((value) => Number.isNaN(value) || value === -none);
  if (strange < 0) return bounds;
  throw new QuantError(
    "not-finite",
    `${name}[${strange}] must be a number or ${none}, got ${bounds[strange]}`,
    {
      argument: name,
      index: strange,
    },
  );
}

/** ± x_i ≥ ± bound for each bound that there is. */
function boundSpaces(min: Float64Array, max: Float64Array): HalfSpace[] {
  const spaces: HalfSpace[] = [];
  const push = (i: number, sign: 1 | -1, bound: number): void => {
    const normal = new Float64Array(min.length);
    normal[i] = sign;
    spaces.push({ normal, bound: sign * bound });
  };
  for (let i = 0; i < min.length; i++) {
    if (min[i]! > max[i]!) {
      throw new QuantError("range", `bounds.min[${i}] must be at most ${max[i]}, got ${min[i]}`, {
        argument: "bounds",
        index: i,
      });
    }
    if (min[i]! > Number.NEGATIVE_INFINITY) push(i, 1, min[i]!);
    if (max[i]! < Number.POSITIVE_INFINITY) push(i, -1, max[i]!);
  }
  return spaces;
}

/** The law of losses of the book: its mean, its deviation and the probability beyond. */
function probabilityOfLoss(lead: number, deviation: number, nu: number | undefined): number {
  const d = lead / deviation;
  return nu === undefined ? normalCdf(-d) : studentTCdf(-d * Math.sqrt(nu / (nu - 2)), nu);
}

/** (x − μ)ᵀ Σ⁻¹ (x − μ) = (Σ λ a)ᵀ(x − μ) for x − μ = Σ Σ λ a: no inverse is needed. */
function distanceOf(
  x: Float64Array,
  mean: Float64Array,
  spaces: readonly HalfSpace[],
  active: readonly number[],
  multipliers: readonly number[],
): number {
  let squared = 0;
  active.forEach((k, at) => {
    const { normal } = spaces[k]!;
    for (let i = 0; i < x.length; i++) squared += multipliers[at]! * normal[i]! * (x[i]! - mean[i]!);
  });
  return Math.sqrt(Math.max(0, squared));
}

function lawOf(book: Positions, options: ReverseStressOptions): { S: Matrix; mean: Float64Array } {
  const { horizon = 1 } = options;
  requirePositive("horizon", horizon);
  const given =
    options.covariance === undefined
      ? book
      : requireBook({ weights: book.notionals, covariance: options.covariance });
  if (options.covariance !== undefined && options.horizon !== undefined) {
    throw new QuantError("option", "horizon is for the book's covariance; one that is given holds already", {
      argument: "horizon",
    });
  }
  const S = requireCovariance(given, "reverseStress").clone();
  for (let k = 0; k < S.data.length; k++) S.data[k]! *= horizon;
  const n = book.notionals.length;
  const mean =
    options.mean === undefined ? new Float64Array(n) : requireFiniteVector("mean", options.mean, n);
  return { S, mean };
}

/**
 * Reverse stress: not what a scenario costs, but which scenario costs so much, the likeliest of all with at least that
 * loss. For returns of N(μ, Σ), or of a t law with that covariance, and positions N it is
 *
 * x = μ − ΣN (loss + Nᵀμ) ÷ (NᵀΣN),  at the distance d = (loss + Nᵀμ) ÷ √(NᵀΣN) from μ,
 *
 * and P(loss) = Φ(−d). Where the mean itself loses as much, it is the scenario, at distance 0. With bounds on returns (a
 * price cannot fall by more than 1) the same point is sought among those that keep them.
 *
 * @throws QuantError "range" for a loss or horizon that is not positive or crossed bounds, "shape" for lengths that do not
 *   fit, "not-finite" for a NaN, "option" for a book without covariance or an unknown option, "data" for a covariance that
 *   is not symmetric and positive semi-definite.
 */
export function reverseStress(book: StressBook, options: ReverseStressOptions): ReverseStress {
  requireKnownOptions(options, ["loss", "covariance", "mean", "horizon", "distribution", "bounds"]);
  const { loss, distribution = "normal", bounds = {} } = options;
  requirePositive("loss", loss);
  const nu = degreesOfShape(distribution);
  requireKnownOptions(bounds, ["min", "max"], "bounds");
  const positions = requireBook(book);
  const { notionals, assets } = positions;
  const { S, mean } = lawOf(positions, options);
  const n = notionals.length;
  const min = requireBounds("bounds.min", bounds.min, n, Number.NEGATIVE_INFINITY);
  const max = requireBounds("bounds.max", bounds.max, n, Number.POSITIVE_INFINITY);
  const spaces = [{ normal: notionals.map((notional) => -notional), bound: loss }, ...boundSpaces(min, max)];
  const found = likeliestPoint(mean, S, spaces);
  if (found === undefined) return { status: "unreachable" };
  const { point: shocks, active, multipliers } = found;
  for (let i = 0; i < n; i++) shocks[i] = Math.min(max[i]!, Math.max(min[i]!, shocks[i]!));
  let [pnl, expected] = [0, 0];
  for (let i = 0; i < n; i++) {
    pnl += notionals[i]! * shocks[i]!;
    expected += notionals[i]! * mean[i]!;
  }
  return {
    status: "found",
    shocks,
    positions: assets.map((asset, i) => ({
      asset,
      shock: shocks[i]!,
      deviations: (shocks[i]! - mean[i]!) / Math.sqrt(S.data[i * n + i]!),
      pnl: notionals[i]! * shocks[i]! + 0,
      atBound: shocks[i] === min[i] || shocks[i] === max[i],
    })),
    pnl,
    distance: distanceOf(shocks, mean, spaces, active, multipliers),
    probability: probabilityOfLoss(loss + expected, Math.sqrt(quadraticForm(S, notionals)), nu),
  };
}
