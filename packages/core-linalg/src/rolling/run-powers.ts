import type { RunLaw } from "./block-merge.ts";

export interface PowersForm {
  readonly as: "skewness" | "kurtosis";
  /** The population's moments instead of the sample's unbiased ones. */
  readonly bias: boolean;
}

/** Below this a sum of squares, or its square, has lost digits to underflow: such a window does not vary. */
const LEAST = 2 ** -969;

// A run's record: how many values, the first of them, the sum and the mean of what the others lie above it, and the
// sums of the second to fourth powers of the deviations from the mean.
const REFERENCE = 1;
const SUM = 2;
const MEAN = 3;
const M2 = 4;
const M3 = 5;
const M4 = 6;
const WIDTH = 7;

/** The fewest values that have the answer. */
export function leastForPowers({ as, bias }: PowersForm): number {
  if (bias) return 1;
  return as === "skewness" ? 3 : 4;
}

function skewness(n: number, m2: number, m3: number, bias: boolean): number {
  if (!(m2 > LEAST)) return Number.NaN;
  const population = (m3 / m2) * Math.sqrt(n / m2);
  return bias ? population : (population * Math.sqrt(n * (n - 1))) / (n - 2);
}

function excessKurtosis(n: number, m2: number, m4: number, bias: boolean): number {
  if (!(m2 * m2 > LEAST)) return Number.NaN;
  const population = (n * m4) / (m2 * m2) - 3;
  return bias ? population : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * population + 6);
}

/** The law of powers: a window's skewness or excess kurtosis. */
export function runPowers(form: PowersForm): RunLaw {
  const { as, bias } = form;
  const least = leastForPowers(form);
  return {
    width: WIDTH,
    // With δ the deviation of the new value from the mean of the n − 1 before it, and e = δ ÷ n:
    // M₄ += δ e³ (n − 1) (n² − 3n + 3) + 6 e² M₂ − 4 e M₃
    // M₃ += δ e² (n − 1) (n − 2) − 3 e M₂
    // M₂ += δ e (n − 1)
    push(runs, from, to, x) {
      if (!Number.isFinite(x)) {
        for (let k = 0; k < WIDTH; k++) runs[to + k] = runs[from + k]!;
        return;
      }
      const n = runs[from]! + 1;
      const reference = n === 1 ? x : runs[from + REFERENCE]!;
      const above = x - reference;
      const delta = above - runs[from + MEAN]!;
      const e = delta / n;
      const square = delta * e * (n - 1);
      const m2 = runs[from + M2]!;
      const m3 = runs[from + M3]!;
      const sum = runs[from + SUM]! + above;
      runs[to] = n;
      runs[to + REFERENCE] = reference;
      runs[to + SUM] = sum;
      runs[to + MEAN] = sum / n;
      runs[to + M4] =
        runs[from + M4]! + square * (e * e) * (n * n - 3 * n + 3) + 6 * (e * e) * m2 - 4 * e * m3;
      runs[to + M3] = m3 + square * e * (n - 2) - 3 * e * m2;
      runs[to + M2] = m2 + square;
    },
    // Two runs of a and b values, δ the difference of their means, e = δ ÷ n:
    // M₄ = M₄ₐ + M₄ᵦ + δ e³ a b (a² − ab + b²) + 6 e² (a² M₂ᵦ + b² M₂ₐ) + 4 e (a M₃ᵦ − b M₃ₐ)
    // M₃ = M₃ₐ + M₃ᵦ + δ e² a b (a − b) + 3 e (a M₂ᵦ − b M₂ₐ)
    // M₂ = M₂ₐ + M₂ᵦ + δ e a b
    answer(runs, early, late) {
      const a = runs[early]!;
      const b = runs[late]!;
      const n = a + b;
      if (n < least) return Number.NaN;
      const delta =
        a > 0 && b > 0
          ? runs[late + REFERENCE]! - runs[early + REFERENCE]! + (runs[late + MEAN]! - runs[early + MEAN]!)
          : 0;
      const e = delta / n;
      const between = delta * e * (a * b);
      const m2a = runs[early + M2]!;
      const m2b = runs[late + M2]!;
      const m3a = runs[early + M3]!;
      const m3b = runs[late + M3]!;
      const m2 = m2a + m2b + between;
      if (as === "skewness") {
        return skewness(n, m2, m3a + m3b + between * e * (a - b) + 3 * e * (a * m2b - b * m2a), bias);
      }
      const m4 =
        runs[early + M4]! +
        runs[late + M4]! +
        between * (e * e) * (a * a - a * b + b * b) +
        6 * (e * e) * (a * a * m2b + b * b * m2a) +
        4 * e * (a * m3b - b * m3a);
      return excessKurtosis(n, m2, m4, bias);
    },
  };
}
