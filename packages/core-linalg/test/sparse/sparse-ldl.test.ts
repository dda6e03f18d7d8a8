import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  CscMatrix,
  createRandom,
  ldl,
  ldlSolve,
  Matrix,
  minimumDegree,
  multiply,
  type SparseLdl,
  sparseLdl,
  transpose,
} from "../../src/index.ts";
import { arrow, grid, quasidefinite, whole } from "./patterns.ts";

function residual(upper: CscMatrix, factor: SparseLdl, b: Float64Array): Float64Array {
  return upper.multiplySymmetric(factor.solve(b)).map((value, i) => value - b[i]!);
}

/** Entries of L below the diagonal. */
const entries = (factor: SparseLdl): number => factor.L.values.length;

describe("minimumDegree", () => {
  test("is a permutation", () => {
    for (const [positive, negative] of [
      [1, 0],
      [7, 3],
      [40, 25],
    ] as const) {
      const order = minimumDegree(quasidefinite("order", positive, negative));
      expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
    }
  });

  test("puts the hub of an arrow last, so that nothing fills in", () => {
    const upper = arrow(12);
    expect(minimumDegree(upper)[11]).toBeOneOf([0, 11]);
    const factor = sparseLdl(upper);
    expect(entries(factor)).toBe(11);
    expect(factor.fillIn).toBe(0);
    expect(sparseLdl(upper, { ordering: "natural" }).fillIn).toBe((11 * 10) / 2);
  });

  test("puts a row that is far denser than the rest last, whatever its index", () => {
    const n = 400;
    const upper = arrow(n);
    const order = minimumDegree(upper);
    expect(order[n - 1]).toBe(0);
    expect([...order.subarray(0, n - 1)]).toEqual(Array.from({ length: n - 1 }, (_, k) => k + 1));
  });

  test("breaks ties by the smaller index: unconnected variables stay in order", () => {
    const diagonal = CscMatrix.fromTriplets(
      5,
      5,
      [0, 1, 2, 3, 4].map((i) => [i, i, 1] as const),
    );
    expect([...minimumDegree(diagonal)]).toEqual([0, 1, 2, 3, 4]);
  });

  test("knows the pattern alone: other values, or both triangles, change nothing", () => {
    const upper = quasidefinite("pattern", 30, 20);
    const order = minimumDegree(upper);
    expect(minimumDegree(upper.withValues(upper.values.map((v) => 3 * v)))).toEqual(order);
    expect(minimumDegree(whole(upper))).toEqual(order);
  });

  test("orders variables with the same neighbours one after the other", () => {
    const [pairs, hubs] = [6, 8];
    const n = 2 * pairs + hubs;
    const triplets: [number, number, number][] = [];
    for (let p = 0; p < pairs; p++) {
      triplets.push([p, pairs + p, 1]); // twins p and pairs + p share each other and three hubs
      for (const twin of [p, pairs + p]) {
        for (let h = 0; h < 3; h++) triplets.push([twin, 2 * pairs + ((p + h * h) % hubs), 1]);
      }
    }
    for (let i = 0; i < n; i++) triplets.push([i, i, 20]);
    const place = new Map(
      [...minimumDegree(CscMatrix.fromTriplets(n, n, triplets))].map((i, k) => [i, k] as const),
    );
    for (let p = 0; p < pairs; p++) expect(Math.abs(place.get(p)! - place.get(pairs + p)!)).toBe(1);
  });
});

describe("sparseLdl", () => {
  test("L and D are the factors of the permuted matrix", () => {
    const upper = quasidefinite("factors", 12, 7);
    for (const ordering of ["amd", "natural"] as const) {
      const { L, D, permutation } = sparseLdl(upper, { ordering });
      const n = upper.columns;
      const unit = L.toDense().map((value, i, j) => (i === j ? 1 : value));
      const product = multiply(
        unit.map((value, _, j) => value * D[j]!),
        transpose(unit),
      );
      const K = whole(upper).toDense().selectRows(permutation).selectColumns(permutation);
      expectClose(product, K, rounding(n));
    }
  });

  test("counts the signs of the eigenvalues", () => {
    const factor = sparseLdl(quasidefinite("inertia", 9, 4));
    expect(factor.status).toBe("ok");
    expect(factor.inertia).toEqual({ positive: 9, negative: 4, zero: 0 });
    expect(factor.smallestPivot).toBe(Math.min(...factor.D.map(Math.abs)));
  });

  test("a matrix given whole has the bits of its upper triangle", () => {
    const upper = quasidefinite("whole", 20, 9);
    const b = createRandom("b").fillNormal(new Float64Array(29));
    const full = whole(upper);
    expect(sameBits(sparseLdl(full).solve(b), sparseLdl(upper).solve(b))).toBe(true);
    const doubled = full.values.map((v) => 2 * v);
    const factor = sparseLdl(full);
    expect(factor.refactor(doubled)).toBe("ok");
    const twice = sparseLdl(full.withValues(doubled)).solve(b);
    expect(sameBits(factor.solve(b), twice)).toBe(true);
  });

  test("rows of a column may stand in any order, and new values follow it", () => {
    const shuffled = {
      rows: 2,
      columns: 2,
      columnPointers: Int32Array.of(0, 1, 3),
      rowIndices: Int32Array.of(0, 1, 0),
      values: Float64Array.of(2, 3, 1),
    };
    const factor = sparseLdl(shuffled);
    expectClose(factor.solve([3, 4]), [1, 1], rounding(4));
    factor.refactor([2, 5, 1]);
    // 2x + y = 4, x + 5y = 14
    expectClose(factor.solve([4, 14]), [2 / 3, 8 / 3], rounding(4));
  });

  test("refactoring gives the bits of factoring anew, after a failure too", () => {
    const upper = quasidefinite("again", 25, 10);
    const b = createRandom("b").fillNormal(new Float64Array(35));
    const factor = sparseLdl(upper);
    expect(factor.refactor(new Float64Array(upper.values.length))).toBe("singular");
    expect(factor.refactor(upper.values)).toBe("ok");
    expect(sameBits(factor.solve(b), sparseLdl(upper).solve(b))).toBe(true);
  });

  test("a zero pivot is an answer that names its row", () => {
    const factor = sparseLdl(
      CscMatrix.fromDense([
        [1, 1, 0],
        [1, 1, 0],
        [0, 0, 2],
      ]),
      { ordering: "natural" },
    );
    expect(factor.status).toBe("singular");
    expect(factor.pivot).toBe(1);
    expect(factor.inertia).toEqual({ positive: 1, negative: 0, zero: 1 });
    expect(factor.smallestPivot).toBe(0);
    expect(() => factor.solve([1, 2, 3])).toThrow("K has no factor: its pivot in row 1 is zero");
    expect(() => factor.L).toThrow("K has no factor");
  });

  test("what rounding leaves of a zero pivot is zero, at every scale", () => {
    for (const scale of [1e-150, 1, 1e150]) {
      const third = scale / 3;
      const K = CscMatrix.fromDense([
        [scale, third, 0.1 * scale],
        [third, third / 3, third * 0.1],
        [0.1 * scale, third * 0.1, 0.01 * scale],
      ]);
      expect(sparseLdl(K, { ordering: "natural" }).status).toBe("singular");
    }
  });

  test("refinement takes back what an unpivoted factor loses", () => {
    // Not quasidefinite: the pivot of 1e-9 comes first, and the factor loses half of the digits.
    const rows = [
      [1e-9, 0.7, 0.3],
      [0.7, 1.1, 0.2],
      [0.3, 0.2, 0.9],
    ];
    const factor = sparseLdl(CscMatrix.fromDense(rows), { ordering: "natural" });
    const b = [0.31, -1.7, 2.3];
    const wanted = ldlSolve(ldl(rows), b);
    const error = factor.solve(b).map((value, i) => Math.abs(value - wanted[i]!));
    expect(Math.max(...error)).toBeGreaterThan(1e6 * Number.EPSILON);
    expectClose(factor.solve(b, { refinements: 2 }), wanted, rounding(3));
  });

  test("writes where it is told, over the right side too", () => {
    const upper = quasidefinite("out", 5, 3);
    const factor = sparseLdl(upper);
    const b = createRandom("b").fillNormal(new Float64Array(8));
    const x = factor.solve(b);
    const out = new Float64Array(8);
    expect(factor.solve(b, { out })).toBe(out);
    expect(sameBits(out, x)).toBe(true);
    expect(factor.solve(b, { out: b })).toBe(b);
    expect(sameBits(b, x)).toBe(true);
  });

  test("handles ten thousand rows without recursion or a dense square", () => {
    const n = 10_000;
    const triplets: [number, number, number][] = [];
    for (let j = 0; j < n; j++) {
      if (j > 0) triplets.push([j - 1, j, -1]);
      triplets.push([j, j, 3]);
    }
    const upper = CscMatrix.fromTriplets(n, n, triplets);
    const factor = sparseLdl(upper);
    expect(factor.inertia.positive).toBe(n);
    expect(factor.fillIn).toBe(0);
    const b = new Float64Array(n).fill(1);
    expectClose(residual(upper, factor, b), new Float64Array(n), rounding(16), 1);
  });

  test("keeps the fill of a grid far below that of the natural order", () => {
    const upper = grid(20);
    const natural = sparseLdl(upper, { ordering: "natural" }).fillIn;
    expect(sparseLdl(upper).fillIn).toBeLessThan(natural / 2);
  });

  test("an empty matrix has an empty answer", () => {
    const factor = sparseLdl(CscMatrix.fromTriplets(0, 0, []));
    expect(factor.status).toBe("ok");
    expect(factor.solve([])).toEqual(new Float64Array(0));
  });

  test("takes a permutation, and refuses what is none", () => {
    const upper = quasidefinite("given", 3, 2);
    expect([...sparseLdl(upper, { ordering: [4, 2, 0, 1, 3] }).permutation]).toEqual([4, 2, 0, 1, 3]);
    for (const ordering of [[0, 1, 2, 3], [0, 1, 2, 3, 3], [0, 1, 2, 3, 5], [0, 1, 2, 3, 0.5], "colamd", 7]) {
      expect(() => sparseLdl(upper, { ordering: ordering as never })).toThrow(
        /ordering must be 'amd', 'natural' or a permutation of 0 … 4, got/,
      );
    }
  });

  test("misuse is refused by name", () => {
    const dense = (rows: number[][]) => CscMatrix.fromDense(Matrix.fromRows(rows));
    expect(() => sparseLdl(dense([[1, 2]]))).toThrow("K must be square, got 1×2");
    expect(() =>
      sparseLdl(
        dense([
          [1, 2],
          [3, 1],
        ]),
      ),
    ).toThrow("K must be symmetric or upper triangular, but [1][0] is 3 and [0][1] is 2");
    expect(() =>
      sparseLdl(
        dense([
          [1, 0],
          [3, 1],
        ]),
      ),
    ).toThrow("K must be symmetric or upper triangular, but [1][0] is 3 and [0][1] is 0");
    expect(() => sparseLdl([[1]] as never)).toThrow("K must be a matrix compressed by column, got Array(1)");
    const factor = sparseLdl(dense([[4]]));
    expect(() => factor.solve([1, 2])).toThrow("b must have 1 entries, got 2");
    expect(() => factor.solve([1], { refinements: -1 })).toThrow(
      "refinements must be an integer ≥ 0, got -1",
    );
    expect(() => factor.refactor([1, 2])).toThrow("values must have 1 entries, got 2");
    expect(() => factor.refactor([Number.NaN])).toThrow("values[0] must be finite, got NaN");
    expect(() => sparseLdl(dense([[4]]), { order: "amd" } as never)).toThrow(
      "unknown option 'order'; known options: ordering",
    );
  });
});
