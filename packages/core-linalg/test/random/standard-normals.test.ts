import { bits, expectClose, rounding, sameBits, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  correlatedDraws,
  createRandom,
  Matrix,
  mean,
  multivariateNormal,
  sampleCovariance,
  standardNormals,
  variance,
} from "../../src/index.ts";

const covariance = [
  [4, 1.2, -0.6],
  [1.2, 1, 0.1],
  [-0.6, 0.1, 0.25],
];
const factor = cholesky(covariance);
if (factor.status !== "ok") throw new Error("positive definite by construction");
const L = factor.L;
const average = [1, -2, 3];

describe("plain draws", () => {
  test("are those of the generator", () => {
    const expected = createRandom("plain").fillNormal(new Float64Array(33));
    expectClose(standardNormals(createRandom("plain"), { count: 33 }), expected, bits);
  });

  test("multivariateNormal is correlatedDraws of them, at any count", () => {
    for (const count of [0, 1, 5, 11_000]) {
      const z = new Matrix(count, 3, createRandom("same").fillNormal(new Float64Array(3 * count)));
      const draws = multivariateNormal(createRandom("same"), { mean: average, cholesky: L, count });
      expectClose(correlatedDraws(z, { mean: average, cholesky: L }).data, draws.data, bits);
    }
  });
});

describe("antithetic draws", () => {
  test("come in pairs z and −z, an odd last one alone, from half as many draws", () => {
    const random = createRandom("pairs");
    const z = standardNormals(random, { count: 7, antithetic: true });
    const drawn = createRandom("pairs").fillNormal(new Float64Array(4));
    expect(random.state.index).toBe(4);
    expectClose(z, [0, 1, 2].flatMap((k) => [drawn[k]!, -drawn[k]!]).concat(drawn[3]!), bits);
  });

  test("rows of a vector come in pairs about the mean", () => {
    for (const count of [1, 2, 3, 8, 9]) {
      const draws = multivariateNormal(createRandom("rows"), {
        mean: average,
        cholesky: L,
        count,
        antithetic: true,
      });
      for (let t = 0; t + 1 < count; t += 2) {
        for (let j = 0; j < 3; j++)
          expectClose(draws.get(t, j) + draws.get(t + 1, j), 2 * average[j]!, rounding(4));
      }
      const half = Math.ceil(count / 2);
      const plain = multivariateNormal(createRandom("rows"), { mean: average, cholesky: L, count: half });
      for (let k = 0; k < half; k++) expectClose(draws.row(2 * k), plain.row(k), bits);
    }
  });

  test("keep the law", () => {
    const z = standardNormals(createRandom("law"), { count: 200_000, antithetic: true });
    expectClose(variance(z), 1, statistical(Math.sqrt(2 / 100_000)));
    expectClose(mean(z.map((x) => x ** 4)), 3, statistical(Math.sqrt(96 / 100_000)));
  });
});

describe("moment-matched draws", () => {
  test("have exactly the mean asked for", () => {
    for (const antithetic of [false, true]) {
      const options = { mean: average, cholesky: L, count: 501, antithetic, momentMatched: "mean" } as const;
      const estimate = sampleCovariance(multivariateNormal(createRandom("mean"), options));
      expectClose(estimate.mean, average, rounding(10));
      expect(Math.abs(estimate.covariance.get(0, 0) - 4)).toBeGreaterThan(1e-6);
    }
  });

  test("have exactly the covariance asked for", () => {
    for (const count of [8, 9, 5000]) {
      for (const antithetic of [false, true]) {
        const options = {
          mean: average,
          cholesky: L,
          count,
          antithetic,
          momentMatched: "mean-and-covariance",
        } as const;
        const estimate = sampleCovariance(multivariateNormal(createRandom("both"), options));
        expectClose(estimate.mean, average, rounding(20));
        expectClose(estimate.covariance, covariance as never, rounding(100));
      }
    }
  });

  test("of one variable have mean 0 and variance 1", () => {
    const z = standardNormals(createRandom("one"), { count: 1000, momentMatched: "mean-and-covariance" });
    expectClose(mean(z), 0, rounding(10), 1);
    expectClose(variance(z), 1, rounding(10));
  });

  test("too few for a covariance are refused by count", () => {
    const matched = (count: number, antithetic: boolean) => () =>
      multivariateNormal(createRandom(1), {
        cholesky: L,
        count,
        antithetic,
        momentMatched: "mean-and-covariance",
      });
    const text =
      "count must give more independent draws than variables for their covariance to be matched, got 3 for 3";
    expect(matched(3, false)).toThrow(text);
    expect(matched(4, false)).not.toThrow();
    expect(matched(4, true)).toThrow(/got 4 for 3/);
    expect(matched(6, true)).not.toThrow();
    expect(matched(0, false)).toThrow(/got 0 for 3/);
  });
});

describe("misuse is named", () => {
  const random = createRandom(1);
  test("of options", () => {
    expect(() => standardNormals(random, { count: 2, antithetic: "yes" } as never)).toThrow(
      'antithetic must be true or false, got "yes"',
    );
    expect(() => standardNormals(random, { count: 2, momentMatched: "variance" } as never)).toThrow(
      "momentMatched must be one of 'mean', 'mean-and-covariance', got \"variance\"",
    );
    expect(() => standardNormals(random, { cuont: 2 } as never)).toThrow(
      "unknown option 'cuont'; did you mean 'count'?",
    );
    expect(() => standardNormals(random, {} as never)).toThrow("count must be an integer ≥ 0, got undefined");
  });

  test("of shapes", () => {
    expect(() => correlatedDraws([[1, 2]], { cholesky: [[1]] })).toThrow(
      "independent must have 1 columns as cholesky has, got 2",
    );
    const z = new Matrix(2, 1);
    expect(() => correlatedDraws(z, { cholesky: [[1]], out: z })).toThrow(
      "out must not share its memory with independent",
    );
    expect(() => multivariateNormal(random, { cholesky: [[1]], count: 2, out: new Matrix(1, 2) })).toThrow(
      "out must be a Matrix of 2×1, got 1×2",
    );
    expect(() => standardNormals(random, { count: 2, out: new Float64Array(3) })).toThrow(
      "out must be a Float64Array of 2 entries, got Float64Array(3)",
    );
  });

  test("a NaN among independent draws reaches its own row alone", () => {
    const draws = correlatedDraws(
      [
        [1, Number.NaN],
        [1, 1],
      ],
      {
        cholesky: [
          [2, 0],
          [1, 1],
        ],
      },
    );
    expectClose(draws.data, [2, Number.NaN, 2, 2], bits);
  });

  test("a matrix from elsewhere may be the out", () => {
    const out = new Matrix(3, 1);
    expect(multivariateNormal(createRandom(2), { cholesky: [[1]], count: 3, out }).data).toBe(out.data);
    expect(sameBits(out.data, standardNormals(createRandom(2), { count: 3 }))).toBe(true);
  });
});
