import { describeKernel, sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { CscMatrix, createRandom, type Triplet } from "../../src/index.ts";
import {
  factorTypescript,
  factorWebassembly,
  type Ldl,
  ldlOf,
  solveTypescript,
  solveWebassembly,
} from "../../src/kernels/sparse-ldl.ts";
import { analyse } from "../../src/sparse/elimination-tree.ts";
import { minimumDegree } from "../../src/sparse/minimum-degree.ts";
import { permuteSymmetric } from "../../src/sparse/permute-symmetric.ts";
import { grid, quasidefinite } from "../sparse/patterns.ts";

const TOLERANCE = Number.EPSILON;

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

function spoilt(name: string, spoil: (value: number, k: number) => number): Case {
  const { upper } = caseOf(20, 0.3);
  return { name, upper: { ...upper, values: upper.values.map(spoil) } as CscMatrix };
}

/** Put in minimum degree's order, which leaves many columns with the same rows. */
function ordered(name: string, upper: CscMatrix): Case {
  return { name, upper: permuteSymmetric(upper, minimumDegree(upper)).upper as CscMatrix };
}

const cases: Case[] = [
  ...[0, 1, 2, 3, 4, 5, 8, 9, 12, 13, 40].flatMap((n) => [0, 0.05, 0.3, 1].map((share) => caseOf(n, share))),
  caseOf(300, 0.02),
  ordered("a grid of 20 × 20", grid(20)),
  ...[1, 2, 3, 4, 5].map((k) =>
    ordered(`quasidefinite ${30 * k}`, quasidefinite(`ldl ${k}`, 20 * k, 10 * k)),
  ),
  spoilt("no pivot at the start", (value, k) => (k === 0 ? 0 : value)),
  spoilt("one entry and no other", (value, k) => (k === 20 ? value : 0)),
  spoilt("zeros of both signs", (value, k) => (k % 3 === 0 ? -0 : k % 3 === 1 ? 0 : value)),
  spoilt("a NaN", (value, k) => (k === 7 ? Number.NaN : value)),
  spoilt("infinities", (value, k) => (k === 5 ? Number.POSITIVE_INFINITY : value)),
  spoilt("a huge entry", (value, k) => (k === 30 ? 1e300 : value)),
  spoilt("a tiny entry", (value, k) => (k === 30 ? 1e-300 : value)),
  spoilt("squares beyond the doubles", (value) => value * 1e200),
  spoilt("squares below the doubles", (value) => value * 1e-200),
];

/** The column that failed, and the numbers and places up to it. */
function factored(run: typeof factorWebassembly, upper: CscMatrix, tolerance: number): number[] {
  const factor = ldlOf(upper, analyse(upper));
  const failed = run(factor, tolerance)!;
  const numbers = [failed, ...factor.pivots, ...factor.inverse];
  return failed < 0 ? [...numbers, ...factor.rows, ...factor.values, ...factor.runs] : numbers;
}

for (const tolerance of [0, TOLERANCE]) {
  describeKernel({
    name: `sparse LDLᵀ, pivots beyond ${tolerance} of their diagonal entry`,
    cases,
    describeCase: ({ name }) => name,
    typescript: ({ upper }) => factored(factorTypescript, upper, tolerance),
    webassembly: ({ upper }) => factored(factorWebassembly, upper, tolerance),
  });
}

const RIGHT_SIDES: Readonly<Record<string, (i: number) => number>> = {
  normals: (i) => createRandom("b").fork(i).normal(),
  "zeros of both signs": (i) => (i % 2 === 0 ? 0 : -0),
  "a NaN in the middle": (i) => (i === 17 ? Number.NaN : i),
  "huge numbers": (i) => (i % 3 === 0 ? 1e300 : -1e305),
};

describeKernel({
  name: "solving with a sparse LDLᵀ",
  cases: cases
    .slice(0, 50)
    .flatMap((input) => Object.entries(RIGHT_SIDES).map(([words, entry]) => ({ ...input, words, entry }))),
  describeCase: ({ name, words }) => `${name}, ${words}`,
  typescript: ({ upper, entry }) => solved(solveTypescript, upper, entry),
  webassembly: ({ upper, entry }) => solved(solveWebassembly, upper, entry),
});

function solved(
  run: (factor: Ldl, x: Float64Array) => unknown,
  upper: CscMatrix,
  entry: (i: number) => number,
): Float64Array {
  const factor = ldlOf(upper, analyse(upper));
  expect(factorTypescript(factor, 0)).toBe(-1);
  const x = Float64Array.from({ length: upper.columns }, (_, i) => entry(i));
  run(factor, x);
  return x;
}

test("a factorisation leaves nothing behind that the next one would see", () => {
  const { upper } = caseOf(60, 0.2);
  const factor = ldlOf(upper, analyse(upper));
  factorWebassembly(factor, TOLERANCE);
  const first = factor.values.slice();
  upper.values[0] = 0;
  expect(factorWebassembly(factor, TOLERANCE)).toBe(0);
  upper.values[0] = 180;
  factorWebassembly(factor, TOLERANCE);
  expect(sameBits(factor.values, first)).toBe(true);
});

test("columns with the same rows are counted to the end of their kind", () => {
  const dense = caseOf(6, 1).upper;
  expect([...ldlOf(dense, analyse(dense)).alike]).toEqual([6, 5, 4, 3, 2, 1]);
  const diagonal = caseOf(3, 0).upper;
  expect([...ldlOf(diagonal, analyse(diagonal)).alike]).toEqual([1, 1, 1]);
});
