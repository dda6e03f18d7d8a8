import { logDensity } from "../state-space/log-density.ts";

/** Prices of one pair or more, and as many places for what is known after each bar. */
export interface BarsAndAnswers {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly intercept: Float64Array;
  readonly slope: Float64Array;
  readonly innovation: Float64Array;
  readonly innovationStd: Float64Array;
  readonly zScore: Float64Array;
}

/** What P is multiplied by and gains from bar to bar: Q, diagonal in (intercept, slope), seen from the anchor. */
export interface CovarianceSteps {
  readonly inflation: number;
  readonly levelStep: number;
  readonly slopeStep: number;
}

/** A line y = level + slope · (x − anchor) that is determined, and the covariance of (level, slope). */
export interface KnownLine {
  readonly observationVariance: number;
  readonly anchor: number;
  level: number;
  slope: number;
  p00: number;
  p01: number;
  p10: number;
  p11: number;
  logLikelihood: number;
  observations: number;
  missing: number;
  steps(): CovarianceSteps;
}

/**
 * Takes the bars at `first`, `first` + `stride`, … before `end`, and writes what is known after each: the whole state in
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
  const { inflation, levelStep, slopeStep } = line.steps();
  const crossStep = slopeStep * anchor;
  const forgets = inflation !== 1;
  let { level, slope, p00, p01, p11, logLikelihood, observations, missing } = line;
  for (let at = first; at < end; at += stride) {
    // P = inflation · P + Q
    if (forgets) {
      p00 *= inflation;
      p01 *= inflation;
      p11 *= inflation;
    }
    p00 += levelStep;
    p01 += crossStep;
    p11 += slopeStep;
    const h = x[at]! - anchor; // H = [1, h]
    let v = y[at]! - (level + slope * h);
    let std = Number.NaN;
    if (Number.isNaN(h) || Number.isNaN(y[at]!)) {
      v = Number.NaN;
      missing++;
    } else {
      observations++;
      const m0 = p00 + p01 * h;
      const m1 = p01 + p11 * h;
      const S = m0 + m1 * h + R; // S = H P Hᵀ + R
      const k0 = m0 / S;
      const k1 = m1 / S;
      level += k0 * v;
      slope += k1 * v;

      // P = (I − KH) P (I − KH)ᵀ + K R Kᵀ   (Joseph form)
      const a00 = 1 - k0;
      const a01 = -k0 * h;
      const a10 = -k1;
      const a11 = 1 - k1 * h;
      const b00 = a00 * p00 + a01 * p01;
      const b01 = a00 * p01 + a01 * p11;
      const b10 = a10 * p00 + a11 * p01;
      const b11 = a10 * p01 + a11 * p11;
      p00 = b00 * a00 + b01 * a01 + k0 * R * k0;
      p01 = b00 * a10 + b01 * a11 + k0 * R * k1;
      p11 = b10 * a10 + b11 * a11 + k1 * R * k1;

      std = Math.sqrt(S);
      logLikelihood += logDensity(v, S);
    }
    intercept[at] = level - slope * anchor;
    slopes[at] = slope;
    innovation[at] = v;
    innovationStd[at] = std;
    zScore[at] = v / std;
  }
  line.level = level;
  line.slope = slope;
  line.p00 = p00;
  line.p01 = p01;
  line.p10 = p01;
  line.p11 = p11;
  line.logLikelihood = logLikelihood;
  line.observations = observations;
  line.missing = missing;
}
