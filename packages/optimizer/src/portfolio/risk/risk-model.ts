import type { DefiniteBlock } from "../../kernels/definite-block.ts";

/** Σ, known by what it does: n×n, symmetric, positive semidefinite. */
export interface RiskModel {
  readonly n: number;
  /** Σ's diagonal. */
  readonly variances: Float64Array;
  /** out += Σv, for a v that may be mostly zeros. */
  addProduct(v: Float64Array, out: Float64Array): void;
  /** γ Σ_FF + diag(shift), factored; undefined when it is not positive definite beyond rounding. `shift` has an entry for each of `free`. */
  block(free: Int32Array, gamma: number, shift: Float64Array): RiskBlock | undefined;
  /**
   * What `use` gives with K = γ Σ_FF + diag(shift), factored, which lives until `use` returns; undefined, and `use` not
   * called, when there is no factor. Where much is solved in a row this is faster than {@link block}. A shift that will not
   * come again passes: nothing of its factor is kept for the next.
   */
  withBlock<T>(
    free: Int32Array,
    gamma: number,
    shift: Float64Array,
    use: (block: RiskBlock) => T,
    isPassing?: boolean,
  ): T | undefined;
  /** Whether Σ is positive definite by a safe margin. */
  isDefinite(): boolean;
  /** What holds of every d with Σd = 0, and of no other: rows'd = 0, and d_i = 0 where `frozen` is 1. */
  riskless(): Riskless;
  /** Σx kept up while x, 0 at first, is changed entry by entry. */
  running(): RunningRisk;
}

export interface RunningRisk {
  /** (Σx)_i. */
  slope(i: number): number;
  /** x_i += change. */
  add(i: number, change: number): void;
}

export interface Riskless {
  readonly rows: readonly Float64Array[];
  readonly frozen: Uint8Array;
}

/** An eigenvalue, or variance, below this part of the largest is what rounding leaves of none. */
export const NO_VARIANCE = 1e-12;

/** K = γ Σ_FF + diag(shift), f×f. */
export type RiskBlock = Pick<DefiniteBlock, "solve" | "addProduct">;

/** v'Σv. */
export function varianceOf(risk: RiskModel, v: Float64Array): number {
  const image = new Float64Array(risk.n);
  risk.addProduct(v, image);
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * image[i]!;
  return sum;
}
