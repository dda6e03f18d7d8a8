import type { TakenBar, TakenElement } from "../state-space/filter-core.ts";
import { BackwardInformation } from "./backward-information.ts";

/** What all the observations say about one bar. */
export interface SmoothedBar {
  /** Of the state, n entries. */
  readonly mean: Float64Array;
  /** Of the state around that mean, n × n, row-major. */
  readonly covariance: Float64Array;
  /** Mean of η, what the state gains on its way to the next bar, n entries. */
  readonly disturbance: Float64Array;
  /** Of η around that mean, n × n, row-major. */
  readonly disturbanceCovariance: Float64Array;
}

/** A B for n × n matrices, row-major. */
function times(A: Float64Array, B: Float64Array, n: number): Float64Array {
  const C = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const a = A[i * n + k]!;
      if (a === 0) continue;
      for (let j = 0; j < n; j++) C[i * n + j]! += a * B[k * n + j]!;
    }
  }
  return C;
}

function transposed(A: Float64Array, n: number): Float64Array {
  return A.map((_, k) => A[(k % n) * n + Math.floor(k / n)]!);
}

/** A x. */
function apply(A: Float64Array, x: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) y[i]! += A[i * n + j]! * x[j]!;
  return y;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** Lᵀ x for L = I − k zᵀ. */
function throughGain(x: Float64Array, k: Float64Array, z: Float64Array): Float64Array {
  const along = dot(k, x);
  return x.map((value, i) => value - z[i]! * along);
}

/** Lᵀ N L for L = I − k zᵀ and N symmetric: N − z wᵀ − w zᵀ + z zᵀ (kᵀw) with w = N k. */
function aroundGain(N: Float64Array, k: Float64Array, z: Float64Array): Float64Array {
  const n = z.length;
  const w = apply(N, k, n);
  const quadratic = dot(k, w);
  return N.map((value, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return value - z[i]! * w[j]! - w[i]! * z[j]! + z[i]! * z[j]! * quadratic;
  });
}

/** N + weight · (x yᵀ + y xᵀ). */
function plusSymmetric(N: Float64Array, x: Float64Array, y: Float64Array, weight: number): Float64Array {
  const n = x.length;
  return N.map((value, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return value + weight * (x[i]! * y[j]! + y[i]! * x[j]!);
  });
}

/**
 * The way back of the fixed-interval smoother, which inverts no covariance: r and N gather from the later bars what an
 * earlier one has yet to learn. While something was unknown, r and N have terms of order 1 ÷ κ and 1 ÷ κ² for a prior
 * variance κ that grows without bound: r₁, N₁ and N₂.
 */
export class BackwardPass {
  readonly #n: number;
  #r: Float64Array;
  #N: Float64Array;
  #r1: Float64Array;
  #N1: Float64Array;
  #N2: Float64Array;
  readonly #information: BackwardInformation;

  constructor(states: number) {
    this.#n = states;
    this.#information = new BackwardInformation(states);
    this.#r = new Float64Array(states);
    this.#r1 = new Float64Array(states);
    this.#N = new Float64Array(states * states);
    this.#N1 = new Float64Array(states * states);
    this.#N2 = new Float64Array(states * states);
  }

  /** Goes back over a bar; the bars come last to first. */
  take(bar: TakenBar): SmoothedBar {
    const n = this.#n;
    const { Q, T } = bar;
    this.#information.take(bar);
    const disturbance = apply(Q, this.#r, n);
    const learnt = times(times(Q, this.#N, n), Q, n);
    const disturbanceCovariance = Q.map((value, i) => value - learnt[i]!);
    const Tt = transposed(T, n);
    const back = (N: Float64Array) => times(times(Tt, N, n), T, n);
    this.#r = apply(Tt, this.#r, n);
    this.#N = back(this.#N);
    const wasUnknown = bar.unknown.length > 0;
    if (wasUnknown) {
      this.#r1 = apply(Tt, this.#r1, n);
      this.#N1 = back(this.#N1);
      this.#N2 = back(this.#N2);
    }
    for (const element of bar.elements.toReversed()) {
      if (element.diffuseVariance > 0) this.#takeDiffuse(element);
      else if (element.variance > 0) this.#takeElement(element, wasUnknown);
    }
    const { mean, covariance } = this.#smoothed(bar);
    const summed = this.#information.smoothedCovariance(bar);
    return { mean, covariance: summed ?? covariance, disturbance, disturbanceCovariance };
  }

  // r ← z v/F + Lᵀ r,  N ← z zᵀ/F + Lᵀ N L
  #takeElement({ z, innovation, variance, cross }: TakenElement, wasUnknown: boolean): void {
    const gain = cross.map((value) => value / variance);
    const weight = innovation / variance;
    this.#r = throughGain(this.#r, gain, z).map((value, i) => value + z[i]! * weight);
    this.#N = plusSymmetric(aroundGain(this.#N, gain, z), z, z, 0.5 / variance);
    if (!wasUnknown) return;
    this.#r1 = throughGain(this.#r1, gain, z);
    this.#N1 = aroundGain(this.#N1, gain, z);
    this.#N2 = aroundGain(this.#N2, gain, z);
  }

  // The gain is K∞ + g'/κ with g' = (P z − K∞ F) ÷ F∞, so that L = L∞ + g zᵀ/κ with g = −g'.
  #takeDiffuse({ z, innovation, variance, cross, diffuseVariance, diffuseGain }: TakenElement): void {
    const n = this.#n;
    const g = diffuseGain.map((k, i) => (k * variance - cross[i]!) / diffuseVariance);
    const weight = innovation / diffuseVariance + dot(g, this.#r);
    // u = L∞ᵀ N g, and L∞ᵀ N₁ g: what the cross terms z gᵀ N L∞ and z gᵀ N₁ L∞ are made of.
    const u = throughGain(apply(this.#N, g, n), diffuseGain, z);
    const u1 = throughGain(apply(this.#N1, g, n), diffuseGain, z);
    const square = dot(g, apply(this.#N, g, n));
    const second = (square - variance / (diffuseVariance * diffuseVariance)) / 2;
    this.#N2 = plusSymmetric(plusSymmetric(aroundGain(this.#N2, diffuseGain, z), z, u1, 1), z, z, second);
    this.#N1 = plusSymmetric(
      plusSymmetric(aroundGain(this.#N1, diffuseGain, z), z, u, 1),
      z,
      z,
      0.5 / diffuseVariance,
    );
    this.#N = aroundGain(this.#N, diffuseGain, z);
    this.#r1 = throughGain(this.#r1, diffuseGain, z).map((value, i) => value + z[i]! * weight);
    this.#r = throughGain(this.#r, diffuseGain, z);
  }

  // α̂ = a + P r + P∞ r₁,  V = P − P N P − P∞ N₁ P − P N₁ P∞ − P∞ N₂ P∞
  #smoothed({ mean, covariance: P, unknown }: TakenBar): Pick<SmoothedBar, "mean" | "covariance"> {
    const n = this.#n;
    const moved = apply(P, this.#r, n);
    const learnt = times(times(P, this.#N, n), P, n);
    const smooth = mean.map((value, i) => value + moved[i]!);
    const V = P.map((value, i) => value - learnt[i]!);
    if (unknown.length > 0) {
      const columns = unknown.length / n;
      const infinite = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          for (let k = 0; k < columns; k++) {
            infinite[i * n + j]! += unknown[i * columns + k]! * unknown[j * columns + k]!;
          }
        }
      }
      const diffuse = apply(infinite, this.#r1, n);
      const first = times(times(infinite, this.#N1, n), P, n);
      const second = times(times(infinite, this.#N2, n), infinite, n);
      for (let i = 0; i < n; i++) {
        smooth[i]! += diffuse[i]!;
        for (let j = 0; j < n; j++)
          V[i * n + j]! -= first[i * n + j]! + first[j * n + i]! + second[i * n + j]!;
      }
    }
    for (let i = 0; i < n; i++) {
      V[i * n + i] = Math.max(0, V[i * n + i]!);
      for (let j = 0; j < i; j++) {
        const middle = (V[i * n + j]! + V[j * n + i]!) / 2;
        V[i * n + j] = middle;
        V[j * n + i] = middle;
      }
    }
    return { mean: smooth, covariance: V };
  }
}
