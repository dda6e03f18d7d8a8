import { fixture } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { CscMatrix, sparseLdl, type Triplet } from "../../src/index.ts";

interface FillCase {
  size: number;
  /** Entries of L by SuiteSparse's approximate minimum degree, and by SuperLU's minimum degree. */
  amd: number;
  mmd: number;
  pattern: { pointers: number[]; rows: number[] } | null;
}

/** A grid's Laplacian in so many dimensions, neighbours along each. */
function gridOf(side: number, dimensions: number): CscMatrix {
  const n = Number([...Array(dimensions)].reduce((product) => product * side, 1));
  const entries: Triplet[] = [];
  for (let k = 0; k < n; k++) {
    for (let d = 0, stride = 1; d < dimensions; d++, stride *= side) {
      if (Math.floor(k / stride) % side > 0) entries.push([k - stride, k, -1]);
    }
    entries.push([k, k, 2 * dimensions + 1]);
  }
  return CscMatrix.fromTriplets(n, n, entries);
}

/** Values that make any pattern of [P, Aᵀ; A, −I] quasidefinite do not matter for the fill: ones, and a large diagonal. */
function matrixOf(size: number, { pointers, rows }: NonNullable<FillCase["pattern"]>): CscMatrix {
  const values = new Float64Array(rows.length).fill(1);
  for (let j = 0; j < size; j++) values[pointers[j + 1]! - 1] = size + 1; // the diagonal ends its column
  return CscMatrix.of({
    rows: size,
    columns: size,
    columnPointers: Int32Array.from(pointers),
    rowIndices: Int32Array.from(rows),
    values,
  });
}

/** Ties fall out differently everywhere; orders within a fiftieth of each other are of one quality. */
const OF_ONE_QUALITY = 1.02;

describe("the fill of a factor in minimum degree's order", () => {
  const { cases } = fixture(import.meta.url, "fill.json");
  for (const [name, { size, amd, pattern }] of Object.entries<FillCase>(cases)) {
    test(`${name}: no more than a fiftieth above SuiteSparse's AMD`, () => {
      const [, side, dimensions] = name.split(" ").map(Number);
      const K = pattern === null ? gridOf(side!, dimensions!) : matrixOf(size, pattern);
      expect(K.columns).toBe(size);
      const factor = sparseLdl(K);
      expect(factor.status).toBe("ok");
      expect(factor.L.values.length).toBeLessThanOrEqual(OF_ONE_QUALITY * amd);
    });
  }
});
