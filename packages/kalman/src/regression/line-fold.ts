import type { KalmanRegressionFigure } from "./figures.ts";

/** Prices of one pair or more, and as many places for each figure of a bar that is asked for. */
export interface BarsAndAnswers extends Readonly<Partial<Record<KalmanRegressionFigure, Float64Array>>> {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What happens to the covariance from bar to bar, in units of R: P = inflation · P + R G, and the determinant of G. */
export interface CovarianceSteps {
  readonly inflation: number;
  readonly g00: number;
  readonly g01: number;
  readonly g11: number;
  readonly gain: number;
}

/**
 * The covariance of (level, slope) as a fraction, P = R · N ÷ s, with the share d = det N ÷ s. A bar moves all five numbers
 * by sums of products: nothing is divided, and P keeps a determinant above zero, since d is carried and not worked out.
 */
interface CovarianceFraction {
  n00: number;
  n01: number;
  n11: number;
  d: number;
  s: number;
}

/** A line y = level + slope · (x − anchor) that is determined, and what its bars have added up to. */
export interface KnownLine extends CovarianceFraction {
  readonly observationVariance: number;
  readonly anchor: number;
  level: number;
  slope: number;
  /** Of (innovation ÷ its standard deviation)². */
  squares: number;
  observations: number;
  missing: number;
  /** How often s was brought down. */
  rescalings: number;
  steps(): CovarianceSteps;
}

/** An s that reaches this is brought down by as much; a power of two, so that the fraction keeps its bits. */
export const LARGEST_SCALE = 18446744073709552000; // 2⁶⁴

/**
 * Takes the bars at `first`, `first` + `stride`, … before `end`, and writes what is asked for after each: the whole state in
 * local variables, since the loop is hot.
 */
export function foldLine(
  line: KnownLine,
  bars: BarsAndAnswers,
  first: number,
  end: number,
  stride: number,
): void {
  const { x, y, intercept, slope: slopes, innovation, innovationStd, zScore } = bars;
  const { anchor, observationVariance: R } = line;
  const { inflation, g00, g01, g11, gain } = line.steps();
  const g01Twice = g01 + g01;
  const forgets = inflation !== 1;
  let { level, slope, n00, n01, n11, d, s, squares, observations, missing, rescalings } = line;
  let r = 1 / s;
  for (let at = first; at < end; at += stride) {
    if (forgets) {
      n00 *= inflation;
      n01 *= inflation;
      n11 *= inflation;
      d *= inflation * inflation;
    }
    // N += s G
    d = d + (gain * s + g00 * n11 - g01Twice * n01) + g11 * n00;
    n00 += g00 * s;
    n01 += g01 * s;
    n11 += g11 * s;
    const h = x[at]! - anchor; // H = [1, h]
    let v = y[at]! - (level + slope * h);
    let std = Number.NaN;
    if (Number.isNaN(h) || Number.isNaN(y[at]!)) {
      v = Number.NaN;
      missing++;
    } else {
      observations++;
      const m0 = n00 + h * n01;
      const m1 = n01 + h * n11;
      // s += H N Hᵀ, which is s · S ÷ R, and N += d (h, −1)ᵀ (h, −1)
      const hSquared = h * h;
      s = s + n00 + ((h + h) * n01 + hSquared * n11);
      n00 += hSquared * d;
      n01 -= h * d;
      n11 += d;
      std = Math.sqrt(R * s * r);
      r = 1 / s;
      level += m0 * r * v;
      slope += m1 * r * v;
      squares += (v / std) * (v / std);
      while (s >= LARGEST_SCALE && s < Number.POSITIVE_INFINITY) {
        n00 /= LARGEST_SCALE;
        n01 /= LARGEST_SCALE;
        n11 /= LARGEST_SCALE;
        d /= LARGEST_SCALE;
        s /= LARGEST_SCALE;
        r = 1 / s;
        rescalings++;
      }
    }
    if (intercept !== undefined) intercept[at] = level - slope * anchor;
    if (slopes !== undefined) slopes[at] = slope;
    if (innovation !== undefined) innovation[at] = v;
    if (innovationStd !== undefined) innovationStd[at] = std;
    if (zScore !== undefined) zScore[at] = v / std;
  }
  line.level = level;
  line.slope = slope;
  line.n00 = n00;
  line.n01 = n01;
  line.n11 = n11;
  line.d = d;
  line.s = s;
  line.squares = squares;
  line.observations = observations;
  line.missing = missing;
  line.rescalings = rescalings;
}
