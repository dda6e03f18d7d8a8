import { CscMatrix, createRandom, type Triplet } from "../../src/index.ts";

/** The upper triangle of an arrow: a full first row and a diagonal. */
export function arrow(n: number): CscMatrix {
  const entries: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    if (j > 0) entries.push([0, j, 1]);
    entries.push([j, j, n + 1]);
  }
  return CscMatrix.fromTriplets(n, n, entries);
}

/** The upper triangle of a square grid's Laplacian, shifted to be definite. */
export function grid(side: number): CscMatrix {
  const entries: Triplet[] = [];
  for (let k = 0; k < side * side; k++) {
    if (k % side > 0) entries.push([k - 1, k, -1]);
    if (k >= side) entries.push([k - side, k, -1]);
    entries.push([k, k, 5]);
  }
  return CscMatrix.fromTriplets(side * side, side * side, entries);
}

/**
 * The upper triangle of a random quasidefinite matrix, [P, Aᵀ; A, −R]: `positive` pivots of one sign, the rest of the
 * other.
 */
export function quasidefinite(seed: string, positive: number, negative: number): CscMatrix {
  const random = createRandom(seed);
  const n = positive + negative;
  const entries: Triplet[] = [];
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
  return CscMatrix.fromTriplets(n, n, entries);
}

/** Both triangles of the symmetric matrix whose upper one is given. */
export function whole(upper: CscMatrix): CscMatrix {
  const entries: Triplet[] = [];
  for (let j = 0; j < upper.columns; j++) {
    for (let k = upper.columnPointers[j]!; k < upper.columnPointers[j + 1]!; k++) {
      const i = upper.rowIndices[k]!;
      entries.push([i, j, upper.values[k]!]);
      if (i !== j) entries.push([j, i, upper.values[k]!]);
    }
  }
  return CscMatrix.fromTriplets(upper.columns, upper.columns, entries);
}
