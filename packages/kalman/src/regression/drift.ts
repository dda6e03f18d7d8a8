import { QuantError } from "@astra-quant/core-linalg";
import { requireFinite, requireInteger, requireNonNegative, show } from "@astra-quant/core-linalg/guards";

/** How `delta` becomes the variance that a coefficient gains from bar to bar. */
export type Drift = "equal" | "ratio" | "scaled";

export const DRIFTS: readonly Drift[] = ["equal", "ratio", "scaled"];

/** The variance that a coefficient gains a bar, before a scaled drift divides it by its regressor's mean square. */
export function stepVariance(delta: number, drift: Drift): number {
  if (drift !== "ratio") return delta;
  if (delta < 1) return delta / (1 - delta);
  throw new QuantError("range", `delta must be below 1 under drift 'ratio', got ${delta}`, {
    argument: "delta",
    value: delta,
  });
}

export function requireForgetting(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0 && value <= 1) return value;
  throw new QuantError("range", `${name} must be above 0 and at most 1, got ${show(value)}`, {
    argument: name,
    value,
  });
}

/** The mean squares of the regressors over the bars so far: what a scaled drift divides by. */
export interface MeanSquaresState {
  readonly sums: readonly number[];
  readonly bars: number;
}

export class MeanSquares {
  readonly #sums: Float64Array;
  #bars: number;

  constructor(regressors: number, state?: MeanSquaresState) {
    this.#sums = state === undefined ? new Float64Array(regressors) : Float64Array.from(state.sums);
    this.#bars = state?.bars ?? 0;
  }

  take(j: number, x: number): void {
    this.#sums[j]! += x * x;
    if (j === 0) this.#bars++;
  }

  /** The step of the slope of regressor j; 0 as long as that has always been 0, when the slope moves nothing. */
  step(delta: number, j: number): number {
    const sum = this.#sums[j]!;
    return sum > 0 ? delta / (sum / this.#bars) : 0;
  }

  get state(): MeanSquaresState {
    return { sums: Array.from(this.#sums), bars: this.#bars };
  }
}

export function requireMeanSquares(name: string, given: unknown, regressors: number): MeanSquaresState {
  const { sums, bars } = (given ?? {}) as Partial<MeanSquaresState>;
  if (!Array.isArray(sums) || sums.length !== regressors) {
    throw new QuantError("data", `${name}.sums must have ${regressors} entries, got ${show(sums)}`, {
      argument: name,
    });
  }
  return {
    sums: sums.map((sum, j) =>
      requireNonNegative(`${name}.sums[${j}]`, requireFinite(`${name}.sums[${j}]`, sum)),
    ),
    bars: requireInteger(`${name}.bars`, bars, 0),
  };
}
