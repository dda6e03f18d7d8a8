import type { RunLaw } from "./block-merge.ts";

export interface SquaresForm {
  readonly ddof: number;
  /** The standard deviation instead of the variance. */
  readonly root: boolean;
}

// A run's record: how many values, the first of them, the sum and the mean of what the others lie above it, and the
// sum of the squared deviations from the mean.
const REFERENCE = 1;
const SUM = 2;
const MEAN = 3;
const SQUARES = 4;

/** The law of squares: a window's variance, or its root. */
export function runSquares({ ddof, root }: SquaresForm): RunLaw {
  return {
    width: 5,
    // With d the deviation of the new value from the mean of the n − 1 before it:
    // Sₙ = Sₙ₋₁ + d² (n − 1) ÷ n
    push(runs, from, to, x) {
      if (!Number.isFinite(x)) {
        for (let k = 0; k < 5; k++) runs[to + k] = runs[from + k]!;
        return;
      }
      const n = runs[from]! + 1;
      const reference = n === 1 ? x : runs[from + REFERENCE]!;
      const above = x - reference;
      const d = above - runs[from + MEAN]!;
      const sum = runs[from + SUM]! + above;
      runs[to] = n;
      runs[to + REFERENCE] = reference;
      runs[to + SUM] = sum;
      runs[to + MEAN] = sum * (1 / n);
      runs[to + SQUARES] = runs[from + SQUARES]! + d * d * ((n - 1) / n);
    },
    // Two runs a and b are merged, δ the difference of their means [ChanGolubLeVeque1979]:
    // S = S_a + S_b + δ² n_a n_b ÷ (n_a + n_b)
    answer(runs, early, late) {
      const n = runs[early]! + runs[late]!;
      const weight = runs[early]! * runs[late]! * (1 / n);
      const delta =
        runs[late + REFERENCE]! - runs[early + REFERENCE]! + (runs[late + MEAN]! - runs[early + MEAN]!);
      const between = weight > 0 ? delta * delta * weight : 0;
      const squares = runs[early + SQUARES]! + runs[late + SQUARES]! + between;
      const variance = n > ddof ? squares * (1 / (n - ddof)) : Number.NaN;
      return root ? Math.sqrt(variance) : variance;
    },
  };
}
