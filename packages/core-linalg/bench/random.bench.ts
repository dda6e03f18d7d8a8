import { atPeak, type Ladder, ladder, type Outcome, within } from "@astra-quant/bench";
import {
  correlatedDraws,
  createRandom,
  Matrix,
  mean,
  multivariateNormal,
  SobolSequence,
  variance,
} from "@astra-quant/core-linalg";
import { randomGamma, randomNormal } from "d3-random";
import seedrandom from "seedrandom";

/**
 * Different generators cannot agree in numbers: they must agree in law, here in their first two moments. `kurtosis` is
 * the fourth central moment over the squared variance.
 */
function sameLaw(
  expected: { mean: number; variance: number; kurtosis: number },
  ours: Outcome,
  theirs: Outcome,
): string | undefined {
  for (const [who, outcome] of [
    ["ours", ours],
    ["theirs", theirs],
  ] as const) {
    const draws = outcome as Float64Array;
    const error = 5 / Math.sqrt(draws.length);
    const { mean: mu, variance: sigma2, kurtosis } = expected;
    if (Math.abs(mean(draws) - mu) > error * Math.sqrt(sigma2)) return `the mean of ${who} is ${mean(draws)}`;
    if (Math.abs(variance(draws) - sigma2) > error * sigma2 * Math.sqrt(kurtosis - 1))
      return `the variance of ${who} is ${variance(draws)}`;
  }
  return undefined;
}

const normals: Ladder = ladder({
  name: "standard normals",
  sizes: [1000, 100_000, 1_000_000],
  describe: (count) => `${count} draws`,
  prepare: (count) => {
    const random = createRandom("bench");
    const out = new Float64Array(count);
    const theirs = new Float64Array(count);
    const draw = randomNormal.source(seedrandom("bench"))();
    return {
      ours: () => random.fillNormal(out),
      peers: {
        "d3-random with seedrandom": {
          run: () => {
            for (let i = 0; i < count; i++) theirs[i] = draw();
            return theirs;
          },
        },
        numpy: { python: "standard_normal", inputs: { count } },
      },
      disagreement: (a, b) => sameLaw({ mean: 0, variance: 1, kurtosis: 3 }, a, b),
    };
  },
});

const gammas: Ladder = ladder({
  name: "gamma",
  sizes: [0.5, 2.5],
  describe: (shape) => `100000 draws of shape ${shape}`,
  prepare: (shape) => {
    const random = createRandom("bench");
    const out = new Float64Array(100_000);
    const draw = randomGamma.source(seedrandom("bench"))(shape);
    const theirs = new Float64Array(out.length);
    const law = { mean: shape, variance: shape, kurtosis: 3 + 6 / shape };
    return {
      ours: () => random.fillGamma(out, shape),
      peers: {
        "d3-random with seedrandom": {
          run: () => {
            for (let i = 0; i < theirs.length; i++) theirs[i] = draw();
            return theirs;
          },
        },
        numpy: { python: "standard_gamma", inputs: { shape, count: out.length } },
      },
      disagreement: (a, b) => sameLaw(law, a, b),
    };
  },
});

const studentT: Ladder = ladder({
  name: "Student t",
  sizes: [10],
  describe: (nu) => `100000 draws of ${nu} degrees of freedom`,
  prepare: (nu) => {
    const random = createRandom("bench");
    const out = new Float64Array(100_000);
    const law = { mean: 0, variance: nu / (nu - 2), kurtosis: 3 + 6 / (nu - 4) };
    return {
      ours: () => random.fillStudentT(out, nu),
      peers: { numpy: { python: "standard_t", inputs: { nu, count: out.length } } },
      disagreement: (a, b) => sameLaw(law, a, b),
    };
  },
});

const lowerOf = (n: number): Matrix => {
  const L = new Matrix(n, n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) L.data[i * n + j] = i === j ? 1 : 0.1;
  return L;
};

const triangular: Ladder = ladder({
  name: "triangular multiply",
  sizes: [
    { rows: 1000, columns: 50 },
    { rows: 100_000, columns: 50 },
  ],
  describe: ({ rows, columns }) => `${rows}×${columns}`,
  prepare: ({ rows, columns }) => {
    const Z = new Matrix(rows, columns, createRandom("bench").fillNormal(new Float64Array(rows * columns)));
    const cholesky = lowerOf(columns);
    const out = new Matrix(rows, columns);
    return {
      ours: () => correlatedDraws(Z, { cholesky, out }).data,
      peers: {
        numpy: {
          python: "times_transposed",
          inputs: {
            Z: { shape: [rows, columns], data: Z.data },
            L: { shape: [columns, columns], data: cholesky.data },
          },
        },
        "f64x2 peak": { limit: atPeak(rows * columns * (columns + 1)) },
      },
      disagreement: within(1e-13),
    };
  },
});

const vectors: Ladder = ladder({
  name: "multivariate normal",
  sizes: [
    { rows: 1000, columns: 6 },
    { rows: 100_000, columns: 50 },
  ],
  describe: ({ rows, columns }) => `${rows}×${columns}`,
  prepare: ({ rows, columns }) => {
    const random = createRandom("bench");
    const cholesky = lowerOf(columns);
    const out = new Matrix(rows, columns);
    return {
      ours: () => multivariateNormal(random, { cholesky, count: rows, out }).data.subarray(0, columns),
      peers: {
        "numpy, normals times Lᵀ": {
          python: "normals_times_transposed",
          inputs: { rows, L: { shape: [columns, columns], data: cholesky.data } },
        },
      },
      disagreement: (a, b) =>
        (a as Float64Array).length === (b as Float64Array).length ? undefined : "another number of variables",
    };
  },
});

const sobol: Ladder = ladder({
  name: "Sobol points",
  sizes: [
    { dimensions: 6, scramble: "none" as const },
    { dimensions: 50, scramble: "none" as const },
    { dimensions: 50, scramble: "linear" as const },
    { dimensions: 50, scramble: "owen" as const },
  ],
  describe: ({ dimensions, scramble }) => `16384×${dimensions}, ${scramble}`,
  prepare: ({ dimensions, scramble }) => {
    const count = 16_384;
    const out = new Matrix(count, dimensions);
    const sequence =
      scramble === "none"
        ? new SobolSequence(dimensions)
        : new SobolSequence(dimensions, { scramble, seed: "bench" });
    return {
      ours: () => sequence.fill(out).data,
      peers: {
        scipy: {
          python: "sobol_points",
          inputs: { count, dimensions, scramble: scramble === "none" ? 0 : 1 },
        },
      },
      disagreement:
        scramble === "none"
          ? within(1e-15)
          : (a, b) => sameLaw({ mean: 0.5, variance: 1 / 12, kurtosis: 1.8 }, a, b),
    };
  },
});

const ladders: readonly Ladder[] = [normals, gammas, studentT, triangular, vectors, sobol];
export default ladders;
