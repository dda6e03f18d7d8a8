import { bits, expectClose, rounding, sameBits, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { createRandom, Matrix, mean, normalCopula, studentTCdf, studentTCopula } from "../../src/index.ts";

const COUNT = 40_000;
const rho = 0.6;
const pair = [
  [1, 0],
  [rho, 0.8],
];

/** Kendall's rank correlation from disjoint pairs of rows: +1 or −1 each, independent. */
function kendall({ data, rows }: Matrix): { tau: number; error: number } {
  const signs = Array.from({ length: Math.floor(rows / 2) }, (_, k) => {
    const at = 4 * k;
    return Math.sign((data[at]! - data[at + 2]!) * (data[at + 1]! - data[at + 3]!));
  });
  const tau = mean(signs);
  return { tau, error: Math.sqrt((1 - tau * tau) / signs.length) };
}

const copulas = {
  normal: (count: number, cholesky: number[][] = pair) =>
    normalCopula(createRandom("copula"), { cholesky, count }),
  "Student t": (count: number, cholesky: number[][] = pair) =>
    studentTCopula(createRandom("copula"), { cholesky, degreesOfFreedom: 3, count }),
};

for (const [name, copula] of Object.entries(copulas)) {
  describe(`the ${name} copula`, () => {
    const draws = copula(COUNT);

    test("has uniform variables, strictly between 0 and 1", () => {
      for (const j of [0, 1]) {
        const column = draws.column(j).sort();
        expect(column[0]).toBeGreaterThan(0);
        expect(column[COUNT - 1]).toBeLessThan(1);
        const distance = column.reduce(
          (worst, u, i) => Math.max(worst, Math.abs(u - i / COUNT), Math.abs(u - (i + 1) / COUNT)),
          0,
        );
        expect(distance).toBeLessThan(1.95 / Math.sqrt(COUNT)); // level 0.1 %
      }
    });

    test("has Kendall's τ = (2 ÷ π) arcsin ρ", () => {
      const { tau, error } = kendall(draws);
      expectClose(tau, (2 / Math.PI) * Math.asin(rho), statistical(error));
    });

    test("takes the volatilities out of a covariance's factor", () => {
      const scaled = [
        [1e-170, 0],
        [rho * 1e160, 0.8e160],
      ];
      expectClose(copula(50, scaled).data, copula(50).data, rounding(20));
    });

    test("refuses a variable without variance", () => {
      expect(() =>
        copula(2, [
          [1, 5],
          [0, 0],
        ]),
      ).toThrow("row 1 of cholesky must not be zero: it has no correlation");
    });
  });
}

describe("extremes", () => {
  /** The share of rows with both variables below q, over q. */
  const together = ({ data, rows }: Matrix, q: number): number => {
    let count = 0;
    for (let t = 0; t < rows; t++) if (data[2 * t]! < q && data[2 * t + 1]! < q) count++;
    return count / (rows * q);
  };

  test("come together under Student's t and not under the normal", () => {
    const q = 0.002;
    // λ = 2 T_{ν+1}(−√((ν + 1)(1 − ρ) ÷ (1 + ρ))), its limit for q → 0
    const limit = 2 * studentTCdf(-Math.sqrt((4 * (1 - rho)) / (1 + rho)), 4);
    const error = statistical(Math.sqrt(limit / (200_000 * q)), 5);
    const options = { cholesky: pair, count: 200_000 };
    const t = studentTCopula(createRandom("tail"), { ...options, degreesOfFreedom: 3 });
    expectClose(together(t, q), limit, error);
    expect(together(normalCopula(createRandom("tail"), options), q)).toBeLessThan(
      limit - (error.absolute ?? 0),
    );
  });
});

describe("draws", () => {
  test("do not depend on how they are split", () => {
    const random = createRandom("split");
    const options = { cholesky: pair, degreesOfFreedom: 4 };
    const first = studentTCopula(random, { ...options, count: 3 });
    const rest = studentTCopula(random, { ...options, count: 30 });
    const whole = studentTCopula(createRandom("split"), { ...options, count: 33 });
    expect(sameBits([...first.data, ...rest.data], whole.data)).toBe(true);
  });

  test("are written into out", () => {
    const out = new Matrix(4, 2);
    expect(normalCopula(createRandom(1), { cholesky: pair, count: 4, out })).toBe(out);
    const t = new Matrix(4, 2);
    expect(studentTCopula(createRandom(1), { cholesky: pair, count: 4, degreesOfFreedom: 3, out: t })).toBe(
      t,
    );
    expectClose(normalCopula(createRandom(1), { cholesky: pair, count: 4 }).data, out.data, bits);
  });

  test("a normal draw beyond every quantile is still below 1", () => {
    const far = { fillNormal: (out: Float64Array) => out.fill(50) } as never;
    expect(normalCopula(far, { cholesky: [[1]], count: 1 }).data[0]).toBe(1 - 2 ** -53);
    const low = { fillNormal: (out: Float64Array) => out.fill(-50) } as never;
    expect(normalCopula(low, { cholesky: [[1]], count: 1 }).data[0]).toBe(2 ** -1022);
  });

  test("unknown options and bad degrees of freedom are named", () => {
    expect(() =>
      normalCopula(createRandom(1), { cholesky: pair, count: 1, degreesOfFreedom: 3 } as never),
    ).toThrow(/unknown option 'degreesOfFreedom'/);
    expect(() => studentTCopula(createRandom(1), { cholesky: pair, count: 1, degreesOfFreedom: -3 })).toThrow(
      "degreesOfFreedom must be positive and finite, got -3",
    );
  });
});
