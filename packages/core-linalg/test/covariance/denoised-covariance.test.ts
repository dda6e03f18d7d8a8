import { expectClose, fixture, rounding, sameBits, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { denoisedCovariance, detonedCovariance, Matrix, sampleCovariance } from "../../src/index.ts";
import { diagonalOf, normals, onFactors } from "./samples.ts";

describe("denoisedCovariance", () => {
  const truth = fixture(import.meta.url, "denoised.json");
  const { observations, bandwidth } = truth;
  const close = solver(1e-12);

  test("agrees with the fit by scikit-learn's kernel density and the methods written out", () => {
    const flat = denoisedCovariance(truth.covariance, { observations, bandwidth });
    expectClose(flat.noiseVariance, truth.noise_variance, solver(1e-7));
    expect(flat.factors).toBe(truth.factors);
    expectClose(flat.covariance, truth.constant_residual, close);
    const shrunk = denoisedCovariance(truth.covariance, {
      observations,
      method: "targeted-shrinkage",
      keep: 0.3,
    });
    expectClose(shrunk.covariance, truth.targeted_shrinkage, close);
    const clipped = denoisedCovariance(truth.covariance, { observations, method: "clip" });
    expectClose(clipped.covariance, truth.clip, close);
    expect(clipped.condition.definiteness).toBe("singular");
  });

  test("finds as many factors as the data were made of", () => {
    for (const [T, n, k] of [
      [252, 10, 1],
      [504, 40, 3],
      [400, 60, 0],
    ] as const) {
      expect(denoisedCovariance(onFactors(`factors ${k}`, T, n, k)).factors).toBe(k);
    }
  });

  test("keeps variances, the trace of the correlation and its largest eigenvectors' span", () => {
    for (const method of ["constant-residual", "targeted-shrinkage", "clip"] as const) {
      const X = onFactors("kept", 300, 12, 2);
      const sample = sampleCovariance(X).covariance;
      const { covariance, condition, noiseEdge, eigenvalues, factors } = denoisedCovariance(X, { method });
      expectClose(diagonalOf(covariance), diagonalOf(sample), rounding(2));
      expect(eigenvalues.filter((value) => value >= noiseEdge).length).toBe(factors);
      expect(condition.definiteness).toBe(method === "clip" ? "singular" : "positive-definite");
    }
  });

  test("is better conditioned than the sample", () => {
    const X = onFactors("condition", 120, 60, 1);
    expect(denoisedCovariance(X).condition.number).toBeLessThan(sampleCovariance(X).condition.number / 5);
  });

  test("data and their covariance give the same bits", () => {
    const X = onFactors("same", 100, 6, 1);
    const fromData = denoisedCovariance(X);
    const fromCovariance = denoisedCovariance(sampleCovariance(X).covariance, { observations: 100 });
    expect(sameBits(fromData.covariance, fromCovariance.covariance)).toBe(true);
    expect(fromData.observations).toBe(100);
  });

  test("misuse is refused by name", () => {
    const X = normals("misuse", 10, 3);
    expect(() => denoisedCovariance(normals("square", 5, 5))).toThrow(
      "observations must exceed the number of assets (5), got 5",
    );
    expect(() => denoisedCovariance(X, { observations: 10 })).toThrow("covariance must be square, got 10×3");
    expect(() => denoisedCovariance(X, { method: "clipped" as never })).toThrow(
      `method must be one of 'constant-residual', 'targeted-shrinkage', 'clip', got "clipped"`,
    );
    expect(() => denoisedCovariance(X, { keep: 2 })).toThrow("keep must be in [0, 1], got 2");
    expect(() => denoisedCovariance(X, { bandwidth: 0 })).toThrow(
      "bandwidth must be positive and finite, got 0",
    );
    expect(() =>
      denoisedCovariance(
        X.toRows().map((row) => [...row, 1]),
        {},
      ),
    ).toThrow("asset 3 has no variance, so no correlation with the others");
    expect(() => denoisedCovariance([[1, 2]])).toThrow(/at least 2 rows/);
  });
});

describe("detonedCovariance", () => {
  test("is skfolio's, keeps variances and says that it is singular", () => {
    const truth = fixture(import.meta.url, "denoised.json");
    const { covariance, condition, removed } = detonedCovariance(truth.covariance);
    expectClose(covariance, truth.detoned, solver(1e-12));
    expectClose(diagonalOf(covariance), diagonalOf(Matrix.fromRows(truth.covariance)), rounding(1));
    expect(condition.definiteness).toBe("singular");
    expect(removed.length).toBe(1);
  });

  test("without the market the mean correlation is near zero", () => {
    const S = sampleCovariance(onFactors("detoned", 500, 20, 1)).covariance;
    const { correlation: left } = detonedCovariance(S);
    const mean = left.data.reduce((sum, value) => sum + value, -20) / 380;
    expect(Math.abs(mean)).toBeLessThan(0.1);
  });

  test("modes must leave something", () => {
    expect(() => detonedCovariance([[1]])).toThrow("modes must be an integer ≥ 1 and ≤ 0, got 1");
    expect(() =>
      detonedCovariance(
        [
          [1, 0],
          [0, 1],
        ],
        { modes: 2 },
      ),
    ).toThrow("modes must be an integer ≥ 1 and ≤ 1, got 2");
  });
});
