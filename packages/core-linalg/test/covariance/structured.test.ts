import { expectClose, fixture, returnRows, rounding, sameBits, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  correlation,
  createRandom,
  denoisedCovariance,
  detonedCovariance,
  factorModel,
  gerberCovariance,
  Matrix,
  multiply,
  sampleCovariance,
  symmetricEigen,
  transpose,
} from "../../src/index.ts";

const normals = (seed: string, rows: number, columns: number): Matrix =>
  new Matrix(rows, columns, createRandom(seed).fillNormal(new Float64Array(rows * columns)));

/** Returns of n assets on k factors of strength 1 and a noise of 1. */
function onFactors(seed: string, T: number, n: number, k: number): Matrix {
  const random = createRandom(seed);
  const B = new Matrix(n, k, random.fillNormal(new Float64Array(n * k)));
  const F = new Matrix(T, k, random.fillNormal(new Float64Array(T * k)));
  const X = multiply(F, transpose(B));
  for (let e = 0; e < X.data.length; e++) X.data[e]! += random.normal();
  return X;
}

const diagonalOf = (A: Matrix): Float64Array => Float64Array.from({ length: A.rows }, (_, i) => A.get(i, i));

describe("gerberCovariance", () => {
  const truth = fixture(import.meta.url, "structured.json");

  test("is skfolio's positive semidefinite variant, which has ddof 0", () => {
    for (const { threshold, covariance } of truth.gerber) {
      const estimate = gerberCovariance(truth.returns, { threshold, ddof: 0 });
      expectClose(estimate.covariance, covariance, rounding(4));
    }
  });

  test("counts moves beyond half a volatility, of either sign, and nothing else", () => {
    const rows = [
      [2, 2],
      [-2, -2],
      [2, -2],
      [0.1, 2],
      [0.1, 0.1],
      [-0.1, -0.1],
    ];
    const { correlation: gerber } = gerberCovariance(rows); // UU, DD and UD, one in which only the second moved
    expect(gerber.get(0, 1)).toBe(1 / 4);
  });

  test("a move of any size counts once: tripling the largest changes no statistic but by the threshold", () => {
    const X = normals("outlier", 200, 4);
    X.set(17, 2, 4);
    const before = gerberCovariance(X, { threshold: 0.01 }).correlation;
    X.set(17, 2, 8);
    const after = gerberCovariance(X, { threshold: 0.01 }).correlation;
    expect(Math.abs(after.get(2, 0) - before.get(2, 0))).toBeLessThan(0.02);
  });

  test("equals the counts by definition and is never indefinite, on random problems", () => {
    for (let k = 0; k < 400; k++) {
      const random = createRandom(`gerber ${k}`);
      const [T, n] = [2 + Math.floor(70 * random.uniform()), 1 + Math.floor(9 * random.uniform())];
      const threshold = 0.05 + 0.95 * random.uniform();
      const X = normals(`gerber rows ${k}`, T, n);
      const estimate = gerberCovariance(X, { threshold });
      const { volatility } = correlation(sampleCovariance(X).covariance);
      const sign = (t: number, j: number): number => {
        const x = X.get(t, j);
        return x >= threshold * volatility[j]! ? 1 : x <= -threshold * volatility[j]! ? -1 : 0;
      };
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          let [common, either] = [0, 0];
          for (let t = 0; t < T; t++) {
            common += sign(t, i) * sign(t, j);
            either += Math.abs(sign(t, i)) + Math.abs(sign(t, j)) > 0 ? 1 : 0;
          }
          expect(estimate.correlation.get(i, j)).toBe(either > 0 ? common / either + 0 : 0);
        }
      }
      expect(symmetricEigen(estimate.correlation).values[0]).toBeGreaterThan(-8 * n * Number.EPSILON);
      expect(estimate.condition.definiteness).not.toBe("indefinite");
    }
  });

  test("an asset that never moves has variance 0 and statistics 0", () => {
    const { covariance, correlation: gerber } = gerberCovariance([
      [1, 3],
      [-1, 3],
      [1, 3],
    ]);
    expect(covariance.get(1, 1)).toBe(0);
    expect(gerber.toRows()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("misuse is refused by name", () => {
    const rows = [[1], [2]];
    expect(() => gerberCovariance(rows, { threshold: 0 })).toThrow("threshold must be in (0, 1], got 0");
    expect(() => gerberCovariance(rows, { threshold: 1.5 })).toThrow("threshold must be in (0, 1], got 1.5");
    expect(() => gerberCovariance(rows, { treshold: 0.5 } as never)).toThrow("did you mean 'threshold'?");
    expect(() => gerberCovariance([[1]])).toThrow("X must have at least 2 rows for ddof 1, got 1");
    expect(() => gerberCovariance([[1], [Number.NaN]])).toThrow("X[1][0] must be finite, got NaN");
  });
});

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
