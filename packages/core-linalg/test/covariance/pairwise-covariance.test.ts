import { expectClose, fixture, returnRows, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestPositiveDefinite, pairwiseCovariance, sampleCovariance } from "../../src/index.ts";

const withNaN = (rows: readonly (readonly (number | null)[])[]): number[][] =>
  rows.map((row) => row.map((value) => value ?? Number.NaN));

describe("pairwiseCovariance", () => {
  test("is pandas' DataFrame.cov", () => {
    const truth = fixture(import.meta.url, "pairwise.json");
    const X = withNaN(truth.returns);
    const estimate = pairwiseCovariance(X);
    expectClose(estimate.covariance, truth.covariance, rounding(10));
    expectClose(estimate.mean, truth.mean, rounding(10));
    expectClose(pairwiseCovariance(X, { ddof: 0 }).covariance, truth.covariance_ddof0, rounding(10));
    expectClose(pairwiseCovariance(X, { minPeriods: 8 }).covariance, truth.covariance_min8, rounding(10));
  });

  test("each entry is the sample covariance of the rows that both assets have", () => {
    const gap = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        returnRows({ min: 2, max: 25 }, { min: 2, max: 4 }),
        fc.array(gap, { minLength: 100, maxLength: 100 }),
        (rows, gaps) => {
          const X = rows.map((row, t) =>
            row.map((x, j) => (gaps[(t * row.length + j) % 100]! < 0.3 ? Number.NaN : x)),
          );
          const { covariance, observations } = pairwiseCovariance(X);
          for (let i = 0; i < X[0]!.length; i++) {
            for (let j = 0; j <= i; j++) {
              const both = X.map((row) => [row[i]!, row[j]!]).filter((pair) => pair.every(Number.isFinite));
              expect(observations.get(i, j)).toBe(both.length);
              if (both.length < 2) expect(covariance.get(i, j)).toBeNaN();
              else
                expectClose(
                  covariance.get(i, j),
                  sampleCovariance(both).covariance.get(1, 0),
                  rounding(20),
                  0.25,
                );
            }
          }
        },
      ),
    );
  });

  test("without gaps it is the sample covariance", () => {
    const rows = Array.from({ length: 60 }, (_, t) => [t % 7, (t * t) % 11, (t * 3) % 5]);
    expectClose(pairwiseCovariance(rows).covariance, sampleCovariance(rows).covariance, rounding(4));
  });

  test("a spike in a row that is not common leaves no trace", () => {
    const rows = Array.from({ length: 50 }, (_, t) => [(t % 7) / 8, ((t * t) % 11) / 8]);
    const spiked = [...rows, [1e9, Number.NaN]];
    const clean = pairwiseCovariance(rows).covariance.get(0, 1);
    expect(sameBits(pairwiseCovariance(spiked).covariance.get(0, 1), clean)).toBe(true);
  });

  test("says that it is indefinite, and the repair is another function", () => {
    const nan = Number.NaN;
    const X = [
      [1, 1, nan],
      [-1, -1, nan],
      [nan, 1, 1],
      [nan, -1, -1],
      [1, nan, -1],
      [-1, nan, 1],
    ];
    const { covariance, condition } = pairwiseCovariance(X); // A with B, B with C, but A against C
    expect(condition.definiteness).toBe("indefinite");
    expect(condition.smallest).toBeLessThan(0);
    expect(nearestPositiveDefinite(covariance).condition.definiteness).toBe("positive-definite");
  });

  test("a pair without enough rows has NaN, and the condition is then unknown", () => {
    const { covariance, mean, condition } = pairwiseCovariance([
      [1, Number.NaN],
      [2, Number.NaN],
    ]);
    expect(covariance.toRows()).toEqual([
      [0.5, Number.NaN],
      [Number.NaN, Number.NaN],
    ]);
    expect(Array.from(mean)).toEqual([1.5, Number.NaN]);
    expect(condition.definiteness).toBe("unknown");
    expect(pairwiseCovariance([[1], [2]], { minPeriods: 3 }).covariance.get(0, 0)).toBeNaN();
  });

  test("misuse is refused by name", () => {
    expect(() => pairwiseCovariance([[1], [Number.POSITIVE_INFINITY]])).toThrow(
      "X[1][0] must be finite, or NaN where missing, got Infinity",
    );
    expect(() => pairwiseCovariance([[1], [2]], { minPeriods: 0 })).toThrow(
      "minPeriods must be an integer ≥ 1, got 0",
    );
    expect(() => pairwiseCovariance([[1], [2]], { minperiods: 2 } as never)).toThrow(
      "did you mean 'minPeriods'?",
    );
  });
});
