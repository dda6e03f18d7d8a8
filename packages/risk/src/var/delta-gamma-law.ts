import {
  cos,
  exp,
  type Matrix,
  matVec,
  multiply,
  sin,
  symmetricEigen,
  symmetrize,
  transpose,
} from "@astra-quant/core-linalg";

/** θ + Σ b_j y_j + ½ λ_j y_j² with independent standard normals y: what any quadratic in normals comes to. */
export interface QuadraticLaw {
  readonly constant: number;
  readonly b: Float64Array;
  readonly lambda: Float64Array;
}

/** The law of θ + δ'x + ½ x'Γx with x = L y, L a factor of the covariance. */
export function quadraticLaw(constant: number, delta: Float64Array, gamma: Matrix, L: Matrix): QuadraticLaw {
  const curvature = symmetrize(multiply(multiply(transpose(L), gamma), L));
  const { values, vectors } = symmetricEigen(curvature);
  return { constant, b: matVec(transpose(vectors), matVec(transpose(L), delta)), lambda: values };
}

/** The first four cumulants. */
export function cumulants({ constant, b, lambda }: QuadraticLaw): readonly [number, number, number, number] {
  // κ₁ = θ + ½ Σλ,  κ_m = ½ (m − 1)! Σλᵐ + ½ m! Σ b² λᵐ⁻²
  const k: [number, number, number, number] = [constant, 0, 0, 0];
  for (let j = 0; j < b.length; j++) {
    const [l, s] = [lambda[j]!, b[j]! * b[j]!];
    k[0] += l / 2;
    k[1] += (l * l) / 2 + s;
    k[2] += l * l * l + 3 * s * l;
    k[3] += 3 * l * l * l * l + 12 * s * l * l;
  }
  return k;
}

/** Half the width, in standard deviations, of the line on which the law is taken to lie: it is repeated beyond. */
const REACH = 60;
const SPACING: number = Math.PI / REACH;
/** Terms smaller than this no longer count. */
const NEGLIGIBLE = 1e-16;
const MOST_TERMS = 2 ** 18;
/** Angles that are turned from one to the next before one is computed anew. */
const REFRESH = 256;

/**
 * The law of a quadratic in normals from its characteristic function φ, standardised: P(X ≤ x) = ½ − (1 ÷ π) Σ_k
 * Im(φ(u_k) e^(−i u_k x)) ÷ (k + ½) with u_k = (k + ½) Δ, which is exact but for what lies beyond a period 2π ÷ Δ and for
 * the terms left out.
 */
export class StandardisedLaw {
  readonly mean: number;
  readonly deviation: number;
  /** The size of the first term left out. */
  readonly truncation: number;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;

  constructor(law: QuadraticLaw) {
    const [mean, variance] = cumulants(law);
    this.mean = mean;
    this.deviation = Math.sqrt(variance);
    const real: number[] = [];
    const imaginary: number[] = [];
    let size = 1;
    for (let k = 0; k < MOST_TERMS && size > NEGLIGIBLE; k++) {
      const [re, im] = this.#characteristic(law, (k + 0.5) * SPACING);
      real.push(re);
      imaginary.push(im);
      size = Math.sqrt(re * re + im * im) / (k + 0.5);
    }
    this.truncation = size;
    this.#real = Float64Array.from(real);
    this.#imaginary = Float64Array.from(imaginary);
  }

  /** φ of (X − mean) ÷ deviation: exp(−½ b²u² ÷ (1 − iλu)) ÷ √(1 − iλu) for every factor. */
  #characteristic({ constant, b, lambda }: QuadraticLaw, standard: number): [number, number] {
    const u = standard / this.deviation;
    let re = 1;
    let im = 0;
    let logModulus = 0;
    let phase = u * (constant - this.mean);
    for (let j = 0; j < b.length; j++) {
      const x = lambda[j]! * u;
      const square = 1 + x * x;
      const half = (0.5 * (b[j]! * u * (b[j]! * u))) / square;
      logModulus -= half;
      phase -= half * x;
      // 1 ÷ √(1 − ix) = (p + iq) with p² + q² = 1 ÷ √(1 + x²)
      const modulus = 1 / Math.sqrt(square);
      const p = Math.sqrt((modulus + modulus * modulus) / 2);
      const q = (0.5 * x * modulus * modulus) / p;
      [re, im] = [re * p - im * q, re * q + im * p];
    }
    const scale = exp(logModulus);
    const [c, s] = [scale * cos(phase), scale * sin(phase)];
    return [re * c - im * s, re * s + im * c];
  }

  /** P((X − mean) ÷ deviation ≤ x), |x| well below the reach. */
  cdf(x: number): number {
    return 0.5 - this.#sums(x).first / Math.PI;
  }

  /** E(x − Z)⁺ of the standardised Z: the integral of its distribution up to x. */
  shortfallBelow(x: number): number {
    const from = -REACH / 2;
    const integral = (this.#sums(x).second - this.#sums(from).second) / SPACING;
    return (x - from) / 2 - integral / Math.PI;
  }

  /** Σ Im(φ e^(−iux)) ÷ (k + ½), and of what it is the derivative: Σ Re(φ e^(−iux)) ÷ (k + ½)². */
  #sums(x: number): { first: number; second: number } {
    const [stepCos, stepSin] = [cos(SPACING * x), sin(SPACING * x)];
    let c = 1;
    let s = 0;
    let first = 0;
    let second = 0;
    for (let k = 0; k < this.#real.length; k++) {
      if (k % REFRESH === 0) {
        const angle = (k + 0.5) * SPACING * x;
        [c, s] = [cos(angle), sin(angle)];
      }
      const [re, im] = [this.#real[k]!, this.#imaginary[k]!];
      const n = k + 0.5;
      first += (im * c - re * s) / n;
      second += (im * s + re * c) / (n * n);
      const turned = c * stepCos - s * stepSin;
      s = s * stepCos + c * stepSin;
      c = turned;
    }
    return { first, second };
  }

  /** Where the distribution reaches α. */
  quantile(alpha: number): number {
    let low = -REACH / 2;
    let high = REACH / 2;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (this.cdf(middle) < alpha) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }
}
