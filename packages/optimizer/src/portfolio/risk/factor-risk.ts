import { cholesky, choleskySolve, Matrix, multiply, transpose } from "@astra-quant/core-linalg";
import { largest } from "../../vectors.ts";
import { DenseRisk } from "./dense-risk.ts";
import {
  NO_VARIANCE,
  type RiskBlock,
  type Riskless,
  type RiskModel,
  type RunningRisk,
} from "./risk-model.ts";

/** A specific variance below this part of the largest variance is no safe sign of definiteness. */
const SAFE_VARIANCE = 1e-10;

/** Σ = CC' + diag(d) with a C of n×k: products cost O(nk), and Σ is never formed. */
export class FactorRisk implements RiskModel {
  readonly n: number;
  readonly variances: Float64Array;
  readonly #C: Matrix;
  readonly #specific: Float64Array;
  readonly #isDefinite: boolean;

  /** `C` is the exposures times a root of the factors' covariance. */
  constructor(C: Matrix, specific: Float64Array) {
    this.n = C.rows;
    this.#C = C;
    this.#specific = specific;
    this.variances = specific.map((d, i) => {
      let sum = d;
      for (let k = 0; k < C.columns; k++) sum += C.data[i * C.columns + k]! ** 2;
      return sum;
    });
    const least = specific.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    this.#isDefinite = least > SAFE_VARIANCE * largest(this.variances);
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    addFactorProduct(this.#C, v, out, 1);
    for (let i = 0; i < this.n; i++) out[i]! += this.#specific[i]! * v[i]!;
  }

  block(free: Int32Array, gamma: number, shift: Float64Array): RiskBlock | undefined {
    const { C, D } = this.#partOf(free, gamma, shift);
    return free.length <= C.columns
      ? covarianceOf(C).block(countedUp(free.length), gamma, D)
      : FactorBlock.of(C, gamma, D);
  }

  withBlock<T>(
    free: Int32Array,
    gamma: number,
    shift: Float64Array,
    use: (block: RiskBlock) => T,
  ): T | undefined {
    const { C, D } = this.#partOf(free, gamma, shift);
    if (free.length <= C.columns) {
      return covarianceOf(C).withBlock(countedUp(free.length), gamma, D, use);
    }
    const block = FactorBlock.of(C, gamma, D);
    return block && use(block);
  }

  /** C's rows of the free assets, and D of D + γCC'. */
  #partOf(free: Int32Array, gamma: number, shift: Float64Array): { C: Matrix; D: Float64Array } {
    const k = this.#C.columns;
    const C = new Matrix(free.length, k);
    const D = new Float64Array(free.length);
    for (let a = 0; a < free.length; a++) {
      const i = free[a]!;
      for (let f = 0; f < k; f++) C.data[a * k + f] = this.#C.data[i * k + f]!;
      D[a] = shift[a]! + gamma * this.#specific[i]!;
    }
    return { C, D };
  }

  isDefinite(): boolean {
    return this.#isDefinite;
  }

  /** With t = C'x: (Σx)_i = C_i t + d_i x_i. */
  running(): RunningRisk {
    const { columns: k, data } = this.#C;
    const t = new Float64Array(k);
    const own = new Float64Array(this.n);
    return {
      slope: (i) => {
        let sum = own[i]!;
        for (let f = 0; f < k; f++) sum += data[i * k + f]! * t[f]!;
        return sum;
      },
      add: (i, change) => {
        own[i]! += this.#specific[i]! * change;
        for (let f = 0; f < k; f++) t[f]! += data[i * k + f]! * change;
      },
    };
  }

  riskless(): Riskless {
    const greatest = this.variances.reduce((a, b) => Math.max(a, b), 0);
    const { columns: k, data } = this.#C;
    return {
      rows: Array.from({ length: k }, (_, f) =>
        Float64Array.from(this.#specific, (_d, i) => data[i * k + f]!),
      ),
      frozen: Uint8Array.from(this.#specific, (d) => (d > NO_VARIANCE * greatest ? 1 : 0)),
    };
  }
}

/** out += factor · C(C'v). */
function addFactorProduct(C: Matrix, v: Float64Array, out: Float64Array, factor: number): void {
  const k = C.columns;
  const t = new Float64Array(k);
  for (let i = 0; i < C.rows; i++) {
    if (v[i] !== 0) for (let f = 0; f < k; f++) t[f]! += C.data[i * k + f]! * v[i]!;
  }
  for (let i = 0; i < C.rows; i++) {
    let sum = 0;
    for (let f = 0; f < k; f++) sum += C.data[i * k + f]! * t[f]!;
    out[i]! += factor * sum;
  }
}

/** CC': with fewer assets than factors the block itself is the smaller matrix. */
function covarianceOf(C: Matrix): DenseRisk {
  return new DenseRisk(multiply(C, transpose(C)));
}

function countedUp(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, a) => a);
}

/** C'diag(scale). */
function transposed(C: Matrix, scale: Float64Array): Matrix {
  const result = new Matrix(C.columns, C.rows);
  for (let i = 0; i < C.rows; i++) {
    for (let f = 0; f < C.columns; f++) result.data[f * C.rows + i] = C.data[i * C.columns + f]! * scale[i]!;
  }
  return result;
}

/** (D + γCC')⁻¹ = D⁻¹ − γ D⁻¹C (I + γ C'D⁻¹C)⁻¹ C'D⁻¹. */
class FactorBlock implements RiskBlock {
  readonly #C: Matrix;
  readonly #gamma: number;
  readonly #D: Float64Array;
  /** C'D⁻¹. */
  readonly #scaled: Matrix;
  readonly #L: Matrix;

  private constructor(C: Matrix, gamma: number, D: Float64Array, scaled: Matrix, L: Matrix) {
    this.#C = C;
    this.#gamma = gamma;
    this.#D = D;
    this.#scaled = scaled;
    this.#L = L;
  }

  static of(C: Matrix, gamma: number, D: Float64Array): FactorBlock | undefined {
    if (!D.every((value) => value > 0)) return undefined;
    const scaled = transposed(
      C,
      D.map((value) => 1 / value),
    );
    const inner = multiply(scaled, C);
    const k = C.columns;
    for (let f = 0; f < k; f++) {
      for (let g = 0; g <= f; g++) {
        const value = gamma * inner.data[f * k + g]! + (f === g ? 1 : 0);
        inner.data[f * k + g] = value;
        inner.data[g * k + f] = value;
      }
    }
    const factor = cholesky(inner);
    return factor.status === "ok" ? new FactorBlock(C, gamma, D, scaled, factor.L) : undefined;
  }

  solve(B: Float64Array, columns: number): void {
    if (columns === 0) return;
    const { rows } = this.#C;
    const inner = multiply(this.#scaled, new Matrix(rows, columns, B));
    choleskySolve(this.#L, inner, { out: inner });
    const correction = multiply(this.#C, inner).data;
    for (let a = 0; a < rows; a++) {
      for (let c = a * columns; c < (a + 1) * columns; c++) {
        B[c] = (B[c]! - this.#gamma * correction[c]!) / this.#D[a]!;
      }
    }
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    addFactorProduct(this.#C, v, out, this.#gamma);
    for (let a = 0; a < v.length; a++) out[a]! += this.#D[a]! * v[a]!;
  }
}
