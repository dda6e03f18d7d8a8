import { describeKernel, sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { createRandom } from "../../src/index.ts";
import {
  type Triangle,
  triangularSolveTypescript,
  triangularSolveWebassembly,
} from "../../src/kernels/triangular-solve.ts";

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

interface Case {
  readonly name: string;
  readonly triangle: Triangle;
  readonly B: Float64Array;
  readonly m: number;
}

const WAYS = [false, true].flatMap((upper) =>
  [false, true].flatMap((transpose) => [false, true].map((unit) => ({ upper, transpose, unit }))),
);

function caseOf(n: number, m: number, way: (typeof WAYS)[number]): Case {
  const { upper, transpose, unit } = way;
  const words = [upper ? "upper" : "lower", transpose ? ", transposed" : "", unit ? ", unit" : ""].join("");
  const T = normals(`T ${n}`, n * n);
  return { name: `${n}×${n} ${words}, ${m} columns`, triangle: { T, n, ...way }, B: normals("B", n * m), m };
}

function spoilt(name: string, spoil: (T: Float64Array, B: Float64Array) => void): Case {
  const made = caseOf(9, 6, { upper: false, transpose: true, unit: false });
  spoil(made.triangle.T, made.B);
  return { ...made, name };
}

const cases: Case[] = [
  ...WAYS.flatMap((way) =>
    [1, 2, 3, 4, 5, 8, 9, 31].flatMap((n) => [1, 2, 3, 4, 5, 9].map((m) => caseOf(n, m, way))),
  ),
  spoilt("a zero on the diagonal", (T) => (T[40] = 0)),
  spoilt("a NaN in the triangle", (T) => (T[9 * 7 + 3] = Number.NaN)),
  spoilt("a NaN in the other triangle, which nobody reads", (T) => (T[3] = Number.NaN)),
  spoilt("an infinity on the right", (_, B) => (B[20] = Number.POSITIVE_INFINITY)),
  spoilt("zeros of both signs on the right", (_, B) => B.set(B.map((_, i) => (i % 2 === 0 ? 0 : -0)))),
];

function solved(run: (X: Float64Array) => unknown, B: Float64Array): Float64Array {
  const X = B.slice();
  run(X);
  return X;
}

describeKernel({
  name: "triangular solve",
  cases,
  describeCase: ({ name }) => name,
  typescript: ({ triangle, B, m }) => solved((X) => triangularSolveTypescript(triangle, X, m), B),
  webassembly: ({ triangle, B, m }) => solved((X) => triangularSolveWebassembly(triangle, X, m), B),
});

test("a column has the same bits by itself as among others", () => {
  for (const way of WAYS) {
    const { triangle, B, m } = caseOf(31, 5, way);
    const together = solved((X) => triangularSolveWebassembly(triangle, X, m), B);
    for (let j = 0; j < m; j++) {
      const alone = B.filter((_, k) => k % m === j);
      triangularSolveTypescript(triangle, alone, 1);
      expect(
        sameBits(
          alone,
          together.filter((_, k) => k % m === j),
        ),
      ).toBe(true);
    }
  }
});
