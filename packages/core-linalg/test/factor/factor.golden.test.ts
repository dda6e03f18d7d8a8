import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  choleskyCondition,
  conditionNumber,
  determinant,
  ldl,
  ldlSolve,
  leastSquares,
  logDeterminant,
  Matrix,
  pseudoInverse,
  qr,
  rank,
  solve,
  svd,
} from "../../src/index.ts";
import { hilbert } from "./nasty.ts";

interface FactorCase {
  A: number[][];
  unit: number;
  singular: number[];
  R: number[][];
  rank: number;
  b: number[];
  lstsq: number[];
  pinv: number[][];
  exact?: number[];
}

/** What the conditions of the two answers allow them to differ by. */
const conditioned = (n: number, singular: readonly number[], rank: number) =>
  rounding(n, (8 * singular[0]!) / (singular[rank - 1] || 1));

describe("numpy's factors of nasty matrices", () => {
  for (const [name, truth] of Object.entries<FactorCase>(fixture(import.meta.url, "factors.json").cases)) {
    const A = Matrix.fromRows(truth.A);
    const unit = A.map((v) => v / truth.unit);
    const size = A.rows + A.columns;
    const allowed = conditioned(size, truth.singular, truth.rank);

    test(`${name}: the singular values, to rounding of the largest`, () => {
      expectClose(
        svd(A).values.map((v) => v / truth.unit),
        truth.singular,
        rounding(size),
      );
      expect(rank(A)).toBe(truth.rank);
    });

    test(`${name}: R of QR, where it is the only one`, () => {
      if (truth.rank < Math.min(A.rows, A.columns)) return expect(truth.rank).toBeLessThan(truth.R.length);
      expectClose(qr(unit).R, truth.R, allowed);
    });

    test(`${name}: the least squares`, () => {
      const found = leastSquares(unit, truth.b);
      expect(found.rank).toBe(truth.rank);
      const scale = Math.max(1e-300, ...truth.lstsq.map(Math.abs));
      expectClose(found.solution, truth.lstsq, allowed, scale * (1 + truth.singular[0]!));
      if (truth.exact !== undefined)
        expectClose(found.solution, truth.exact, allowed, scale * (1 + truth.singular[0]!));
    });

    test(`${name}: the pseudo-inverse`, () => {
      expectClose(pseudoInverse(unit).inverse, truth.pinv, allowed);
    });
  }
});

describe("symmetric matrices, solved with sixty digits", () => {
  const { cases, hilbert: hilberts } = fixture(import.meta.url, "symmetric.json");
  // biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
  for (const [name, { A, b, x, positive, ...truth }] of Object.entries<any>(cases)) {
    const n = A.length;
    const allowed = rounding(n, 8 * truth.condition);
    test(`${name}: ldl and solve give the solution, determinant its value`, () => {
      const factor = ldl(A);
      expect(factor.inertia).toEqual({ positive, negative: n - positive, zero: 0 });
      expectClose(ldlSolve(factor, b), x, allowed);
      const found = solve(A, b);
      expectClose(found.status === "ok" ? found.solution : [], x, allowed);
      expectClose(determinant(A), truth.determinant, allowed);
      const { sign, logMagnitude } = logDeterminant(A);
      expect(sign).toBe(Math.sign(truth.determinant));
      expectClose(logMagnitude, truth.logMagnitude, allowed, 1);
      expectClose(conditionNumber(A), truth.condition, allowed);
    });
  }

  test("Hilbert's conditions: exact in the 2-norm, estimated from the factor in the 1-norm", () => {
    // biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
    for (const [size, truth] of Object.entries<any>(hilberts)) {
      const H = hilbert(Number(size));
      const factor = cholesky(H);
      if (factor.status !== "ok") return expect.fail();
      const sensitivity = rounding(Number(size), 8 * truth.condition2).relative;
      expectClose(conditionNumber(H), truth.condition2, solver(sensitivity));
      expectClose(choleskyCondition(factor.L), truth.condition1, solver(sensitivity));
    }
  });
});

describe("a regression on daily returns", () => {
  const truth = fixture(import.meta.url, "regression.json");
  const allowed = rounding(truth.X.length, 8);

  test("coefficients, standard errors and condition are statsmodels' and numpy's, by QR and by SVD", () => {
    for (const method of ["auto", "svd"] as const) {
      const fit = leastSquares(truth.X, truth.y, { method });
      expectClose(fit.solution, truth.solution, allowed);
      expectClose(fit.standardErrors, truth.standard_errors, allowed);
      expectClose(fit.residualSumOfSquares, truth.rss, allowed);
      expectClose(fit.condition, truth.condition, allowed);
      expect(fit.rank).toBe(4);
    }
  });

  test("a ridge's are those of the normal equations with sixty digits", () => {
    const fit = leastSquares(truth.X, truth.y, { ridge: truth.ridge });
    expectClose(fit.solution, truth.ridge_solution, allowed);
    expect(fit.standardErrors.every(Number.isNaN)).toBe(true);
  });
});
