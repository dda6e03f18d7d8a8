import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  determinant,
  log,
  logDeterminant,
  Matrix,
  matVec,
  multiply,
  solve,
  transpose,
  triangularSolve,
} from "../../src/index.ts";
import { graded, hilbert, normalMatrix } from "./nasty.ts";

describe("solve", () => {
  test("leaves a small residual, whatever the rows' and columns' units", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom(1, 1e-8),
        fc.constantFrom(1, 1e-8),
        (seed, n, rowUnit, columnUnit) => {
          const unit = (base: number, i: number): number =>
            i % 3 === 0 ? 1 : i % 3 === 1 ? base : base * base;
          const A = normalMatrix(`solve ${seed}`, n, n).map(
            (v, i, j) => v * unit(rowUnit, i) * unit(columnUnit, j),
          );
          const b = normalMatrix(`b ${seed}`, 1, n).data.map((v, i) => v * unit(rowUnit, i));
          const found = solve(A, b);
          if (found.status !== "ok") return expect.fail(`pivot ${found.pivot} of ${n}`);
          const x = found.solution;
          const size = A.map((v, _, j) => Math.abs(v * x[j]!));
          matVec(A, x).forEach((image, i) => {
            const scale = size.row(i).reduce((sum, v) => sum + v, Math.abs(b[i]!));
            expectClose(image, b[i]!, rounding(n, 64), scale);
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a singular matrix is an answer that names the column", () => {
    const twice = normalMatrix("twice", 6, 6).map((v, _, j) => (j === 4 ? 0 : v));
    for (let i = 0; i < 6; i++) twice.set(i, 4, twice.get(i, 1) - 3 * twice.get(i, 2));
    expect(solve(twice, [1, 2, 3, 4, 5, 6])).toEqual({ status: "singular", pivot: 4 });
    expect(solve([[0]], [1])).toEqual({ status: "singular", pivot: 0 });
    for (const unit of [1e-200, 1, 1e200]) {
      expect(solve([[unit, 3 * unit], [unit / 3, unit]], [1, 1]).status).toBe("singular"); // biome-ignore format: rows
    }
  });

  test("many right sides have the bits of each by itself, and out takes them", () => {
    const A = normalMatrix("A", 20, 20);
    const B = normalMatrix("B", 20, 30);
    const out = new Matrix(20, 30);
    const found = solve(A, B, { out });
    if (found.status !== "ok") return expect.fail();
    expect(found.solution).toBe(out);
    for (let j = 0; j < 30; j++) {
      const alone = solve(A, B.column(j));
      expect(alone.status === "ok" && sameBits(alone.solution, out.column(j))).toBe(true);
    }
  });

  test("misuse is refused by name", () => {
    expect(() => solve([[1, 2]], [1])).toThrow("A must be square, got 1×2");
    expect(() => solve([[1]], [1, 2])).toThrow("b must have 1 entries, got 2");
    expect(() => solve([[Number.NaN]], [1])).toThrow("A[0][0] must be finite, got NaN");
    expect(() => solve([[1]], [1], { tolerance: 1 } as never)).toThrow("unknown option 'tolerance'");
  });
});

describe("determinant and logDeterminant", () => {
  test("are those of the textbook", () => {
    expect(
      determinant([
        [0, 2],
        [3, 0],
      ]),
    ).toBe(-6);
    expect(determinant(new Matrix(0, 0))).toBe(1);
    expect(determinant([[1, 2], [2, 4]])).toBe(0); // biome-ignore format: rows
    expect(logDeterminant([[1, 2], [2, 4]])).toEqual({ sign: 0, logMagnitude: Number.NEGATIVE_INFINITY }); // biome-ignore format: rows
    expect(logDeterminant(Matrix.identity(4).map((v) => -v)).sign).toBe(1);
  });

  test("a product's is the product", () => {
    for (let k = 0; k < 50; k++) {
      const n = 1 + (k % 12);
      const [A, B] = [normalMatrix(`A ${k}`, n, n), normalMatrix(`B ${k}`, n, n)];
      const [a, b, ab] = [logDeterminant(A), logDeterminant(B), logDeterminant(multiply(A, B))];
      expect(ab.sign).toBe(a.sign * b.sign);
      expectClose(ab.logMagnitude, a.logMagnitude + b.logMagnitude, rounding(n, 512), 1);
      expectClose(determinant(A), determinant(transpose(A)), rounding(n, 512));
    }
  });

  test("the logarithm goes where the determinant leaves the doubles", () => {
    const tiny = Matrix.identity(400).map((v) => v * 1e-3);
    expect(determinant(tiny)).toBe(0);
    const { sign, logMagnitude } = logDeterminant(tiny);
    expect(sign).toBe(1);
    expectClose(logMagnitude, 400 * log(1e-3), rounding(400));
  });
});

describe("triangularSolve", () => {
  const wayOf = fc.record({ upper: fc.boolean(), transpose: fc.boolean(), unit: fc.boolean() });

  test("solves with the triangle it is told, and reads no other", () => {
    fc.assert(
      fc.property(
        wayOf,
        fc.nat(),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        (way, seed, n, m) => {
          const G = normalMatrix(`T ${seed}`, n, n).map((v, i, j) => (i === j ? 4 + v : v / n));
          const read = G.map((v, i, j) => (i === j && way.unit ? 1 : (way.upper ? i <= j : i >= j) ? v : 0));
          const T = G.map((v, i, j) =>
            (way.upper ? i < j : i > j) || (i === j && !way.unit) ? v : Number.NaN,
          );
          const B = normalMatrix(`B ${seed}`, n, m);
          const X = triangularSolve(T, B, way);
          expectClose(multiply(way.transpose ? transpose(read) : read, X), B, rounding(n, 32));
          const column = triangularSolve(T, B.column(m - 1), way);
          expect(sameBits(column, X.column(m - 1))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a zero on the diagonal divides as IEEE arithmetic has it", () => {
    expect([...triangularSolve([[0]], [1])]).toEqual([Number.POSITIVE_INFINITY]);
    expect([...triangularSolve([[1, 0], [1, 0]], [0, 0])]).toEqual([0, Number.NaN]); // biome-ignore format: rows
  });

  test("ill-conditioned triangles keep a small residual", () => {
    for (const A of [hilbert(10), graded("triangle", 12, 2)]) {
      const n = A.rows;
      const b = normalMatrix("b", 1, n).data;
      const x = triangularSolve(A, b);
      for (let i = 0; i < n; i++) {
        let [sum, size] = [0, Math.abs(b[i]!)];
        for (let k = 0; k <= i; k++) {
          sum += A.get(i, k) * x[k]!;
          size += Math.abs(A.get(i, k) * x[k]!);
        }
        expectClose(sum, b[i]!, rounding(n), size);
      }
    }
  });

  test("misuse is refused by name", () => {
    expect(() => triangularSolve([[1, 2]], [1])).toThrow("T must be square, got 1×2");
    expect(() => triangularSolve([[1]], [[1], [2]])).toThrow("b must have 1 rows, got 2");
    expect(() => triangularSolve([[1]], [1], { lower: true } as never)).toThrow("unknown option 'lower'");
  });
});
