import { expectClose, fixture, returnRows, rounding, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factorModel, Matrix, multiply, sampleCovariance, transpose } from "../../src/index.ts";
import { diagonalOf, normals, onFactors } from "./samples.ts";

describe("factorModel", () => {
  const truth = fixture(import.meta.url, "structured.json");

  test("two components are scikit-learn's, signs made the largest exposure's", () => {
    const model = factorModel(truth.returns, { factors: 2 });
    expectClose(model.exposures, truth.exposures, solver(1e-12));
    expectClose(diagonalOf(model.factorCovariance), truth.factor_variances, rounding(20));
    expectClose(model.explained, truth.explained, rounding(20));
    expectClose(model.specific, truth.specific, rounding(60));
    expectClose(model.covariance, truth.covariance, rounding(20));
    expectClose(model.scores.toRows().slice(-5), truth.last_scores, solver(1e-12));
  });

  test("its covariance is B F Bᵀ + diag(specific), with the sample's variances", () => {
    fc.assert(
      fc.property(
        returnRows({ min: 3, max: 30 }, { min: 1, max: 7 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, share) => {
          const n = rows[0]!.length;
          const factors = 1 + Math.min(n - 1, Math.floor(share * n));
          const model = factorModel(rows, { factors });
          const common = multiply(
            multiply(model.exposures, model.factorCovariance),
            transpose(model.exposures),
          );
          for (let i = 0; i < n; i++) common.data[i * n + i]! += model.specific[i]!;
          const sample = sampleCovariance(rows).covariance;
          expectClose(common, model.covariance, rounding(40));
          expectClose(diagonalOf(model.covariance), diagonalOf(sample), rounding(1));
          expect(model.specific.every((value) => value >= 0)).toBe(true);
          expect(model.condition.definiteness).not.toBe("indefinite");
          if (factors === n) expectClose(model.covariance, sample, rounding(40));
        },
      ),
    );
  });

  test("factors are uncorrelated with the variances said", () => {
    const model = factorModel(onFactors("scores", 80, 10, 3), { factors: 3 });
    const ofScores = sampleCovariance(model.scores).covariance;
    expectClose(ofScores, model.factorCovariance, rounding(40));
    expectClose(multiply(transpose(model.exposures), model.exposures), Matrix.identity(3), rounding(10));
  });

  test("as many factors as it takes to explain a share", () => {
    const X = onFactors("share", 400, 20, 2);
    const three = factorModel(X, { factors: 3 });
    const [first, second] = three.explained as unknown as [number, number];
    const asked = (explainedVariance: number) =>
      factorModel(X, { factors: { explainedVariance } }).exposures.columns;
    expect(asked(first * 0.999)).toBe(1);
    expect(asked(first * 1.001)).toBe(2);
    expect(asked((first + second) * 1.001)).toBe(3);
    expect(asked(1)).toBe(20);
  });

  test("the exposure farthest from zero is positive", () => {
    for (let k = 0; k < 50; k++) {
      const { exposures } = factorModel(normals(`sign ${k}`, 20, 5), { factors: 3 });
      for (let f = 0; f < 3; f++) {
        const column = exposures.column(f);
        expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
      }
    }
  });

  test("misuse is refused by name", () => {
    const X = normals("misuse", 10, 3);
    expect(() => factorModel([[1e200], [-1e200]], { factors: 1 })).toThrow(
      "covariance[0][0] must be finite, got Infinity",
    );
    expect(() => factorModel(X, { factors: 4 })).toThrow("factors must be an integer ≥ 1 and ≤ 3, got 4");
    expect(() => factorModel(X, {} as never)).toThrow(
      "factors must be an integer ≥ 1 and ≤ 3, got undefined",
    );
    expect(() => factorModel(X, { factors: { explainedVariance: 90 } })).toThrow(
      "factors.explainedVariance must be in (0, 1], got 90",
    );
    expect(() => factorModel(X, { factors: { explained: 0.9 } as never })).toThrow(
      "unknown option 'explained'; known options: explainedVariance",
    );
  });
});
