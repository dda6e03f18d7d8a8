import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  leastSquares,
  Matrix,
  matVec,
  multiply,
  pseudoInverse,
  qr,
  rank,
  svd,
  transpose,
} from "../../src/index.ts";
import { compose, normalMatrix } from "./nasty.ts";

/** Random matrices: of any shape, of full rank or less, graded or not, at any scale. */
const matrices: fc.Arbitrary<Matrix> = fc
  .record({
    seed: fc.nat(),
    m: fc.integer({ min: 1, max: 14 }),
    n: fc.integer({ min: 1, max: 14 }),
    inner: fc.integer({ min: 1, max: 14 }),
    grading: fc.constantFrom(1, 1e-2),
    unit: fc.constantFrom(1, 2 ** -800, 2 ** 800),
  })
  .map(({ seed, m, n, inner, grading, unit }) => {
    const product = multiply(normalMatrix(`left ${seed}`, m, inner), normalMatrix(`right ${seed}`, inner, n));
    let row = 1 / grading;
    let last = -1;
    return product.map((value, i) => {
      if (i !== last) row *= grading;
      last = i;
      return value * row * unit;
    });
  });

const largest = (A: Matrix): number => Math.max(...A.data.map(Math.abs));

function expectOrthonormal(Q: Matrix): void {
  const { rows, columns } = Q;
  expectClose(multiply(transpose(Q), Q), Matrix.identity(columns), rounding(Math.max(rows, columns)), 1);
}

const RUNS = { numRuns: 700 };

describe("qr", () => {
  test("Q is orthonormal, R upper triangular with nothing negative on its diagonal, and QR is A", () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom("thin", "full"), fc.boolean(), (A, mode, pivoting) => {
        const { Q, R, permutation } = { permutation: undefined, ...qr(A, { mode, pivoting }) };
        const size = mode === "full" ? A.rows : Math.min(A.rows, A.columns);
        expect([Q.rows, Q.columns, R.rows, R.columns]).toEqual([A.rows, size, size, A.columns]);
        expectOrthonormal(Q);
        const wanted = permutation === undefined ? A : A.selectColumns(permutation);
        expectClose(multiply(Q, R), wanted, rounding(A.rows + A.columns), largest(A));
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < Math.min(i, A.columns); j++) expect(R.get(i, j)).toBe(0);
          if (i < A.columns) expect(R.get(i, i)).toBeGreaterThanOrEqual(0);
        }
        if (permutation === undefined) return;
        for (let i = 1; i < Math.min(size, A.columns); i++) {
          expect(R.get(i, i)).toBeLessThanOrEqual(R.get(i - 1, i - 1) * (1 + rounding(A.rows).relative));
        }
      }),
      RUNS,
    );
  });
});

describe("svd", () => {
  test("U and V are orthonormal, values fall and are not negative, and their product is A", () => {
    fc.assert(
      fc.property(matrices, (A) => {
        const { U, values, V } = svd(A);
        expectOrthonormal(U);
        expectOrthonormal(V);
        values.forEach((value, s) => {
          expect(value).toBeGreaterThanOrEqual(0);
          if (s > 0) expect(value).toBeLessThanOrEqual(values[s - 1]!);
        });
        expectClose(compose(U, values, V), A, rounding(A.rows + A.columns), values[0]!);
      }),
      RUNS,
    );
  });

  test("the transpose has the same values and, but for signs, the other factors", () => {
    fc.assert(
      fc.property(matrices, (A) => {
        const [straight, turned] = [svd(A), svd(transpose(A))];
        expectClose(turned.values, straight.values, rounding(A.rows + A.columns));
      }),
      RUNS,
    );
  });
});

describe("pseudoInverse", () => {
  test("meets Penrose's four conditions", () => {
    fc.assert(
      fc.property(matrices, (A) => {
        const tolerance = 1e-6; // of the factors' rank, not of their rounding: conditions stay below a million
        const { inverse: P, rank: found } = pseudoInverse(A, { tolerance });
        const { values } = svd(A);
        expect(rank(A, { tolerance })).toBe(found);
        const scale = largest(A);
        const near = (values[found] ?? 0) / (values[0] || 1); // what was left out of A
        const condition = values[0]! / (values[found - 1] || 1);
        const allowed = rounding(
          A.rows + A.columns,
          16 * condition + (16 * near * condition) / Number.EPSILON,
        );
        const [AP, PA] = [multiply(A, P), multiply(P, A)];
        expectClose(multiply(AP, A), A, allowed, scale);
        expectClose(multiply(PA, P), P, allowed);
        expectClose(transpose(AP), AP, allowed, 1);
        expectClose(transpose(PA), PA, allowed, 1);
      }),
      RUNS,
    );
  });
});

describe("leastSquares", () => {
  test("what is left is orthogonal to every column, by QR and by SVD, which agree where the rank is full", () => {
    fc.assert(
      fc.property(matrices, fc.nat(), (A, seed) => {
        const b = normalMatrix(`b ${seed}`, 1, A.rows).data;
        for (const method of ["auto", "svd"] as const) {
          const { residuals, solution, rank: found } = leastSquares(A, b, { method });
          expect(found).toBeLessThanOrEqual(Math.min(A.rows, A.columns));
          expectClose(
            matVec(A, solution),
            b.map((v, i) => v - residuals[i]!),
            rounding(A.columns + 2),
            largest(A) * Math.max(...solution.map(Math.abs)) + 4,
          );
          const image = largest(A) * Math.max(...solution.map(Math.abs)) + Math.max(...b.map(Math.abs));
          const gradient = matVec(transpose(A), residuals);
          expectClose(
            gradient.map((g) => g / largest(A)),
            new Float64Array(A.columns),
            rounding(A.rows * A.columns),
            image,
          );
        }
      }),
      RUNS,
    );
  });

  test("of the many solutions it is the shortest: it lies in the space of A's rows", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (seed, m, extra) => {
          const A = normalMatrix(`wide ${seed}`, m, m + extra);
          const b = normalMatrix(`b ${seed}`, 1, m).data;
          const { solution, method, condition, residuals } = leastSquares(A, b);
          expect(method).toBe("svd");
          const { values } = svd(A);
          const allowed = rounding(m + extra, 16 * (values[0]! / values[m - 1]!));
          expectClose(residuals, new Float64Array(m), allowed, Math.max(...b.map(Math.abs)));
          // shortest: what AᵀA⁺ᵀ gives back is the solution itself
          const { inverse } = pseudoInverse(A);
          expectClose(matVec(multiply(inverse, A), solution), solution, allowed);
          expect(condition).toBe(Number.POSITIVE_INFINITY);
        },
      ),
    );
  });
});
