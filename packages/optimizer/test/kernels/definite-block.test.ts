import { createRandom } from "@astra-quant/core-linalg";
import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import {
  type DefiniteBlock,
  withDefiniteBlock,
  withTypescriptBlock,
  withWebassemblyBlock,
} from "../../src/kernels/definite-block.ts";

interface Case {
  readonly name: string;
  readonly N: number;
  readonly K: Float64Array;
  readonly B: Float64Array;
  readonly columns: number;
}

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

/** XX' of rank at most `rank`. */
function products(N: number, rank: number): Float64Array {
  const X = normals(`definite block ${N} ${rank}`, N * rank);
  const K = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      for (let k = 0; k < rank; k++) K[i * N + j]! += X[i * rank + k]! * X[j * rank + k]!;
    }
  }
  return K;
}

function caseOf(
  N: number,
  columns: number,
  spoil: (K: Float64Array, B: Float64Array) => void = () => {},
): Case {
  const K = products(N, N + 3);
  const B = normals(`right sides ${N} ${columns}`, N * columns);
  spoil(K, B);
  return { name: `N = ${N}, ${columns} columns`, N, K, B, columns };
}

const cases: Case[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 31, 64, 65, 66, 67, 70].flatMap((N) =>
    [1, 2, 4, 5].map((columns) => caseOf(N, columns)),
  ),
  { ...caseOf(9, 2, (_, B) => B.fill(-0)), name: "negative zeros" },
  { ...caseOf(10, 1, (K) => K.fill(-0, 11, 20)), name: "a row with negative zeros" },
  {
    ...caseOf(9, 3, (_, B) => B.set([Number.NaN, Number.NEGATIVE_INFINITY], 4)),
    name: "NaN and an infinity in B",
  },
  { ...caseOf(9, 1, (K) => K.set([Number.NaN], 40)), name: "a NaN pivot" },
  { ...caseOf(10, 1), name: "singular", K: products(10, 4) },
  { ...caseOf(7, 2, (K) => K.set(K.map((value) => value * 1e300))), name: "entries of 1e300" },
  { ...caseOf(7, 2, (K) => K.set(K.map((value) => value * 1e-310))), name: "entries of 1e-310" },
];

/** KX = B, then K times the first column. */
function worked(
  { N, B, columns }: Case,
  run: (use: (block: DefiniteBlock) => Numbers) => Numbers | undefined,
): Numbers {
  const answer = run((block) => {
    const X = B.slice();
    block.solve(X, columns);
    const image = B.slice(0, N);
    block.addProduct(
      Float64Array.from({ length: N }, (_, i) => B[i * columns]!),
      image,
    );
    return [X, image, block.leastPivot()];
  });
  return answer ?? [];
}

describeKernel({
  name: "definite block",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => worked(input, (use) => withTypescriptBlock(input.N, (K) => K.set(input.K), use)),
  webassembly: (input) =>
    worked(input, (use) => withWebassemblyBlock(input.N, (K) => K.set(input.K), use)?.answer),
});

test("what is solved, multiplied by K, is the right side again", () => {
  for (const N of [3, 40]) {
    const { K, B } = caseOf(N, 1);
    const missing = withDefiniteBlock(
      N,
      (room) => room.set(K),
      (block) => {
        const x = B.slice();
        block.solve(x, 1);
        const rest = B.map((value) => -value);
        block.addProduct(x, rest);
        return rest;
      },
    )!;
    for (const value of missing) expect(Math.abs(value)).toBeLessThan(1e-9);
  }
});

test("a block within the use of another keeps both", () => {
  const outer = caseOf(30, 1);
  const inner = caseOf(70, 1);
  const solve = (block: DefiniteBlock, B: Float64Array): Float64Array => {
    const x = B.slice();
    block.solve(x, 1);
    return x;
  };
  const alone = withDefiniteBlock(
    30,
    (K) => K.set(outer.K),
    (block) => solve(block, outer.B),
  );
  const around = withDefiniteBlock(
    30,
    (K) => K.set(outer.K),
    (block) => {
      withDefiniteBlock(
        70,
        (K) => K.set(inner.K),
        (other) => solve(other, inner.B),
      );
      return solve(block, outer.B);
    },
  );
  expect(around).toEqual(alone);
});

test("what `use` throws is thrown", () => {
  const refuse = (): never => {
    throw new RangeError("the caller's own");
  };
  for (const N of [2, 20]) {
    expect(() => withDefiniteBlock(N, (K) => K.set(caseOf(N, 1).K), refuse)).toThrow("the caller's own");
  }
});
