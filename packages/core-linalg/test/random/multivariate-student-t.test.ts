import { bits, expectClose, sameBits, statistical } from "@astra-quant/testkit";
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  createRandom,
  Matrix,
  mean,
  multivariateStudentT,
  randomFrom,
  sampleCovariance,
  studentTCdf,
} from "../../src/index.ts";

const covariance = [
  [4, 1.2, -0.6],
  [1.2, 1, 0.1],
  [-0.6, 0.1, 0.25],
];
const factor = cholesky(covariance);
if (factor.status !== "ok") throw new Error("positive definite by construction");
const L = factor.L;
const COUNT = 200_000;

describe("multivariateStudentT", () => {
  for (const choleskyOf of ["covariance", "scale"] as const) {
    test(`draws have the ${choleskyOf} asked for`, () => {
      const nu = 9;
      const draws = multivariateStudentT(createRandom("mvt"), {
        mean: [1, -2, 3],
        cholesky: L,
        choleskyOf,
        degreesOfFreedom: nu,
        count: COUNT,
      });
      const estimate = sampleCovariance(draws);
      const scale = choleskyOf === "covariance" ? 1 : nu / (nu - 2);
      const excess = (nu - 2) / (nu - 4); // E w⁻² over its square
      for (let i = 0; i < 3; i++) {
        const own = scale * covariance[i]![i]!;
        expectClose(estimate.mean[i]!, [1, -2, 3][i]!, statistical(Math.sqrt(own / COUNT)));
        for (let j = 0; j < 3; j++) {
          const expected = scale * covariance[i]![j]!;
          const other = scale * covariance[j]![j]!;
          const fourth = excess * (own * other + 2 * expected ** 2);
          expectClose(
            estimate.covariance.get(i, j),
            expected,
            statistical(Math.sqrt((fourth - expected ** 2) / COUNT)),
          );
        }
      }
    });
  }

  test("each variable follows Student's law (Kolmogorov–Smirnov)", () => {
    const draws = multivariateStudentT(createRandom("ks"), {
      cholesky: [
        [1, 0],
        [0.6, 0.8],
      ],
      choleskyOf: "scale",
      degreesOfFreedom: 3,
      count: 20_000,
    });
    for (const j of [0, 1]) {
      let distance = 0;
      draws
        .column(j)
        .sort()
        .forEach((x, i, { length }) => {
          const p = studentTCdf(x, 3);
          distance = Math.max(distance, Math.abs(p - i / length), Math.abs(p - (i + 1) / length));
        });
      expect(distance).toBeLessThan(1.95 / Math.sqrt(20_000)); // level 0.1 %
    }
  });

  test("uncorrelated variables share their extremes: squares correlate", () => {
    const nu = 10;
    const { data } = multivariateStudentT(createRandom("squares"), {
      cholesky: Matrix.identity(2),
      choleskyOf: "scale",
      degreesOfFreedom: nu,
      count: COUNT,
    });
    const products = Array.from({ length: COUNT }, (_, t) => data[2 * t]! ** 2 * data[2 * t + 1]! ** 2);
    // E x²y² = ν² ÷ ((ν − 2)(ν − 4)), and the eighth moments of a row are those of ν⁴ ÷ w⁴ times 9.
    const expected = nu ** 2 / ((nu - 2) * (nu - 4));
    const square = (9 * nu ** 4) / ((nu - 2) * (nu - 4) * (nu - 6) * (nu - 8));
    expectClose(mean(products), expected, statistical(Math.sqrt((square - expected ** 2) / COUNT)));
  });

  for (const generator of ["squares64", "philox"] as const) {
    test(`takes count · (n + 1) draws row by row, whatever the block size (${generator})`, () => {
      const options = { cholesky: L, degreesOfFreedom: 5 };
      const whole = multivariateStudentT(createRandom("rows", { generator }), { ...options, count: 12_000 });
      const random = createRandom("rows", { generator });
      const pieces = [1, 2, 40, 11_957].flatMap((count) =>
        Array.from(multivariateStudentT(random, { ...options, count }).data),
      );
      expect(random.state.index).toBe(48_000);
      expect(sameBits(pieces, whole.data)).toBe(true);
    });
  }

  test("a row is √((ν − 2) ÷ w) L z, as single draws give w and z", () => {
    const random = createRandom("single");
    const w = random.chiSquare(5);
    const z = random.normal() * (Math.sqrt(3) / Math.sqrt(w));
    const options = { cholesky: [[2]], degreesOfFreedom: 5, count: 1 };
    expectClose(multivariateStudentT(createRandom("single"), options).data, [2 * z], bits);
  });

  test("any source of the room's interface will do, row by row", () => {
    const options = { cholesky: L, degreesOfFreedom: 5, count: 9 };
    const byRows = createRandom("shape");
    const source = {
      chiSquare: (nu: number) => byRows.chiSquare(nu),
      fillNormal: (out: Float64Array) => byRows.fillNormal(out),
    };
    expectClose(
      multivariateStudentT(source as never, options).data,
      multivariateStudentT(createRandom("shape"), options).data,
      bits,
    );
    expect(multivariateStudentT(randomFrom(seedrandom("s")), options).rows).toBe(9);
  });

  test("names what does not fit", () => {
    const random = createRandom(1);
    const draw = (change: object) => () =>
      multivariateStudentT(random, { cholesky: [[1]], degreesOfFreedom: 5, count: 2, ...change });
    expect(draw({ degreesOfFreedom: 2 })).toThrow(
      "degreesOfFreedom must be > 2 for a covariance to exist (or choleskyOf 'scale'), got 2",
    );
    expect(draw({ degreesOfFreedom: 2, choleskyOf: "scale" })).not.toThrow();
    expect(draw({ degreesOfFreedom: 0 })).toThrow("degreesOfFreedom must be positive and finite, got 0");
    expect(draw({ choleskyOf: "correlation" })).toThrow(/choleskyOf must be one of 'covariance', 'scale'/);
    expect(draw({ cholesky: [[1, 0]] })).toThrow("cholesky must be square, got 1×2");
    expect(draw({ cholesky: [[Number.NaN]] })).toThrow("cholesky[0][0] must be finite, got NaN");
    expect(draw({ mean: [1, 2] })).toThrow(/mean must have 1 entries/);
    expect(draw({ dof: 3 })).toThrow(/unknown option 'dof'/);
    expect(() =>
      multivariateStudentT({} as never, { cholesky: [[1]], degreesOfFreedom: 5, count: 1 }),
    ).toThrow("random must be a generator, got Object");
  });
});
