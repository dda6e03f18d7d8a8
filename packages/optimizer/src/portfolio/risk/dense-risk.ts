import { cholesky, choleskySolve, Matrix, symmetricEigen } from "@astra-quant/core-linalg";
import {
  NO_VARIANCE,
  type RiskBlock,
  type Riskless,
  type RiskModel,
  type RunningRisk,
} from "./risk-model.ts";

/** A pivot below this part of the largest variance is no safe sign of definiteness. */
const SAFE_PIVOT = 1e-10;

/** Σ as a matrix. */
export class DenseRisk implements RiskModel {
  readonly n: number;
  readonly variances: Float64Array;
  readonly #sigma: Float64Array;
  readonly #leastPivot: number;

  /** `leastPivot` of its elimination; 0 where that fails. */
  constructor(sigma: Matrix, leastPivot = 0) {
    this.n = sigma.rows;
    this.#sigma = sigma.data;
    this.#leastPivot = leastPivot;
    this.variances = Float64Array.from({ length: this.n }, (_, i) => sigma.data[i * (this.n + 1)]!);
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    for (let j = 0; j < this.n; j++) if (v[j] !== 0) addRow(out, this.#sigma, j * this.n, v[j]!);
  }

  block(free: Int32Array, gamma: number, shift: Float64Array): RiskBlock | undefined {
    const f = free.length;
    const K = new Matrix(f, f);
    for (let a = 0; a < f; a++) {
      const row = free[a]! * this.n;
      for (let b = 0; b < f; b++) K.data[a * f + b] = gamma * this.#sigma[row + free[b]!]!;
      K.data[a * f + a]! += shift[a]!;
    }
    const factor = cholesky(K);
    return factor.status === "ok" ? new DenseBlock(K, factor.L) : undefined;
  }

  isDefinite(): boolean {
    return this.#leastPivot > SAFE_PIVOT * this.variances.reduce((most, value) => Math.max(most, value), 0);
  }

  running(): RunningRisk {
    const image = new Float64Array(this.n);
    return {
      slope: (i) => image[i]!,
      add: (i, change) => addRow(image, this.#sigma, i * this.n, change),
    };
  }

  riskless(): Riskless {
    const { n } = this;
    const frozen = new Uint8Array(n);
    if (this.isDefinite()) return { rows: [], frozen: frozen.fill(1) };
    const { values, vectors } = symmetricEigen(new Matrix(n, n, this.#sigma));
    const rows: Float64Array[] = [];
    for (let k = 0; k < n; k++) {
      if (values[k]! > NO_VARIANCE * values[n - 1]!) {
        rows.push(Float64Array.from(frozen, (_, i) => vectors.data[i * n + k]!));
      }
    }
    return { rows, frozen };
  }
}

class DenseBlock implements RiskBlock {
  readonly #K: Matrix;
  readonly #L: Matrix;

  constructor(K: Matrix, L: Matrix) {
    this.#K = K;
    this.#L = L;
  }

  solve(B: Float64Array, columns: number): void {
    if (this.#K.rows === 0 || columns === 0) return;
    if (columns === 1) choleskySolve(this.#L, B, { out: B });
    else {
      const table = new Matrix(this.#K.rows, columns, B);
      choleskySolve(this.#L, table, { out: table });
    }
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    const f = this.#K.rows;
    for (let a = 0; a < f; a++) if (v[a] !== 0) addRow(out, this.#K.data, a * f, v[a]!);
  }
}

/** out += factor · the row of a symmetric table that begins at `start`. */
function addRow(out: Float64Array, table: Float64Array, start: number, factor: number): void {
  for (let i = 0; i < out.length; i++) out[i]! += factor * table[start + i]!;
}
