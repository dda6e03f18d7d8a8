import { cholesky, choleskySolve, Matrix } from "@astra-quant/core-linalg";
import type { RiskBlock } from "../../portfolio/risk/risk-model.ts";
import { ZeroRisk } from "../../portfolio/risk/zero-risk.ts";

/** What a diagonal without a factor is given, relative to each entry; a hundred times that if it is not enough. */
const RIDGE = 1e-14;
const MOST_RIDGE = 1e-8;
/** So little that a step does not see what is added for the sake of a factor. */
const VARIANCE = 1e-4;

/** X'DX in the place of Σ: how the scenarios curve a step of the barrier. */
export class ScenarioCurvature extends ZeroRisk {
  readonly #gram: Matrix;

  constructor(gram: Matrix) {
    super(gram.rows);
    this.variances.fill(VARIANCE);
    this.#gram = gram;
  }

  override block(free: Int32Array, _gamma: number, shift: Float64Array): RiskBlock | undefined {
    const f = free.length;
    const K = new Matrix(f, f);
    for (let a = 0; a < f; a++) {
      for (let b = 0; b < f; b++) K.data[a * f + b] = this.#gram.data[free[a]! * this.n + free[b]!]!;
      K.data[a * f + a]! += shift[a]!;
    }
    const L = factorOf(K);
    return L && new ScenarioBlock(K, L);
  }
}

/** Solves by a factor that may be that of a little more than K; whoever refines does so on K itself. */
class ScenarioBlock implements RiskBlock {
  readonly #K: Matrix;
  readonly #L: Matrix;

  constructor(K: Matrix, L: Matrix) {
    this.#K = K;
    this.#L = L;
  }

  solve(B: Float64Array, columns: number): void {
    if (columns === 0) return;
    if (columns === 1) choleskySolve(this.#L, B, { out: B });
    else {
      const table = new Matrix(this.#K.rows, columns, B);
      choleskySolve(this.#L, table, { out: table });
    }
  }

  addProduct(v: Float64Array, out: Float64Array): void {
    const { rows, data } = this.#K;
    for (let a = 0; a < rows; a++) {
      let sum = 0;
      for (let b = 0; b < rows; b++) sum += data[a * rows + b]! * v[b]!;
      out[a]! += sum;
    }
  }
}

function factorOf(K: Matrix): Matrix | undefined {
  const plain = cholesky(K);
  if (plain.status === "ok") return plain.L;
  const size = K.rows;
  for (let ridge = RIDGE * size; ridge < MOST_RIDGE; ridge *= 100) {
    const raised = K.clone();
    for (let a = 0; a < size; a++) raised.data[a * (size + 1)]! *= 1 + ridge;
    const factor = cholesky(raised);
    if (factor.status === "ok") return factor.L;
  }
  return undefined;
}
