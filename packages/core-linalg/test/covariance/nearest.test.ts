import { expectClose, fixture, printed, rounding, sameBits, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  correlation,
  createRandom,
  Matrix,
  multiply,
  nearestCorrelation,
  nearestPositiveDefinite,
  quadraticForm,
  sampleCovariance,
  symmetricEigen,
  transpose,
} from "../../src/index.ts";

const truth = fixture(import.meta.url, "nearest.json");
const HIGHAM = [
  [1, 1, 0],
  [1, 1, 1],
  [0, 1, 1],
];
const TRIDIAGONAL = [
  [2, -1, 0, 0],
  [-1, 2, -1, 0],
  [0, -1, 2, -1],
  [0, 0, -1, 2],
];
const methods = ["newton", "alternating-projections"] as const;

/** Ones on the diagonal, entries in (−1, 1) beside it, as no data would have them. */
function madeUp(seed: string, n: number): Matrix {
  const random = createRandom(seed);
  const C = Matrix.identity(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = 2 * random.uniform() - 1;
      C.set(i, j, value);
      C.set(j, i, value);
    }
  }
  return C;
}

describe.each(methods)("nearestCorrelation by %s", (method) => {
  test("Higham's example is met to the four digits it is printed with", () => {
    const { correlation: nearest, distance, converged } = nearestCorrelation(HIGHAM, { method });
    expectClose(
      nearest,
      [
        [1, 0.7607, 0.1573],
        [0.7607, 1, 0.7607],
        [0.1573, 0.7607, 1],
      ],
      printed(4),
    );
    expectClose(distance, 0.5278, printed(4));
    expect(converged).toBe(true);
  });

  test("the NAG Library's example is met to its five digits", () => {
    expectClose(
      nearestCorrelation(TRIDIAGONAL, { method }).correlation,
      [
        [1, -0.80841, 0.19159, 0.10678],
        [-0.80841, 1, -0.65623, 0.19159],
        [0.19159, -0.65623, 1, -0.80841],
        [0.10678, 0.19159, -0.80841, 1],
      ],
      printed(5),
    );
  });

  test("the NAG Library's example with weights and a floor is met to its four digits", () => {
    const roots = [100, 20, 20, 20]; // the library is given the diagonal of W^½
    const options = { method, weights: roots.map((w) => w * w), floor: 0.02 };
    const { correlation: nearest, smallestEigenvalue } = nearestCorrelation(TRIDIAGONAL, options);
    expectClose(
      nearest,
      [
        [1, -0.9371, 0.0262, 0.0087],
        [-0.9371, 1, -0.3069, 0.2315],
        [0.0262, -0.3069, 1, -0.9037],
        [0.0087, 0.2315, -0.9037, 1],
      ],
      printed(4),
    );
    expectClose(smallestEigenvalue, 0.02, solver(1e-9), 1);
  });

  test("agrees with a semidefinite program, weights and floor included", () => {
    for (const { C, weights, floor, nearest } of truth.cases) {
      const found = nearestCorrelation(C, { method, weights, floor });
      expect(found.converged).toBe(true);
      expectClose(found.correlation, nearest, solver(1e-7)); // what the program's solver reaches
    }
  });

  test("a correlation matrix is its own nearest, to the bit", () => {
    const { correlation: C } = correlation(
      sampleCovariance(new Matrix(30, 6, createRandom("own").fillNormal(new Float64Array(180)))).covariance,
    );
    const nearest = nearestCorrelation(C, { method });
    expect(sameBits(nearest.correlation, C)).toBe(true);
    expect(nearest.distance).toBe(0);
  });

  test("the gap to C is normal to the set: no correlation matrix lies farther along it", () => {
    for (let k = 0; k < 20; k++) {
      const n = 2 + (k % 7);
      const C = madeUp(`normal ${k}`, n);
      const { correlation: X } = nearestCorrelation(C, { method });
      const other = correlation(
        sampleCovariance(
          new Matrix(n + 3, n, createRandom(`other ${k}`).fillNormal(new Float64Array(n * (n + 3)))),
        ).covariance,
      ).correlation;
      let inner = 0;
      C.data.forEach((value, e) => {
        inner += (value - X.data[e]!) * (other.data[e]! - X.data[e]!);
      });
      expect(inner).toBeLessThan(solver(1e-7).relative * n);
    }
  });

  test("says when it had too few iterations, with a correlation matrix all the same", () => {
    const nearest = nearestCorrelation(madeUp("short", 12), { method, maxIterations: 1 });
    expect(nearest.converged).toBe(false);
    expect(nearest.iterations).toBe(1);
    expect(nearest.smallestEigenvalue).toBeGreaterThan(-12 * 8 * Number.EPSILON);
  });
});

describe("nearestCorrelation", () => {
  test("both methods end at the same matrix, on random problems", () => {
    for (let k = 0; k < 150; k++) {
      const n = 1 + (k % 10);
      const C = madeUp(`both ${k}`, n);
      const weights = createRandom(`weights ${k}`)
        .fillUniform(new Float64Array(n))
        .map((u) => 0.2 + 5 * u);
      const newton = nearestCorrelation(C, { weights });
      const projections = nearestCorrelation(C, { weights, method: "alternating-projections" });
      expect([newton.converged, projections.converged]).toEqual([true, true]);
      expectClose(newton.correlation, projections.correlation, solver(1e-7));
      expect(newton.iterations).toBeLessThan(12);
    }
  });

  test("its answer has ones, no entry beyond them, and no eigenvalue below zero but for rounding", () => {
    const { correlation: X, smallestEigenvalue } = nearestCorrelation(madeUp("large", 60));
    const n = X.rows;
    for (let i = 0; i < n; i++) {
      expect(X.get(i, i)).toBe(1);
      for (let j = 0; j < i; j++) {
        expect(Math.abs(X.get(i, j))).toBeLessThanOrEqual(1);
        expect(Object.is(X.get(i, j), X.get(j, i))).toBe(true);
      }
    }
    expect(Math.abs(smallestEigenvalue)).toBeLessThan(8 * n * Number.EPSILON);
  });

  test("a floor makes it one that Cholesky takes", () => {
    const { correlation: X } = nearestCorrelation(madeUp("floor", 20), { floor: 1e-6 });
    expect(cholesky(X).status).toBe("ok");
  });

  test("what C has on its diagonal does not matter", () => {
    const C = madeUp("diagonal", 5);
    const plain = nearestCorrelation(C, { floor: 0.01 }).correlation;
    for (let i = 0; i < 5; i++) C.set(i, i, 3 - i);
    expectClose(nearestCorrelation(C, { floor: 0.01 }).correlation, plain, solver(1e-9));
  });

  test("an asset of great weight keeps its correlations", () => {
    const C = madeUp("weight", 8);
    const weights = new Float64Array(8).fill(1);
    const free = nearestCorrelation(C).correlation;
    weights[0] = 1000;
    const { correlation: held } = nearestCorrelation(C, { weights });
    const moved = (X: Matrix) => Math.max(...X.row(0).map((value, j) => Math.abs(value - C.get(0, j))));
    expect(moved(held)).toBeLessThan(moved(free) / 5);
  });

  test("misuse is refused by name", () => {
    expect(() => nearestCorrelation([[1, 2]])).toThrow("C must be square, got 1×2");
    expect(() => nearestCorrelation(HIGHAM, { weights: [1, 0, 1] })).toThrow(
      "weights[1] must be positive and finite, got 0",
    );
    expect(() => nearestCorrelation(HIGHAM, { weights: [1, 1] })).toThrow(
      "weights must have 3 entries, got 2",
    );
    expect(() => nearestCorrelation(HIGHAM, { floor: 1 })).toThrow("floor must be in [0, 1), got 1");
    expect(() => nearestCorrelation(HIGHAM, { tolerance: 0 })).toThrow("tolerance must be positive");
    expect(() => nearestCorrelation(HIGHAM, { method: "higham" as never })).toThrow("method must be one of");
    expect(() => nearestCorrelation(HIGHAM, { weight: [1, 1, 1] } as never)).toThrow(
      "did you mean 'weights'?",
    );
  });
});

describe("nearestPositiveDefinite", () => {
  test("without scaling it is numpy's eigenvalues clipped at the floor", () => {
    const repaired = nearestPositiveDefinite(truth.S, { floor: truth.floor, scaling: "none" });
    expectClose(repaired.covariance, truth.clipped, rounding(20));
    expect(repaired.changed).toBe(true);
    expect(repaired.clipped.length).toBeGreaterThan(0);
  });

  test("says what it changed", () => {
    const S = [
      [4, 3],
      [3, 1],
    ];
    const { covariance, distance, added, clipped, condition } = nearestPositiveDefinite(S, {
      scaling: "none",
    });
    expectClose(
      added.map((value, i) => value + S[i]![i]!),
      Float64Array.from({ length: 2 }, (_, i) => covariance.get(i, i)),
      rounding(1),
    );
    expectClose(distance, Math.abs(clipped[0]!), solver(1e-7)); // the floor is 1e-8 of the mean
    expect(condition.definiteness).toBe("positive-definite");
  });

  test("Cholesky takes what it gives, whatever the units of the assets", () => {
    for (let k = 0; k < 200; k++) {
      const random = createRandom(`repair ${k}`);
      const n = 1 + (k % 12);
      const units = Float64Array.from({ length: n }, () => 10 ** Math.floor(9 * random.uniform() - 4));
      const T = 2 + Math.floor(n * random.uniform());
      const Z = new Matrix(T, n, random.fillNormal(new Float64Array(T * n)));
      Z.data.forEach((z, e) => {
        Z.data[e] = z * units[e % n]!;
      });
      const S = sampleCovariance(Z).covariance;
      if (n > 2) {
        S.set(0, 1, S.get(0, 1) * 1.4);
        S.set(1, 0, S.get(0, 1));
      }
      expect(cholesky(nearestPositiveDefinite(S).covariance).status).toBe("ok");
    }
  });

  test("what is far from singular is returned to the bit", () => {
    const S = sampleCovariance(
      new Matrix(40, 5, createRandom("whole").fillNormal(new Float64Array(200))),
    ).covariance;
    const same = nearestPositiveDefinite(S);
    expect(sameBits(same.covariance, S)).toBe(true);
    expect(same).toMatchObject({ changed: false, distance: 0 });
    expect(same.clipped.length).toBe(0);
  });

  test("no other matrix above the floor is nearer, in the scaling chosen", () => {
    const random = createRandom("nearer");
    const S = madeUp("nearer", 5);
    const { covariance, distance } = nearestPositiveDefinite(S, { floor: 0 });
    for (let k = 0; k < 500; k++) {
      const A = new Matrix(
        5,
        5,
        random.fillNormal(new Float64Array(25)).map((z) => z * 0.1),
      );
      const other = multiply(A, transpose(A)); // semidefinite, so the sum is
      const trial = covariance.data.map((value, e) => value + other.data[e]! * (k % 2 === 0 ? 1 : 0.01));
      const away = Math.sqrt(
        trial.reduce((sum, value, e) => sum + (value - S.data[e]!) * (value - S.data[e]!), 0),
      );
      expect(away).toBeGreaterThanOrEqual(distance);
    }
    expect(quadraticForm(covariance, symmetricEigen(covariance).vectors.column(0))).toBeLessThan(
      rounding(5).relative * 5,
    );
  });

  test("a negative definite matrix is raised to the floor", () => {
    const { covariance } = nearestPositiveDefinite([[-2]], { scaling: "none", floor: 0.5 });
    expect(covariance.get(0, 0)).toBe(1);
  });

  test("misuse is refused by name", () => {
    expect(() => nearestPositiveDefinite([[0]])).toThrow(
      "S[0][0] must be positive for scaling 'correlation', got 0; scaling 'none' takes any",
    );
    expect(() => nearestPositiveDefinite([[1]], { floor: -1 })).toThrow("floor must be in [0, 1), got -1");
    expect(() => nearestPositiveDefinite([[1]], { scaling: "cov" as never })).toThrow(
      "scaling must be one of",
    );
    expect(() => nearestPositiveDefinite([[Number.NaN]])).toThrow("S[0][0] must be finite, got NaN");
  });
});
