import { createRandom } from "@astra-quant/core-linalg";
import { describeKernel } from "@astra-quant/testkit";
import { portfolioDaysTypescript, portfolioDaysWebassembly } from "../../src/kernels/portfolio-days.ts";

interface Case {
  readonly name: string;
  readonly rows: number;
  readonly n: number;
  readonly start?: number;
  readonly spoil?: (value: number, k: number) => number;
}

const shapes = [
  [1, 1],
  [1, 2],
  [2, 1],
  [3, 3],
  [4, 1],
  [4, 2],
  [5, 7],
  [8, 8],
  [13, 50],
  [64, 17],
  [1000, 51],
] as const;

const cases: readonly Case[] = [
  ...shapes.map(([rows, n]) => ({ name: `${rows} days of ${n} assets`, rows, n })),
  { name: "nothing", rows: 0, n: 3 },
  { name: "a start of −0", rows: 9, n: 5, start: -0, spoil: () => -0 },
  ...Object.entries({
    "a NaN": (value: number, k: number): number => (k === 11 ? Number.NaN : value),
    infinities: (value: number, k: number) => (k % 13 === 0 ? Number.POSITIVE_INFINITY : -value),
    "zeros of both signs": (_: number, k: number): number => (k % 2 === 0 ? -0 : 0),
    "products beyond the doubles": (value: number) => value * 1e300,
    "products below the doubles": (value: number) => value * 1e-320,
  }).map(([name, spoil]) => ({ name, rows: 11, n: 6, spoil })),
];

function run(
  days: (z: Float64Array, a: Float64Array, start: number, out: Float64Array) => unknown,
  { rows, n, start = 0.001, spoil = (value) => value }: Case,
): Float64Array {
  const random = createRandom(`portfolio days ${rows} ${n}`);
  const z = random.fillNormal(new Float64Array(rows * n)).map(spoil);
  const a = random.fillNormal(new Float64Array(n)).map(spoil);
  const out = new Float64Array(rows);
  days(z, a, start, out);
  return out;
}

describeKernel<Case>({
  name: "the portfolio's return on days of given shocks",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => run(portfolioDaysTypescript, input),
  webassembly: (input) => run(portfolioDaysWebassembly, input),
});
