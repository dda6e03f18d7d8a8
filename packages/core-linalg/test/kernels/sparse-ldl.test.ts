import { describeKernel, sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { CscMatrix, createRandom, type Triplet } from "../../src/index.ts";
import {
  factorSparseTypescript,
  factorSparseWebassembly,
  type SparseFactor,
  solveSparseTypescript,
  solveSparseWebassembly,
  sparseFactorOf,
} from "../../src/kernels/sparse-ldl.ts";
import { analyse } from "../../src/sparse/elimination-tree.ts";

interface Case {
  readonly name: string;
  readonly upper: CscMatrix;
}

/** An upper triangle with `share` of its entries, quasidefinite: the first half of the diagonal positive. */
function caseOf(n: number, share: number): Case {
  const random = createRandom(`${n} ${share}`);
  const entries: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) if (random.uniform() < share) entries.push([i, j, random.normal()]);
    entries.push([j, j, j < n / 2 ? 3 * n : -3 * n]);
  }
  return { name: `${n} rows, ${share} of the entries`, upper: CscMatrix.fromTriplets(n, n, entries) };
}

function withEntry(name: string, [i, j, value]: Triplet): Case {
  const { upper } = caseOf(20, 0.3);
  const values = upper.values.slice();
  for (let k = upper.columnPointers[j]!; k < upper.columnPointers[j + 1]!; k++) {
    if (upper.rowIndices[k] === i) values[k] = value;
  }
  return { name, upper: upper.withValues(values) };
}

const cases: Case[] = [
  ...[0, 1, 2, 3, 8, 9, 40].flatMap((n) => [0, 0.05, 0.3, 1].map((share) => caseOf(n, share))),
  caseOf(300, 0.02),
  withEntry("a zero pivot at the start", [0, 0, 0]),
  withEntry("a zero pivot in the middle", [11, 11, 0]),
  withEntry("a huge entry", [19, 19, 1e300]),
  withEntry("a tiny entry", [5, 5, 1e-300]),
];

/** The column that failed, and the numbers and places up to it. */
function factored(run: (factor: SparseFactor) => number | undefined, upper: CscMatrix): number[] {
  const factor = sparseFactorOf(upper, analyse(upper));
  const failed = run(factor)!;
  const numbers = [failed, ...factor.pivots, ...factor.inverse];
  return failed < 0 ? [...numbers, ...factor.rows, ...factor.values, ...factor.runs] : numbers;
}

describeKernel({
  name: "sparse LDLᵀ",
  cases,
  describeCase: ({ name }) => name,
  typescript: ({ upper }) => factored(factorSparseTypescript, upper),
  webassembly: ({ upper }) => factored(factorSparseWebassembly, upper),
});

const RIGHT_SIDES: Readonly<Record<string, (i: number) => number>> = {
  normals: (i) => createRandom("b").fork(i).normal(),
  "zeros of both signs": (i) => (i % 2 === 0 ? 0 : -0),
  "a NaN in the middle": (i) => (i === 17 ? Number.NaN : i),
  "huge numbers": (i) => (i % 3 === 0 ? 1e300 : -1e305),
};

describeKernel({
  name: "solving with a sparse LDLᵀ",
  cases: [caseOf(1, 0), caseOf(41, 0.1), caseOf(41, 1), caseOf(300, 0.02)].flatMap((input) =>
    Object.entries(RIGHT_SIDES).map(([words, entry]) => ({ ...input, words, entry })),
  ),
  describeCase: ({ name, words }) => `${name}, ${words}`,
  typescript: ({ upper, entry }) => solved(solveSparseTypescript, upper, entry),
  webassembly: ({ upper, entry }) => solved(solveSparseWebassembly, upper, entry),
});

function solved(
  run: (factor: SparseFactor, x: Float64Array) => unknown,
  upper: CscMatrix,
  entry: (i: number) => number,
): Float64Array {
  const factor = sparseFactorOf(upper, analyse(upper));
  expect(factorSparseTypescript(factor)).toBe(-1);
  const x = Float64Array.from({ length: upper.columns }, (_, i) => entry(i));
  run(factor, x);
  return x;
}

test("a factorisation leaves nothing behind that the next one would see", () => {
  const { upper } = caseOf(60, 0.2);
  const factor = sparseFactorOf(upper, analyse(upper));
  factorSparseWebassembly(factor);
  const first = factor.values.slice();
  upper.values[0] = 0;
  expect(factorSparseWebassembly(factor)).toBe(0);
  upper.values[0] = 180;
  factorSparseWebassembly(factor);
  expect(sameBits(factor.values, first)).toBe(true);
});
