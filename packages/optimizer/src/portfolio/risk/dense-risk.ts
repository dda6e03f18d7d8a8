import { cholesky, choleskySolve, Matrix, symmetricEigen } from "@astra-quant/core-linalg";
import { type DefiniteBlock, rowsLength, withDefiniteBlock } from "../../kernels/definite-block.ts";
import { largest } from "../../vectors.ts";
import { KeptFactor } from "./kept-factor.ts";
import { withPartOf } from "./part-of-factor.ts";
import {
  NO_VARIANCE,
  type RiskBlock,
  type Riskless,
  type RiskModel,
  type RunningRisk,
} from "./risk-model.ts";

import { ZeroRisk } from "./zero-risk.ts";

/** A pivot below this part of the largest variance is no safe sign of definiteness. */
const SAFE_PIVOT = 1e-10;
/** Assets below which a factor is sooner made than found. */
const WORTH_KEEPING = 64;

/** What the elimination of Σ tells of it. */
export interface Elimination {
  readonly leastPivot: number;
  /** Of the factor, where Σ is large enough for them to be kept: entry (i, j), j ≤ i, at i(i + 1)/2 + j. */
  readonly rows?: Float64Array;
}

/** As Σ's elimination ends, what {@link DenseRisk} would like to know of it. */
export function eliminationOf(block: DefiniteBlock, n: number): Elimination {
  const leastPivot = block.leastPivot();
  if (n < WORTH_KEEPING) return { leastPivot };
  const rows = new Float64Array(rowsLength(n));
  block.copyRows(0, rows);
  return { leastPivot, rows };
}

/** Σ as a matrix. */
export class DenseRisk implements RiskModel {
  readonly n: number;
  readonly variances: Float64Array;
  readonly #sigma: Float64Array;
  readonly #isDefinite: boolean;
  readonly #kept: KeptFactor | undefined;

  /** Without an elimination Σ counts as singular. */
  constructor(sigma: Matrix, elimination: Elimination = { leastPivot: 0 }) {
    this.n = sigma.rows;
    this.#sigma = sigma.data;
    this.variances = Float64Array.from({ length: this.n }, (_, i) => sigma.data[i * (this.n + 1)]!);
    const { leastPivot, rows } = elimination;
    this.#isDefinite = leastPivot > SAFE_PIVOT * largest(this.variances);
    if (rows !== undefined && this.#isDefinite) this.#kept = new KeptFactor(sigma.data, this.n, rows);
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    const { n } = this;
    const held = new Int32Array(n);
    let count = 0;
    for (let j = 0; j < n; j++) if (v[j] !== 0) held[count++] = j;
    let h = 0;
    for (; h + 3 < count; h += 4) addFourRows(out, this.#sigma, n, held.subarray(h, h + 4), v);
    for (; h < count; h++) addRow(out, this.#sigma, held[h]! * n, v[held[h]!]!);
  }

  block(free: Int32Array, gamma: number, shift: Float64Array): RiskBlock | undefined {
    const K = new Matrix(free.length, free.length);
    fillBlock(K.data, this.#sigma, this.n, free, gamma, shift);
    const factor = cholesky(K);
    return factor.status === "ok" ? new DenseBlock(K, factor.L) : undefined;
  }

  withBlock<T>(
    free: Int32Array,
    gamma: number,
    shift: Float64Array,
    use: (block: RiskBlock) => T,
    isPassing = false,
  ): T | undefined {
    if (gamma === 0) return new ZeroRisk(this.n).withBlock(free, gamma, shift, use);
    const isWorthIt = !isPassing && free.length >= WORTH_KEEPING && 4 * free.length >= this.n;
    const kept = isWorthIt ? this.#withKept(free, gamma, shift, use) : undefined;
    if (kept !== undefined) return kept;
    const fill = (K: Float64Array): void => fillBlock(K, this.#sigma, this.n, free, gamma, shift);
    return withDefiniteBlock(free.length, fill, use);
  }

  /** By γ (Σ_FF + diag(shift ÷ γ)), whose factor serves every γ. */
  #withKept<T>(
    free: Int32Array,
    gamma: number,
    shift: Float64Array,
    use: (block: RiskBlock) => T,
  ): T | undefined {
    const share = shift.map((value) => value / gamma);
    return this.#kept?.with(free, share, (around) =>
      withPartOf(around, (solvePart) =>
        use({
          solve: (B, columns) => {
            solvePart(B, columns);
            for (let k = 0; k < B.length; k++) B[k]! /= gamma;
          },
          addProduct: (v, out) => {
            const whole = new Float64Array(this.n);
            for (let a = 0; a < v.length; a++) whole[free[a]!] = v[a]!;
            const image = new Float64Array(this.n);
            this.addProduct(whole, image);
            for (let a = 0; a < v.length; a++) out[a]! += gamma * image[free[a]!]! + shift[a]! * v[a]!;
          },
        }),
      ),
    );
  }

  isDefinite(): boolean {
    return this.#isDefinite;
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

/** K = γ Σ_FF + diag(shift). */
function fillBlock(
  K: Float64Array,
  sigma: Float64Array,
  n: number,
  free: Int32Array,
  gamma: number,
  shift: Float64Array,
): void {
  const f = free.length;
  if (f === n) for (let k = 0; k < K.length; k++) K[k] = gamma * sigma[k]!;
  else {
    for (let a = 0; a < f; a++) {
      const row = free[a]! * n;
      const to = a * f;
      for (let b = 0; b < f; b++) K[to + b] = gamma * sigma[row + free[b]!]!;
    }
  }
  for (let a = 0; a < f; a++) K[a * (f + 1)]! += shift[a]!;
}

/** As {@link addRow} of four rows in turn, each by its own v. */
function addFourRows(
  out: Float64Array,
  table: Float64Array,
  n: number,
  rows: Int32Array,
  v: Float64Array,
): void {
  const [a, b, c, d] = [rows[0]! * n, rows[1]! * n, rows[2]! * n, rows[3]! * n];
  const [va, vb, vc, vd] = [v[rows[0]!]!, v[rows[1]!]!, v[rows[2]!]!, v[rows[3]!]!];
  for (let i = 0; i < n; i++) {
    let sum = out[i]!;
    sum += va * table[a + i]!;
    sum += vb * table[b + i]!;
    sum += vc * table[c + i]!;
    sum += vd * table[d + i]!;
    out[i] = sum;
  }
}

/** out += factor · the row of a symmetric table that begins at `start`. */
function addRow(out: Float64Array, table: Float64Array, start: number, factor: number): void {
  for (let i = 0; i < out.length; i++) out[i]! += factor * table[start + i]!;
}
