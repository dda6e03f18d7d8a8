import type { RunLaw } from "./block-merge.ts";

/** What a window's sums of products are made into. */
export type ProductsForm =
  | { readonly as: "covariance"; readonly ddof: number }
  | { readonly as: "beta" | "correlation" };

/** Below this a sum of squares has lost digits to underflow: such a series does not vary. */
export const LEAST_SQUARES: number = 2 ** -969;

// A run's record: how many rows; the first of them; for each side the sum and the mean of what the others lie above
// it; and the sums of products and squares of the deviations from the means.
const REFERENCE_X = 1;
const REFERENCE_Y = 2;
const SUM_X = 3;
const SUM_Y = 4;
const MEAN_X = 5;
const MEAN_Y = 6;
const PRODUCT = 7;
const SQUARES_X = 8;
const SQUARES_Y = 9;
const WIDTH = 10;

function formed(form: ProductsForm, n: number, product: number, squaresX: number, squaresY: number): number {
  if (form.as === "covariance") return n > form.ddof ? product * (1 / (n - form.ddof)) : Number.NaN;
  if (form.as === "beta") return squaresY > LEAST_SQUARES ? product / squaresY : Number.NaN;
  if (!(squaresX > LEAST_SQUARES && squaresY > LEAST_SQUARES)) return Number.NaN;
  return Math.max(-1, Math.min(1, product / (Math.sqrt(squaresX) * Math.sqrt(squaresY))));
}

/** The law of products of two series: a window's covariance, slope of x on y, or correlation. */
export function runProducts(form: ProductsForm): RunLaw {
  return {
    width: WIDTH,
    // With d the deviations of the new row from the means of the n − 1 before it:
    // Pₙ = Pₙ₋₁ + d_x d_y (n − 1) ÷ n
    push(runs, from, to, x, y) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        for (let k = 0; k < WIDTH; k++) runs[to + k] = runs[from + k]!;
        return;
      }
      const n = runs[from]! + 1;
      const referenceX = n === 1 ? x : runs[from + REFERENCE_X]!;
      const referenceY = n === 1 ? y : runs[from + REFERENCE_Y]!;
      const aboveX = x - referenceX;
      const aboveY = y - referenceY;
      const dx = aboveX - runs[from + MEAN_X]!;
      const dy = aboveY - runs[from + MEAN_Y]!;
      const sumX = runs[from + SUM_X]! + aboveX;
      const sumY = runs[from + SUM_Y]! + aboveY;
      const weight = (n - 1) / n;
      runs[to] = n;
      runs[to + REFERENCE_X] = referenceX;
      runs[to + REFERENCE_Y] = referenceY;
      runs[to + SUM_X] = sumX;
      runs[to + SUM_Y] = sumY;
      runs[to + MEAN_X] = sumX * (1 / n);
      runs[to + MEAN_Y] = sumY * (1 / n);
      runs[to + PRODUCT] = runs[from + PRODUCT]! + dx * dy * weight;
      runs[to + SQUARES_X] = runs[from + SQUARES_X]! + dx * dx * weight;
      runs[to + SQUARES_Y] = runs[from + SQUARES_Y]! + dy * dy * weight;
    },
    // Two runs a and b are merged, δ the difference of their means [ChanGolubLeVeque1979]:
    // P = P_a + P_b + δ_x δ_y n_a n_b ÷ (n_a + n_b)
    answer(runs, early, late) {
      const n = runs[early]! + runs[late]!;
      const weight = runs[early]! * runs[late]! * (1 / n);
      const dx =
        runs[late + REFERENCE_X]! -
        runs[early + REFERENCE_X]! +
        (runs[late + MEAN_X]! - runs[early + MEAN_X]!);
      const dy =
        runs[late + REFERENCE_Y]! -
        runs[early + REFERENCE_Y]! +
        (runs[late + MEAN_Y]! - runs[early + MEAN_Y]!);
      const apart = weight > 0;
      const product = runs[early + PRODUCT]! + runs[late + PRODUCT]! + (apart ? dx * dy * weight : 0);
      const squaresX = runs[early + SQUARES_X]! + runs[late + SQUARES_X]! + (apart ? dx * dx * weight : 0);
      const squaresY = runs[early + SQUARES_Y]! + runs[late + SQUARES_Y]! + (apart ? dy * dy * weight : 0);
      return formed(form, n, product, squaresX, squaresY);
    },
  };
}
