import type { RiskBlock, Riskless, RiskModel, RunningRisk } from "./risk-model.ts";

/** Σ = 0: what is left of a portfolio when only its costs and limits count. */
export class ZeroRisk implements RiskModel {
  readonly n: number;
  readonly variances: Float64Array;

  constructor(n: number) {
    this.n = n;
    this.variances = new Float64Array(n);
  }

  addProduct(): void {}

  block(_free: Int32Array, _gamma: number, shift: Float64Array): RiskBlock | undefined {
    if (!shift.every((value) => value > 0)) return undefined;
    return {
      solve(B, columns) {
        for (let k = 0; k < B.length; k++) B[k]! /= shift[Math.floor(k / columns)]!;
      },
      addProduct(v, out) {
        for (let a = 0; a < out.length; a++) out[a]! += shift[a]! * v[a]!;
      },
    };
  }

  withBlock<T>(
    free: Int32Array,
    gamma: number,
    shift: Float64Array,
    use: (block: RiskBlock) => T,
  ): T | undefined {
    const block = this.block(free, gamma, shift);
    return block && use(block);
  }

  isDefinite(): boolean {
    return false;
  }

  running(): RunningRisk {
    return { slope: () => 0, add: () => {} };
  }

  riskless(): Riskless {
    return { rows: [], frozen: new Uint8Array(this.n) };
  }
}
