import { describeKernel } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { CscMatrix, createRandom, type Triplet } from "../../src/index.ts";
import { minimumDegreeTypescript, minimumDegreeWebassembly } from "../../src/kernels/minimum-degree.ts";
import { arrow, grid, quasidefinite } from "../sparse/patterns.ts";

interface Case {
  readonly name: string;
  readonly upper: CscMatrix;
}

/** Entries with one probability, but in so many rows that are full; every fifth diagonal entry is missing. */
function randomPattern(seed: string, n: number, density: number, full: number): CscMatrix {
  const random = createRandom(seed);
  const isFull = Array.from({ length: n }, (_, k) => k % Math.ceil(n / Math.max(full, 1)) === 1 && full > 0);
  const entries: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) {
      if (isFull[i] || isFull[j] || random.uniform() < density) entries.push([i, j, 1]);
    }
    if (j % 5 !== 0) entries.push([j, j, 1]);
  }
  return CscMatrix.fromTriplets(n, n, entries);
}

const densities = [0, 0.01, 0.03, 0.1, 0.3, 1];
const sizes = [1, 2, 3, 7, 16, 17, 40, 121];

const cases: readonly Case[] = [
  { name: "no variable", upper: CscMatrix.fromTriplets(0, 0, []) },
  ...sizes.flatMap((n) =>
    densities.map((density) => ({
      name: `n = ${n}, density ${density}`,
      upper: randomPattern(`order ${n} ${density}`, n, density, 0),
    })),
  ),
  ...[1, 3, 9].map((full) => ({
    name: `n = 400, ${full} full rows`,
    upper: randomPattern(`full ${full}`, 400, 0.005, full),
  })),
  { name: "an arrow", upper: arrow(300) },
  { name: "a grid of 30 × 30", upper: grid(30) },
  { name: "a quasidefinite matrix", upper: quasidefinite("order", 90, 60) },
];

describeKernel<Case>({
  name: "minimum degree's order",
  cases,
  describeCase: ({ name }) => name,
  typescript: ({ upper }) => [...minimumDegreeTypescript(upper)],
  webassembly: ({ upper }) => [...minimumDegreeWebassembly(upper)!],
});

test("of a thousand random patterns every one is ordered alike by both forms", () => {
  const random = createRandom("a thousand patterns");
  for (let k = 0; k < 1000; k++) {
    const n = 1 + Math.floor(60 * random.uniform());
    const upper = randomPattern(`pattern ${k}`, n, 0.3 * random.uniform() ** 2, k % 7 === 0 ? 2 : 0);
    expect(minimumDegreeWebassembly(upper)).toEqual(minimumDegreeTypescript(upper));
  }
});

test("both forms order fifty thousand variables, all joined to one of them, alike", () => {
  const n = 50_000;
  const upper = CscMatrix.of({
    rows: n,
    columns: n,
    columnPointers: Int32Array.from({ length: n + 1 }, (_, j) => Math.max(0, 2 * j - 1)),
    rowIndices: Int32Array.from({ length: 2 * n - 1 }, (_, k) => (k % 2 === 0 ? k / 2 : 0)),
    values: new Float64Array(2 * n - 1).fill(1),
  });
  const order = minimumDegreeWebassembly(upper)!;
  expect(order.at(-1)).toBe(0);
  expect(order).toEqual(minimumDegreeTypescript(upper));
});
