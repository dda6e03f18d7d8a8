import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireInteger, requireNonNegative, requirePositive } from "../guards/numbers.ts";
import { requireBoolean, requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { requireStateRecord } from "../guards/states.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { exp } from "../special/exp.ts";
import { type CovarianceEstimate, withCondition } from "./covariance-estimate.ts";
import { requireRows } from "./sample-covariance.ts";
import { fromLowerTriangle, lowerTriangle, requireStateNumbers } from "./stream-state.ts";

const MEANS = ["weighted", "zero"] as const;
const OPTION_NAMES = ["halfLife", "biasCorrection", "mean"] as const;

export interface EwmaCovarianceOptions {
  /** Rows after which a weight has halved; positive. */
  readonly halfLife: number;
  /**
   * Divides by what the weighted mean leaves of the variance, 1 − Σw² for weights of sum 1: unbiased for independent
   * rows. With `mean: "zero"` nothing was estimated and nothing is corrected.
   *
   * @defaultValue true
   */
  readonly biasCorrection?: boolean;
  /** "weighted" takes products about the weighted mean, "zero" about zero, as RiskMetrics does. @defaultValue "weighted" */
  readonly mean?: (typeof MEANS)[number];
}

export interface EwmaCovarianceEstimate extends CovarianceEstimate {
  /** 1 ÷ Σw² for weights of sum 1: how many equally weighted rows would carry as much. */
  readonly effectiveObservations: number;
}

/** Where an {@link EwmaCovariance} stands, as plain JSON. */
export interface EwmaCovarianceState {
  readonly version: 1;
  /** n, the entries of a row. */
  readonly columns: number;
  readonly halfLife: number;
  readonly biasCorrection: boolean;
  readonly mean: (typeof MEANS)[number];
  /** Rows seen so far. */
  readonly count: number;
  /** Σ of the weights, the latest being 1. */
  readonly weight: number;
  /** Σ of their squares. */
  readonly squareWeight: number;
  /** Σ over pairs of different rows of the product of their weights: (Σw)² − Σw². */
  readonly crossWeight: number;
  /** n: the first row, and how far the weighted mean lies from it. */
  readonly reference: readonly number[];
  readonly offset: readonly number[];
  /** Weighted products: the lower triangle of n×n, row by row. */
  readonly products: readonly number[];
}

function requireOptions(options: EwmaCovarianceOptions): Required<EwmaCovarianceOptions> {
  requireKnownOptions(options, OPTION_NAMES);
  const { halfLife, biasCorrection = true, mean = "weighted" } = options;
  requirePositive("halfLife", halfLife);
  requireOneOf("mean", mean, MEANS);
  requireBoolean("biasCorrection", biasCorrection);
  return { halfLife, biasCorrection, mean };
}

/**
 * The exponentially weighted covariance of a stream of rows. A row that is k rows old weighs 2^(−k ÷ halfLife); weights
 * are normalised, so early estimates are not drawn to zero. The batch form is {@link ewmaCovariance}, with the same
 * bits; both agree with pandas' `ewm(halflife).cov()`.
 */
export class EwmaCovariance {
  readonly #columns: number;
  readonly #options: Required<EwmaCovarianceOptions>;
  /** λ, what is left of a weight after one row. */
  readonly #decay: number;
  #count = 0;
  #weight = 0;
  #squareWeight = 0;
  #crossWeight = 0;
  #reference: Float64Array;
  #offset: Float64Array;
  /** Weighted products, lower triangle. */
  #products: Float64Array;
  readonly #delta: Float64Array;

  /** For rows of `columns` entries. */
  constructor(columns: number, options: EwmaCovarianceOptions) {
    this.#columns = requireInteger("columns", columns, 1);
    this.#options = requireOptions(options);
    this.#decay = exp(-Math.LN2 / this.#options.halfLife);
    this.#reference = new Float64Array(columns);
    this.#offset = new Float64Array(columns);
    this.#delta = new Float64Array(columns);
    this.#products = new Float64Array(columns * columns);
  }

  /** Rows seen so far. */
  get count(): number {
    return this.#count;
  }

  /** n means, per period (zeros for `mean: "zero"`); NaN before the first row. */
  get mean(): Float64Array {
    return this.#offset.map((offset, j) => (this.#count > 0 ? this.#reference[j]! + offset : Number.NaN));
  }

  /** n×n; NaN throughout before there are two rows. */
  get covariance(): Matrix {
    return this.estimate().covariance;
  }

  /** All that {@link ewmaCovariance} would say of the rows seen so far. */
  estimate(): EwmaCovarianceEstimate {
    const { biasCorrection, mean } = this.#options;
    const W = this.#weight;
    const corrected = biasCorrection && mean === "weighted";
    // S ÷ W ÷ (1 − Σw² ÷ W²) = S W ÷ (W² − Σw²)
    const scale = this.#count < 2 ? Number.NaN : corrected ? W / this.#crossWeight : 1 / W;
    const n = this.#columns;
    const covariance = new Matrix(n, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        covariance.data[i * n + j] = this.#products[i * n + j]! * scale;
        covariance.data[j * n + i] = covariance.data[i * n + j]!;
      }
    }
    const effectiveObservations = this.#count === 0 ? 0 : (W * W) / this.#squareWeight;
    return withCondition({
      covariance,
      mean: this.mean,
      observations: this.#count,
      effectiveObservations,
    });
  }

  /**
   * Takes one row of n returns.
   *
   * @throws QuantError "not-finite" for NaN or ±∞, "shape" for another length; the stream is then as it was.
   */
  push(row: VectorLike): void {
    this.#take(requireFiniteVector("row", row, this.#columns));
  }

  /** A snapshot to go on from with {@link EwmaCovariance.from}. */
  get state(): EwmaCovarianceState {
    return {
      version: 1,
      columns: this.#columns,
      ...this.#options,
      count: this.#count,
      weight: this.#weight,
      squareWeight: this.#squareWeight,
      crossWeight: this.#crossWeight,
      reference: Array.from(this.#reference),
      offset: Array.from(this.#offset),
      products: lowerTriangle(this.#products, this.#columns),
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: EwmaCovarianceState): EwmaCovariance {
    const fields = requireStateRecord(state);
    const n = requireInteger("state.columns", fields.columns, 1);
    const stream = new EwmaCovariance(n, {
      halfLife: requirePositive("state.halfLife", fields.halfLife),
      biasCorrection: requireBoolean("state.biasCorrection", fields.biasCorrection),
      mean: requireOneOf("state.mean", fields.mean, MEANS),
    });
    stream.#count = requireInteger("state.count", fields.count, 0);
    stream.#weight = requireNonNegative("state.weight", fields.weight);
    stream.#squareWeight = requireNonNegative("state.squareWeight", fields.squareWeight);
    stream.#crossWeight = requireNonNegative("state.crossWeight", fields.crossWeight);
    stream.#reference = requireStateNumbers("state.reference", fields.reference, n);
    stream.#offset = requireStateNumbers("state.offset", fields.offset, n);
    const triangle = requireStateNumbers("state.products", fields.products, (n * (n + 1)) / 2);
    stream.#products = fromLowerTriangle(triangle, n);
    return stream;
  }

  // W ← λW + 1,  S ← λS + δ δᵀ λW ÷ (λW + 1),  m ← m + δ ÷ (λW + 1), δ the row's distance from the mean m before it.
  // About a mean that is known to be zero it is S ← λS + x xᵀ.
  #take(row: Float64Array): void {
    const n = this.#columns;
    const known = this.#options.mean === "zero";
    const lambda = this.#decay;
    const before = lambda * this.#weight;
    const after = before + 1;
    const ratio = known ? 1 : before / after;
    const delta = this.#delta;
    for (let j = 0; j < n; j++) {
      const value = row[j]!;
      if (this.#count === 0 && !known) this.#reference[j] = value;
      delta[j] = value - this.#reference[j]! - this.#offset[j]!;
      if (!known) this.#offset[j]! += delta[j]! / after;
    }
    const products = this.#products;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        products[i * n + j] = products[i * n + j]! * lambda + delta[i]! * delta[j]! * ratio;
      }
    }
    // (Σw)² and Σw² are nearly equal where little is remembered: their difference is kept for itself.
    this.#crossWeight = lambda * lambda * this.#crossWeight + 2 * before;
    this.#squareWeight = lambda * lambda * this.#squareWeight + 1;
    this.#weight = after;
    this.#count += 1;
  }
}

/**
 * The exponentially weighted covariance of a time × assets matrix of returns, the last row weighing most: what
 * {@link EwmaCovariance} says after its rows, with the same bits.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere, "shape" for fewer than two rows or no column, "range" for a
 *   half-life that is not positive.
 */
export function ewmaCovariance(X: MatrixLike, options: EwmaCovarianceOptions): EwmaCovarianceEstimate {
  requireOptions(options);
  const { data, rows, columns } = requireFiniteMatrix("X", requireRows(X, 2, ""));
  if (columns === 0) {
    throw new QuantError("shape", "X must have at least 1 column, got 0", { argument: "X", rows, columns });
  }
  const stream = new EwmaCovariance(columns, options);
  for (let t = 0; t < rows; t++) stream.push(data.subarray(t * columns, (t + 1) * columns));
  return stream.estimate();
}
