import {
  cholesky,
  choleskySolve,
  Matrix,
  normalCdf,
  normalPdf,
  normalQuantile,
} from "@astra-quant/core-linalg";

/** A function of a path's score that vanishes but in the lower tail, with its exact mean. */
interface Control {
  readonly threshold: number;
  readonly of: (score: number) => number;
  readonly mean: number;
}

/** Fewer paths than this below a threshold say too little for weights to rest on them. */
const LEAST = 10;
/** What is left of a difference of equal variances, as a share of them. */
const ROUNDING = 4 * Number.EPSILON;

/** 1 below a threshold. */
function indicator(probability: number): Control {
  const threshold = normalQuantile(probability);
  return { threshold, of: (score) => (score <= threshold ? 1 : 0), mean: probability };
}

/** How far below: E(c − s)⁺ = c Φ(c) + φ(c). */
function excess(probability: number): Control {
  const c = normalQuantile(probability);
  return { threshold: c, of: (score) => Math.max(0, c - score), mean: c * normalCdf(c) + normalPdf(c) };
}

function controlsFor(alpha: number, paths: number): readonly Control[] {
  const enough = (probability: number): boolean => paths * probability >= LEAST && probability < 0.5;
  return [
    ...[alpha / 2, alpha, 2 * alpha].filter(enough).map(indicator),
    ...[alpha / 2, alpha].filter(enough).map(excess),
  ];
}

/**
 * Weights that give the controls their exact means in the sample: (1 + (Eg − ḡ)ᵀ S⁻¹ (g − ḡ)) ÷ n, S the sample
 * covariance of the controls g [DongNakayama2017]. Whatever is averaged with them is the regression estimate.
 */
export class ControlWeights {
  readonly #controls: readonly Control[];
  readonly #means: Float64Array;
  readonly #factor: Matrix | undefined;
  readonly #slope: Float64Array;
  readonly #paths: number;

  constructor(scores: Float64Array, alpha: number) {
    this.#paths = scores.length;
    this.#controls = controlsFor(alpha, scores.length);
    const K = this.#controls.length;
    const sums = new Float64Array(K);
    const S = new Matrix(K, K);
    const highest = this.#controls.reduce(
      (most, { threshold }) => Math.max(most, threshold),
      Number.NEGATIVE_INFINITY,
    );
    for (const score of scores) if (score <= highest) this.#accumulate(this.#at(score), sums, S);
    this.#means = sums.map((sum) => sum / this.#paths);
    for (let i = 0; i < K; i++) {
      for (let j = 0; j < K; j++) {
        S.data[i * K + j] = S.data[i * K + j]! / this.#paths - this.#means[i]! * this.#means[j]!;
      }
    }
    const factor = K === 0 ? undefined : cholesky(S);
    this.#factor = factor?.status === "ok" ? factor.L : undefined;
    const missing = Float64Array.from(this.#controls, ({ mean }, k) => mean - this.#means[k]!);
    this.#slope = this.#factor === undefined ? new Float64Array(K) : choleskySolve(this.#factor, missing);
  }

  /** The probability that a path of this score stands for. */
  mass(score: number): number {
    let weight = 1;
    for (let k = 0; k < this.#controls.length; k++) {
      weight += this.#slope[k]! * (this.#controls[k]!.of(score) - this.#means[k]!);
    }
    return weight / this.#paths;
  }

  /**
   * The standard deviation of the weighted mean of a quantity that vanishes but on the paths given: what the controls do
   * not explain of it.
   */
  deviation(values: Float64Array, scores: Float64Array): number {
    const n = this.#paths;
    const mean = values.reduce((sum, y) => sum + y, 0) / n;
    const variance = values.reduce((sum, y) => sum + y * y, 0) / n - mean * mean;
    const c = this.#means.map((controlMean) => -controlMean * mean);
    for (let i = 0; i < values.length; i++) {
      const g = this.#at(scores[i]!);
      for (let k = 0; k < c.length; k++) c[k]! += (g[k]! * values[i]!) / n;
    }
    if (this.#factor === undefined) return Math.sqrt(variance / n);
    const slope = choleskySolve(this.#factor, c);
    const explained = slope.reduce((sum, b, k) => sum + b * c[k]!, 0);
    // Of a quantity that is a control itself no more is left than the rounding of both: small, and not nothing.
    return Math.sqrt(Math.max(ROUNDING * variance, variance - explained) / n);
  }

  #at(score: number): Float64Array {
    return Float64Array.from(this.#controls, ({ of }) => of(score));
  }

  #accumulate(g: Float64Array, sums: Float64Array, S: Matrix): void {
    const K = g.length;
    for (let i = 0; i < K; i++) {
      sums[i]! += g[i]!;
      for (let j = 0; j < K; j++) S.data[i * K + j]! += g[i]! * g[j]!;
    }
  }
}
