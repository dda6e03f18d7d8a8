import type { Matrix } from "../matrix/matrix.ts";
import { type RunMoments, slotsFor } from "./block-merge.ts";

/**
 * Sums of products of deviations of the columns of x with those of y; the answer is each window's covariance.
 * A y of one column goes against every column of x. With y = x it is the variance.
 */
export class RunProducts implements RunMoments {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #columns: number;
  readonly #yColumns: number;
  readonly #yStep: number;
  readonly #window: number;
  readonly #divisor: number;
  readonly #answer: Float64Array;
  readonly #sumX: Float64Array;
  readonly #sumY: Float64Array;
  readonly #product: Float64Array;

  constructor(x: Matrix, y: Matrix, window: number, ddof: number, answer: Float64Array) {
    this.#x = x.data;
    this.#y = y.data;
    this.#columns = x.columns;
    this.#yColumns = y.columns;
    this.#yStep = y.columns === x.columns ? 1 : 0;
    this.#window = window;
    this.#divisor = window > ddof ? window - ddof : Number.NaN;
    this.#answer = answer;
    const size = slotsFor(window) * x.columns;
    this.#sumX = new Float64Array(size);
    this.#sumY = x === y ? this.#sumX : new Float64Array(size);
    this.#product = new Float64Array(size);
  }

  // With d the deviation of the new row from the mean of the n − 1 before it:
  // Pₙ = Pₙ₋₁ + d_x d_y (n − 1) ÷ n
  push(from: number, to: number, row: number, reference: number, count: number): void {
    const x = this.#x;
    const y = this.#y;
    const sumX = this.#sumX;
    const sumY = this.#sumY;
    const product = this.#product;
    const n = this.#columns;
    const step = this.#yStep;
    const f = from * n;
    const t = to * n;
    const r = row * n;
    const o = reference * n;
    const ry = row * this.#yColumns;
    const oy = reference * this.#yColumns;
    const before = count > 1 ? 1 / (count - 1) : 0;
    const weight = (count - 1) / count;
    for (let j = 0; j < n; j++) {
      const dx = x[r + j]! - x[o + j]!;
      const dy = y[ry + j * step]! - y[oy + j * step]!;
      const sx = sumX[f + j]!;
      const sy = sumY[f + j]!;
      product[t + j] = product[f + j]! + (dx - sx * before) * (dy - sy * before) * weight;
      sumX[t + j] = sx + dx;
      sumY[t + j] = sy + dy;
    }
  }

  // Chan's merge of two runs a and b, δ the difference of their means:
  // P = P_a + P_b + δ_x δ_y n_a n_b ÷ (n_a + n_b)
  merge(
    row: number,
    early: number,
    earlyReference: number,
    late: number,
    lateReference: number,
    lateCount: number,
  ): void {
    const x = this.#x;
    const y = this.#y;
    const sumX = this.#sumX;
    const sumY = this.#sumY;
    const product = this.#product;
    const answer = this.#answer;
    const n = this.#columns;
    const step = this.#yStep;
    const e = early * n;
    const l = late * n;
    const eo = earlyReference * n;
    const lo = lateReference * n;
    const eoy = earlyReference * this.#yColumns;
    const loy = lateReference * this.#yColumns;
    const earlyCount = this.#window - lateCount;
    const perEarly = earlyCount > 0 ? 1 / earlyCount : 0;
    const perLate = 1 / lateCount;
    const weight = (earlyCount * lateCount) / this.#window;
    const divisor = this.#divisor;
    for (let j = 0; j < n; j++) {
      const dx = x[lo + j]! - x[eo + j]! + (sumX[l + j]! * perLate - sumX[e + j]! * perEarly);
      const dy = y[loy + j * step]! - y[eoy + j * step]! + (sumY[l + j]! * perLate - sumY[e + j]! * perEarly);
      const value = (product[e + j]! + product[l + j]! + dx * dy * weight) / divisor;
      answer[row * n + j] = Number.isFinite(value) ? value : Number.NaN;
    }
  }
}
