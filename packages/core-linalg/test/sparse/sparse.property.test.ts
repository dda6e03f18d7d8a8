import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CscMatrix,
  createRandom,
  ldl,
  ldlSolve,
  Matrix,
  matVec,
  minimumDegree,
  sparseLdl,
  type Triplet,
  transpose,
} from "../../src/index.ts";
import { quasidefinite, whole } from "./patterns.ts";

const triplets = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([m, n]) =>
  fc.record({
    m: fc.constant(m),
    n: fc.constant(n),
    entries: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: m - 1 }),
        fc.integer({ min: 0, max: n - 1 }),
        fc.integer({ min: -9, max: 9 }),
      ),
      { maxLength: 40 },
    ),
  }),
);

function denseOf(m: number, n: number, entries: readonly Triplet[]): Matrix {
  const dense = new Matrix(m, n);
  for (const [i, j, value] of entries) dense.data[i * n + j]! += value;
  return dense;
}

const integers = (n: number, seed: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => ((i * 7 + seed) % 11) - 5);

describe("CscMatrix", () => {
  test("is the dense matrix in another form: sums, products, transposes", () => {
    fc.assert(
      fc.property(triplets, ({ m, n, entries }) => {
        const dense = denseOf(m, n, entries);
        const sparse = CscMatrix.fromTriplets(m, n, entries);
        expect(sparse.toDense()).toEqual(dense);
        expect(CscMatrix.fromDense(dense).toDense()).toEqual(dense);
        expect(sparse.transpose().toDense()).toEqual(transpose(dense));
        expect(sparse.transpose().transpose()).toEqual(sparse);
        const [x, y] = [integers(n, m), integers(m, n)];
        expectClose(sparse.multiply(x), matVec(dense, x), rounding(1)); // integers: exact
        expectClose(sparse.multiplyTransposed(y), matVec(transpose(dense), y), rounding(1));
        expect(sparse.upperTriangle().toDense()).toEqual(dense.map((v, i, j) => (i <= j ? v : 0)));
      }),
      { numRuns: 500 },
    );
  });
});

const sizes = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  positive: fc.integer({ min: 0, max: 16 }),
  negative: fc.integer({ min: 0, max: 10 }),
});

describe("sparseLdl", () => {
  test("answers as dense pivoted elimination does, whatever the quasidefinite pattern", () => {
    fc.assert(
      fc.property(sizes, ({ seed, positive, negative }) => {
        const upper = quasidefinite(`pattern ${seed}`, positive, negative);
        const n = upper.columns;
        const factor = sparseLdl(upper);
        expect(factor.status).toBe("ok");
        expect(factor.inertia).toEqual({ positive, negative, zero: 0 });
        const b = createRandom(`right ${seed}`).fillNormal(new Float64Array(n));
        const x = factor.solve(b);
        const dense = ldl(whole(upper).toDense());
        expect(dense.inertia).toEqual(factor.inertia);
        expectClose(x, ldlSolve(dense, b), rounding(n, 32));
        expectClose(upper.multiplySymmetric(x), b, rounding(n, 32));
      }),
      { numRuns: 2000 },
    );
  }, 60_000);

  test("every permutation of a quasidefinite matrix has a factor, and they agree", () => {
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat()), ({ seed, positive, negative }, keys) => {
        const upper = quasidefinite(`order ${seed}`, positive, negative);
        const n = upper.columns;
        const keyed = Array.from({ length: n }, (_, i) => ({ i, key: keys.next().value! }));
        const ordering = keyed.sort((a, b) => a.key - b.key || a.i - b.i).map(({ i }) => i);
        const b = createRandom(`right ${seed}`).fillNormal(new Float64Array(n));
        const factor = sparseLdl(upper, { ordering });
        expect(factor.inertia).toEqual({ positive, negative, zero: 0 });
        expectClose(factor.solve(b), sparseLdl(upper).solve(b), rounding(n, 32));
      }),
      { numRuns: 500 },
    );
  });

  test("refactoring has the bits of a new factor of the same pattern", () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.1, max: 10, noNaN: true }), (size, factor) => {
        const upper = quasidefinite(`values ${size.seed}`, size.positive, size.negative);
        const values = upper.values.map((v, k) => v * (k % 2 === 0 ? factor : 1));
        const [kept, fresh] = [sparseLdl(upper), sparseLdl(upper.withValues(values))];
        expect(kept.refactor(values)).toBe(fresh.status);
        if (fresh.status === "ok") expect(sameBits(kept.D, fresh.D)).toBe(true);
      }),
    );
  });
});

test("minimumDegree is a permutation that never fills in more than the whole triangle, and nothing in a forest", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (draws) => {
      const n = draws.length;
      const entries: Triplet[] = draws.map((_, i) => [i, i, n + 1]);
      for (let i = 1; i < n; i++) if (draws[i]! % 5 > 0) entries.push([draws[i]! % i, i, 1]); // to a parent, or none
      const forest = CscMatrix.fromTriplets(n, n, entries);
      const order = minimumDegree(forest);
      expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
      expect(sparseLdl(forest).fillIn).toBe(0);
    }),
    { numRuns: 500 },
  );
});
