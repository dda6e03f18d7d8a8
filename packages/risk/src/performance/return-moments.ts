import { kurtosis, mean, skewness, variance } from "@astra-quant/core-linalg";

/** What core-linalg's functions of these names say of the sample (ddof 1), in their bits. */
export interface ReturnMoments {
  readonly mean: number;
  readonly variance: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** Squares of deviations between these are far from both ends of the doubles. */
const [SMALL, LARGE] = [1e-70, 1e70];

/** Σ (x − centre), compensated. */
function sumOfDeviations(x: Float64Array, centre: number): number {
  let sum = 0;
  let lost = 0;
  for (let t = 0; t < x.length; t++) {
    const term = x[t]! - centre - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sum;
}

/**
 * Four moments in four passes, where the single functions take twenty: the sums of one pass wait for themselves, so two
 * at a time cost as much as one. Each sum is theirs, term by term; what they divide by a power of two changes no bit
 * between the ends of the doubles, and beyond those they are asked themselves.
 */
export function returnMoments(x: Float64Array): ReturnMoments {
  const n = x.length;
  const first = x[0]! + sumOfDeviations(x, x[0]!) / n;
  const centre = first + sumOfDeviations(x, first) / n;

  let sum = 0;

  let lost = 0;

  let squares = 0;

  let lostSquares = 0;

  let farthest = 0;
  for (let t = 0; t < n; t++) {
    const z = x[t]! - centre;
    farthest = Math.max(farthest, Math.abs(z));
    const term = z - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    const square = z * z - lostSquares;
    const nextSquares = squares + square;
    lostSquares = nextSquares - squares - square;
    squares = nextSquares;
  }
  if (!(farthest === 0 || (farthest > SMALL && farthest < LARGE))) {
    return { mean: mean(x), variance: variance(x), skewness: skewness(x), kurtosis: kurtosis(x) };
  }
  const spread = squares - (sum * sum) / n;
  const sigma = Math.sqrt(spread / n);
  const rest = sum / n;

  let cubes = 0;

  let lostCubes = 0;

  let fourths = 0;

  let lostFourths = 0;
  for (let t = 0; t < n; t++) {
    const z = (x[t]! - centre - rest) / sigma;
    const cube = z * z * z;
    const term = cube - lostCubes;
    const next = cubes + term;
    lostCubes = next - cubes - term;
    cubes = next;
    const fourth = cube * z - lostFourths;
    const nextFourths = fourths + fourth;
    lostFourths = nextFourths - fourths - fourth;
    fourths = nextFourths;
  }
  const varies = sigma > 0;
  return {
    mean: centre,
    variance: n > 1 ? spread / (n - 1) : Number.NaN,
    skewness: varies ? cubes / n : Number.NaN,
    kurtosis: varies ? fourths / n - 3 : Number.NaN,
  };
}
