import type { Matrix } from "../matrix/matrix.ts";
import { type RunMoments, slotsFor } from "./block-merge.ts";

/** Sums of deviations of a table's columns; the answer is each window's sum or mean. */
export class RunSums implements RunMoments {
  readonly #x: Float64Array;
  readonly #columns: number;
  readonly #window: number;
  readonly #answer: Float64Array;
  readonly #asMean: boolean;
  readonly #sum: Float64Array;

  constructor(table: Matrix, window: number, answer: Float64Array, asMean: boolean) {
    this.#x = table.data;
    this.#columns = table.columns;
    this.#window = window;
    this.#answer = answer;
    this.#asMean = asMean;
    this.#sum = new Float64Array(slotsFor(window) * table.columns);
  }

  push(from: number, to: number, row: number, reference: number): void {
    const x = this.#x;
    const sum = this.#sum;
    const n = this.#columns;
    const f = from * n;
    const t = to * n;
    const r = row * n;
    const o = reference * n;
    for (let j = 0; j < n; j++) sum[t + j] = sum[f + j]! + (x[r + j]! - x[o + j]!);
  }

  merge(
    row: number,
    early: number,
    earlyReference: number,
    late: number,
    lateReference: number,
    lateCount: number,
  ): void {
    const x = this.#x;
    const sum = this.#sum;
    const answer = this.#answer;
    const n = this.#columns;
    const e = early * n;
    const l = late * n;
    const eo = earlyReference * n;
    const lo = lateReference * n;
    const earlyCount = this.#window - lateCount;
    const levels = this.#asMean ? 1 : this.#window;
    const divisor = this.#asMean ? this.#window : 1;
    for (let j = 0; j < n; j++) {
      const level = x[lo + j]!;
      const deviations = sum[e + j]! + sum[l + j]! + earlyCount * (x[eo + j]! - level);
      const value = levels * level + deviations / divisor;
      answer[row * n + j] = Number.isFinite(value) ? value : Number.NaN;
    }
  }
}
