import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import type { SparseColumns } from "../src/sparse/columns.ts";
import { fromTriplets } from "../src/sparse/from-triplets.ts";
import { minimumDegreeOrder } from "../src/sparse/minimum-degree.ts";
import { symmetricTimesVector } from "../src/sparse/products.ts";
import { SparseLdl } from "../src/sparse/sparse-ldl.ts";

/** The upper triangle of an arrow: a full first row and a diagonal. */
function arrow(n: number): SparseColumns {
  const entries: [number, number, number][] = [];
  for (let j = 0; j < n; j++) {
    if (j > 0) entries.push([0, j, 1]);
    entries.push([j, j, n + 1]);
  }
  return fromTriplets(n, n, entries);
}

/** A random quasidefinite matrix: `positive` pivots of one sign, the rest of the other. */
function quasidefinite(seed: string, positive: number, negative: number): SparseColumns {
  const random = createRandom(seed);
  const n = positive + negative;
  const entries: [number, number, number][] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) {
      const sameBlock = j < positive;
      const border = i < positive && j >= positive;
      if ((sameBlock && random.uniform() < 0.1) || (border && random.uniform() < 0.2)) {
        entries.push([i, j, random.normal()]);
      }
    }
    entries.push([j, j, j < positive ? n : -1 - random.uniform()]);
  }
  return fromTriplets(n, n, entries);
}

function residual(upper: SparseColumns, ldl: SparseLdl, b: Float64Array): Float64Array {
  const x = b.slice();
  ldl.solve(x);
  const image = new Float64Array(b.length);
  symmetricTimesVector(upper, x, image);
  return image.map((value, i) => value - b[i]!);
}

describe("the elimination order", () => {
  test("is a permutation", () => {
    for (const [positive, negative] of [
      [1, 0],
      [7, 3],
      [40, 25],
    ] as const) {
      const order = minimumDegreeOrder(quasidefinite("order", positive, negative));
      expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
    }
  });

  test("puts the hub of an arrow last, so that nothing fills in", () => {
    const upper = arrow(12);
    expect(minimumDegreeOrder(upper)[11]).toBeOneOf([0, 11]);
    expect(new SparseLdl(upper).entries).toBe(11);
  });

  test("breaks ties by the smaller index: unconnected variables stay in order", () => {
    const diagonal = fromTriplets(
      5,
      5,
      [0, 1, 2, 3, 4].map((i) => [i, i, 1] as const),
    );
    expect([...minimumDegreeOrder(diagonal)]).toEqual([0, 1, 2, 3, 4]);
  });

  test("keeps the fill of a grid far below that of the natural order", () => {
    const side = 20;
    const entries: [number, number, number][] = [];
    for (let k = 0; k < side * side; k++) {
      if (k % side > 0) entries.push([k - 1, k, -1]);
      if (k >= side) entries.push([k - side, k, -1]);
      entries.push([k, k, 5]);
    }
    const naturalFill = side * side * side;
    expect(new SparseLdl(fromTriplets(side * side, side * side, entries)).entries).toBeLessThan(
      naturalFill / 2,
    );
  });
});

describe("the factor", () => {
  test("solves random quasidefinite systems to rounding", () => {
    for (let k = 0; k < 20; k++) {
      const positive = 1 + 3 * k;
      const upper = quasidefinite(`solve ${k}`, positive, 2 * k);
      const ldl = new SparseLdl(upper);
      const pivots = ldl.factor();
      expect(pivots.complete).toBe(true);
      expect(pivots.positive).toBe(positive);
      const b = createRandom(`b ${k}`).fillNormal(new Float64Array(upper.columns));
      const n = upper.columns;
      expectClose(residual(upper, ldl, b), new Float64Array(n), rounding(n), n);
    }
  });

  test("takes new values entry by entry", () => {
    const upper = fromTriplets(2, 2, [
      [0, 0, 2],
      [0, 1, 1],
      [1, 1, 3],
    ]);
    const ldl = new SparseLdl(upper);
    ldl.setEntry(2, 5);
    ldl.factor();
    const b = Float64Array.of(4, 14);
    ldl.solve(b);
    // 2x + y = 4, x + 5y = 14
    expectClose(b, [2 / 3, 8 / 3], rounding(4));
  });

  test("reports a zero pivot instead of dividing by it", () => {
    const ldl = new SparseLdl(
      fromTriplets(2, 2, [
        [0, 0, 1],
        [0, 1, 1],
        [1, 1, 1],
      ]),
    );
    expect(ldl.factor()).toEqual({ complete: false, positive: 1, smallest: 0 });
  });

  test("handles ten thousand rows without recursion or a dense square", () => {
    const n = 10_000;
    const entries: [number, number, number][] = [];
    for (let j = 0; j < n; j++) {
      if (j > 0) entries.push([j - 1, j, -1]);
      entries.push([j, j, 3]);
    }
    const upper = fromTriplets(n, n, entries);
    const ldl = new SparseLdl(upper);
    expect(ldl.factor().positive).toBe(n);
    expect(ldl.entries).toBe(n - 1);
    const b = new Float64Array(n).fill(1);
    expectClose(residual(upper, ldl, b), new Float64Array(n), rounding(16), 1);
  });
});
