import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireStateRecord } from "../guards/states.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { BLOCK, centredProducts, meansOf, type RunningMean, runningMean } from "../kernels/covariance.ts";
import { Matrix } from "../matrix/matrix.ts";
import { type CovarianceEstimate, withCondition } from "./covariance-estimate.ts";
import type { SampleCovarianceOptions } from "./sample-covariance.ts";
import { fromLowerTriangle, lowerTriangle, requireStateNumbers } from "./stream-state.ts";

/** Where an {@link OnlineCovariance} stands, as plain JSON. */
export interface OnlineCovarianceState {
  readonly version: 1;
  /** n, the entries of a row. */
  readonly columns: number;
  readonly ddof: number;
  /** Rows that whole blocks hold. */
  readonly count: number;
  /** n: the first row ever; the mean of the blocks lies at reference + offset. */
  readonly reference: readonly number[];
  readonly offset: readonly number[];
  /** Centred products of the blocks: the lower triangle of n×n, row by row. */
  readonly products: readonly number[];
  /** The rows since the last whole block, fewer than 128. */
  readonly rows: readonly (readonly number[])[];
}

/**
 * The sample covariance of a stream of rows: after any number of them, the same bits as {@link sampleCovariance} of
 * all. Rows are kept until they make a block of 128; a push costs n, a block n² a row, a question at most a block.
 */
export class OnlineCovariance {
  readonly #columns: number;
  readonly #ddof: number;
  #mean: RunningMean;
  #products: Float64Array;
  readonly #open: Float64Array;
  #openRows = 0;

  /** For rows of `columns` entries. */
  constructor(columns: number, options: SampleCovarianceOptions = {}) {
    requireKnownOptions(options, ["ddof"]);
    const { ddof = 1 } = options;
    this.#columns = requireInteger("columns", columns, 1);
    this.#ddof = requireInteger("ddof", ddof, 0);
    this.#mean = runningMean(columns);
    this.#products = new Float64Array(columns * columns);
    this.#open = new Float64Array(BLOCK * columns);
  }

  /** Rows seen so far. */
  get count(): number {
    return this.#mean.count + this.#openRows;
  }

  /** n means, per period; NaN before the first row. */
  get mean(): Float64Array {
    return meansOf(this.#closed().mean);
  }

  /** n×n; NaN throughout before there are two rows, and while there are no more than ddof. */
  get covariance(): Matrix {
    return this.estimate().covariance;
  }

  /** All that {@link sampleCovariance} would say of the rows seen so far. */
  estimate(): CovarianceEstimate {
    const { mean, products } = this.#closed();
    const { count } = mean;
    const divisor = count >= 2 && count > this.#ddof ? count - this.#ddof : Number.NaN;
    const covariance = new Matrix(
      this.#columns,
      this.#columns,
      products.map((value) => value / divisor),
    );
    return withCondition({ covariance, mean: meansOf(mean), observations: count });
  }

  /**
   * Takes one row of n returns.
   *
   * @throws QuantError "not-finite" for NaN or ±∞, "shape" for another length; the stream is then as it was.
   */
  push(row: VectorLike): void {
    this.#open.set(requireFiniteVector("row", row, this.#columns), this.#openRows * this.#columns);
    this.#openRows += 1;
    if (this.#openRows === BLOCK) this.#closeBlock();
  }

  /**
   * Takes in all rows that another stream has seen, as if they had come after those of this one: its covariance to
   * rounding, not to the bit. The other is not changed.
   *
   * @throws QuantError "shape" when the other has rows of another length.
   */
  merge(other: OnlineCovariance): void {
    const theirs = OnlineCovariance.from(other.state); // also that of another copy of this package
    if (theirs.#columns !== this.#columns) {
      throw new QuantError("shape", `other must have ${this.#columns} columns, got ${theirs.#columns}`, {
        argument: "other",
        columns: theirs.#columns,
      });
    }
    this.#closeBlock();
    theirs.#closeBlock();
    if (theirs.#mean.count === 0) return;
    if (this.#mean.count === 0) {
      this.#mean = theirs.#mean;
      this.#products = theirs.#products;
      return;
    }
    this.#join(theirs.#mean, theirs.#products);
  }

  /** A snapshot to go on from with {@link OnlineCovariance.from}. */
  get state(): OnlineCovarianceState {
    const n = this.#columns;
    const { count, reference, offset } = this.#mean;
    return {
      version: 1,
      columns: n,
      ddof: this.#ddof,
      count,
      reference: Array.from(reference),
      offset: Array.from(offset),
      products: lowerTriangle(this.#products, n),
      rows: Array.from({ length: this.#openRows }, (_, t) =>
        Array.from(this.#open.subarray(t * n, (t + 1) * n)),
      ),
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: OnlineCovarianceState): OnlineCovariance {
    const fields = requireStateRecord(state);
    const n = requireInteger("state.columns", fields.columns, 1);
    const stream = new OnlineCovariance(n, { ddof: requireInteger("state.ddof", fields.ddof, 0) });
    stream.#mean = {
      count: requireInteger("state.count", fields.count, 0),
      reference: requireStateNumbers("state.reference", fields.reference, n),
      offset: requireStateNumbers("state.offset", fields.offset, n),
    };
    const triangle = requireStateNumbers("state.products", fields.products, (n * (n + 1)) / 2);
    stream.#products = fromLowerTriangle(triangle, n);
    const { rows } = fields;
    if (!Array.isArray(rows) || rows.length >= BLOCK) {
      throw new QuantError("data", `state.rows must be fewer than ${BLOCK} rows, got ${show(rows)}`, {
        argument: "state.rows",
      });
    }
    rows.forEach((row, t) => {
      stream.push(requireStateNumbers(`state.rows[${t}]`, row, n));
    });
    return stream;
  }

  /** The mean and the products with the open block counted in. */
  #closed(): { readonly mean: RunningMean; readonly products: Float64Array } {
    const { count, reference, offset } = this.#mean;
    const mean = { count, reference: reference.slice(), offset: offset.slice() };
    const own = centredProducts(this.#open, this.#openRows, this.#columns, mean, 1);
    return { mean, products: this.#products.map((total, k) => total + own[k]!) };
  }

  #closeBlock(): void {
    const { mean, products } = this.#closed();
    this.#mean = mean;
    this.#products = products;
    this.#openRows = 0;
  }

  // Chan's merge as between blocks: S = S_a + S_b + δ δᵀ n_a n_b ÷ (n_a + n_b), δ the distance of the means.
  #join(late: RunningMean, lateProducts: Float64Array): void {
    const n = this.#columns;
    const { count, reference, offset } = this.#mean;
    const total = count + late.count;
    const distance = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      const delta = late.reference[j]! - reference[j]! - offset[j]! + late.offset[j]!;
      offset[j]! += delta * (late.count / total);
      distance[j] = delta * Math.sqrt((count * late.count) / total);
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        this.#products[i * n + j]! += lateProducts[i * n + j]! + distance[i]! * distance[j]!;
      }
    }
    this.#mean.count = total;
  }
}
