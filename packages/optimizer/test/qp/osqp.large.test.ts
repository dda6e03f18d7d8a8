import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import { describe, expect, test } from "vitest";
import { type QpProblem, solveQp } from "../../src/index.ts";

const SECONDS = 1000;

/** A chain: each variable is drawn to the next one and to a place of its own, and kept in a box. */
function chain(n: number): QpProblem {
  const P: Triplet[] = [];
  const A: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    P.push([j, j, 2.5]);
    if (j > 0) P.push([j - 1, j, -1]);
    A.push([j, j, 1]);
  }
  return {
    P: CscMatrix.fromTriplets(n, n, P),
    q: Float64Array.from({ length: n }, (_, j) => (j % 7) - 3),
    A: CscMatrix.fromTriplets(n, n, A),
    l: new Float64Array(n).fill(-1),
    u: new Float64Array(n).fill(1),
  };
}

/** A portfolio of n names: a budget that sees them all, one factor behind every hundred, and a box. */
function star(n: number): QpProblem {
  const P: Triplet[] = [];
  const A: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    P.push([j, j, 1 + (j % 5)]);
    A.push([j, j, 1], [n, j, 1], [n + 1 + Math.floor(j / 100), j, (j % 3) - 1]);
  }
  const m = n + 1 + Math.ceil(n / 100);
  const sides = (box: number, budget: number, group: number): Float64Array =>
    Float64Array.from({ length: m }, (_, i) => (i < n ? box : i === n ? budget : group));
  return {
    P: CscMatrix.fromTriplets(n, n, P),
    q: Float64Array.from({ length: n }, (_, j) => ((j * 37) % 101) / 100 - 0.5),
    A: CscMatrix.fromTriplets(m, n, A),
    l: sides(-1, 1, -0.5),
    u: sides(1, 1, 0.5),
  };
}

describe("large sparse programs", () => {
  // an N × N matrix of doubles would take 0.8 GB of the smaller ones and 80 GB of the larger
  for (const size of [10_000, 100_000]) {
    test(`a chain of n + m = ${size} is solved`, { timeout: 60 * SECONDS }, () => {
      const { status, info } = solveQp(chain(size / 2));
      expect(status).toBe("solved");
      expect(info.violation).toBeLessThan(1e-2);
    });

    test(`a star of n + m = ${size}, one of its rows full, is solved`, { timeout: 60 * SECONDS }, () => {
      const { status, info } = solveQp(star(Math.floor((size - 1) / 2.01)));
      expect(status).toBe("solved");
      expect(info.violation).toBeLessThan(1e-2);
    });
  }

  test("maxIter bounds a program that does not converge", () => {
    const { status, info } = solveQp(chain(5000), { epsAbs: 1e-300, epsRel: 0, maxIter: 20 });
    expect(status).toBe("maximum iterations reached");
    expect(info.iterations).toBe(20);
  });
});
