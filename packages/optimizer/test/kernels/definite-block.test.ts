import { createRandom } from "@astra-quant/core-linalg";
import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import {
  type DefiniteBlock,
  type FactorRows,
  rowsLength,
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
  run: (use: (block: DefiniteBlock) => Numbers, given?: FactorRows) => Numbers | undefined,
): Numbers {
  const answer = run((block) => {
    const X = B.slice();
    block.solve(X, columns);
    const image = B.slice(0, N);
    block.addProduct(
      Float64Array.from({ length: N }, (_, i) => B[i * columns]!),
      image,
    );
    const isSymmetric = block.isFiniteAndSymmetric() ? 1 : 0;
    const rows = new Float64Array(rowsLength(N));
    block.copyRows(0, rows);
    return [X, image, block.leastPivot(), isSymmetric, rows];
  });
  return answer ?? [];
}

/** The rows of L, those before `count` given, and X with KX = B. */
function continued(
  { B, columns }: Case,
  given: FactorRows,
  run: (use: (block: DefiniteBlock) => Numbers, given: FactorRows) => Numbers | undefined,
): Numbers {
  const answer = run((block) => {
    const X = B.slice();
    block.solve(X, columns);
    const rows = given.entries.slice();
    block.copyRows(given.count, rows);
    return [X, rows];
  }, given);
  return answer ?? [];
}

/** Rows as the whole factor has them. */
function firstRows({ N, K }: Case, count: number): FactorRows {
  const entries = new Float64Array(rowsLength(N));
  withTypescriptBlock(
    N,
    (room) => room.set(K),
    (block) => block.copyRows(0, entries),
  );
  return { count, entries: entries.fill(0, rowsLength(count)) };
}

describeKernel({
  name: "definite block",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => worked(input, (use) => withTypescriptBlock(input.N, (K) => K.set(input.K), use)),
  webassembly: (input) =>
    worked(input, (use) => withWebassemblyBlock(input.N, (K) => K.set(input.K), use)?.answer),
});

const lower = (K: Float64Array, N: number, room: Float64Array, first: number): void => {
  for (let i = first; i < N; i++) room.set(K.subarray(i * N, i * N + i + 1), i * N);
};

describeKernel({
  name: "definite block, rows of its factor given",
  cases: cases
    .slice(0, 68)
    .flatMap((input) => [1, 4, 7, 30, input.N].map((count) => ({ input, count })))
    .filter(({ input, count }) => count <= input.N),
  describeCase: ({ input, count }) => `${input.name}, ${count} given`,
  typescript: ({ input, count }) =>
    continued(input, firstRows(input, count), (use, given) =>
      withTypescriptBlock(input.N, (K, first) => lower(input.K, input.N, K, first), use, given),
    ),
  webassembly: ({ input, count }) =>
    continued(
      input,
      firstRows(input, count),
      (use, given) =>
        withWebassemblyBlock(input.N, (K, first) => lower(input.K, input.N, K, first), use, given)?.answer,
    ),
});

test("a factor that goes on from its first rows equals the one made at once, to the bit", () => {
  for (const N of [5, 13, 66]) {
    const input = caseOf(N, 1);
    const whole = firstRows(input, N).entries;
    for (const count of [0, 1, 4, N - 1, N]) {
      const given = firstRows(input, count);
      withDefiniteBlock(
        N,
        (K, first) => lower(input.K, N, K, first),
        (block) => block.copyRows(count, given.entries),
        given,
      );
      expect(given.entries).toEqual(whole);
    }
  }
});

test("one entry that its mirror image does not equal, or that is not finite, is seen", () => {
  for (const N of [3, 16, 17]) {
    const { K } = caseOf(N, 1);
    const judged = (spoil: (room: Float64Array) => void): boolean | undefined =>
      withDefiniteBlock(
        N,
        (room) => {
          room.set(K);
          spoil(room);
        },
        (block) => block.isFiniteAndSymmetric(),
      );
    expect(judged(() => {})).toBe(true);
    for (let i = 0; i < N; i++) {
      for (let j = i + 1; j < N; j++) {
        expect(judged((room) => room.set([room[i * N + j]! + 1e-9], i * N + j))).toBe(false);
        expect(judged((room) => room.set([Number.NaN], i * N + j))).toBe(false);
        expect(judged((room) => room.set([Number.POSITIVE_INFINITY], i * N + j))).toBe(false);
      }
    }
  }
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
