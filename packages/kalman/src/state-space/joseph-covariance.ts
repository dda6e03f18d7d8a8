import type { StateCovariance } from "./state-covariance.ts";

/** P itself, updated by Joseph's form, which keeps it symmetric and positive. */
export class JosephCovariance implements StateCovariance {
  readonly form = "joseph";
  readonly data: Float64Array;
  readonly #n: number;
  readonly #work: Float64Array;
  readonly #gain: Float64Array;

  constructor(data: Float64Array, n: number) {
    this.data = data;
    this.#n = n;
    this.#work = new Float64Array(n * n);
    this.#gain = new Float64Array(n);
  }

  project(z: Float64Array, cross: Float64Array): number {
    const n = this.#n;
    let variance = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += this.data[i * n + j]! * z[j]!;
      cross[i] = sum;
      variance += z[i]! * sum;
    }
    return variance;
  }

  update(z: Float64Array, noise: number, cross: Float64Array, variance: number): void {
    for (let i = 0; i < this.#n; i++) this.#gain[i] = cross[i]! / variance;
    this.#joseph(z, noise, cross, this.#gain);
  }

  replace(z: Float64Array, noise: number, gain: Float64Array): void {
    const cross = new Float64Array(this.#n);
    this.project(z, cross);
    this.#joseph(z, noise, cross, gain);
  }

  // A = P − K (Pz)ᵀ, then P = A − (Az − noise · K) Kᵀ
  #joseph(z: Float64Array, noise: number, cross: Float64Array, K: Float64Array): void {
    const n = this.#n;
    const P = this.data;
    const rest = this.#work;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        const a = P[i * n + j]! - K[i]! * cross[j]!;
        P[i * n + j] = a;
        sum += a * z[j]!;
      }
      rest[i] = sum - noise * K[i]!;
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const value = P[i * n + j]! - rest[i]! * K[j]!;
        P[i * n + j] = value;
        P[j * n + i] = value;
      }
    }
    this.#clear();
  }

  /** What is known but for rounding, as after an observation without noise, has the variance 0, not a little less. */
  #clear(): void {
    const n = this.#n;
    const P = this.data;
    for (let i = 0; i < n; i++) {
      if (!(P[i * n + i]! < 0)) continue;
      for (let j = 0; j < n; j++) {
        P[i * n + j] = 0;
        P[j * n + i] = 0;
      }
    }
  }

  predict(T: Float64Array, Q: Float64Array): void {
    const n = this.#n;
    const P = this.data;
    const TP = this.#work;
    TP.fill(0);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        const t = T[i * n + k]!;
        if (t === 0) continue;
        for (let j = 0; j < n; j++) TP[i * n + j]! += t * P[k * n + j]!;
      }
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += TP[i * n + k]! * T[j * n + k]!;
        P[i * n + j] = sum + Q[i * n + j]!;
        P[j * n + i] = P[i * n + j]!;
      }
    }
    this.#clear();
  }

  dense(): Float64Array {
    return this.data.slice();
  }
}
