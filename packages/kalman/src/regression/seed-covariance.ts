/** The covariance of (intercept, slope) as the notebook's update leaves it: p01 and p10 drift apart by rounding. */
export type SeedCovarianceState = readonly [readonly [number, number], readonly [number, number]];

/** The notebook's covariance, in its own order of operations, and what its last bar said. */
export class SeedCovariance {
  #p00: number;
  #p01: number;
  #p10: number;
  #p11: number;
  /** Variance of the last innovation. */
  S = 0;
  /** Gains of intercept and slope at the last bar. */
  k0 = 0;
  k1 = 0;

  constructor([[p00, p01], [p10, p11]]: SeedCovarianceState) {
    this.#p00 = p00;
    this.#p01 = p01;
    this.#p10 = p10;
    this.#p11 = p11;
  }

  predict(step: number): void {
    this.#p00 += step;
    this.#p11 += step;
  }

  update(x: number, observationVariance: number): void {
    const [p00, p01, p10, p11] = [this.#p00, this.#p01, this.#p10, this.#p11];
    this.S = p00 + x * p10 + (p01 + x * p11) * x + observationVariance;
    this.k0 = (p00 + p01 * x) / this.S;
    this.k1 = (p10 + p11 * x) / this.S;

    // P = (I − KH) P
    const a00 = 1 - this.k0;
    const a01 = -this.k0 * x;
    const a10 = -this.k1;
    const a11 = 1 - this.k1 * x;
    this.#p00 = a00 * p00 + a01 * p10;
    this.#p01 = a00 * p01 + a01 * p11;
    this.#p10 = a10 * p00 + a11 * p10;
    this.#p11 = a10 * p01 + a11 * p11;
  }

  get state(): SeedCovarianceState {
    return [
      [this.#p00, this.#p01],
      [this.#p10, this.#p11],
    ];
  }
}
