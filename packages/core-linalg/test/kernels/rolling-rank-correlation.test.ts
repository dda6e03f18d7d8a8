import { describeKernel } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { createRandom, Matrix } from "../../src/index.ts";
import {
  rollingRankCorrelationTypescript,
  rollingRankCorrelationWebassembly,
} from "../../src/kernels/rolling-rank-correlation.ts";

/** What may stand in a table, by the name that a title gives it. */
const CONTENTS = {
  normals: (normal: number) => normal,
  "normals with gaps": (normal: number, chance: number) => (chance < 0.2 ? Number.NaN : normal),
  "more gaps than values": (normal: number, chance: number) => (chance < 0.9 ? Number.NaN : normal),
  "a tie now and then": (normal: number) => Math.round(50 * normal) / 50,
  "ties, zeros of both signs and infinities": (normal: number) => {
    const roll = Math.trunc(2 * normal);
    return roll > 2
      ? Number.POSITIVE_INFINITY
      : roll < -2
        ? Number.NEGATIVE_INFINITY
        : roll * Math.sign(normal);
  },
  "one value far from the rest": (normal: number, chance: number) => (chance < 0.02 ? 1e300 : 1e-3) * normal,
  "values as far apart as doubles are": (normal: number) => normal * 1e308,
  "values as small as doubles are": (normal: number) => Math.round(9 * normal) * Number.MIN_VALUE,
  "a constant": () => 7,
  "one order on both sides": (_normal: number, _chance: number, k: number) => k,
};

interface Case {
  readonly content: keyof typeof CONTENTS;
  readonly rows: number;
  readonly columns: number;
  readonly window: number;
  readonly minPeriods: number;
  /** y is one column for all of x. */
  readonly single?: boolean;
}

const SHAPES: readonly Omit<Case, "content">[] = [
  { rows: 1, columns: 1, window: 2, minPeriods: 2 },
  { rows: 2, columns: 3, window: 2, minPeriods: 2 },
  { rows: 30, columns: 5, window: 7, minPeriods: 3 },
  { rows: 61, columns: 2, window: 20, minPeriods: 20, single: true },
  { rows: 59, columns: 3, window: 59, minPeriods: 10 },
  { rows: 40, columns: 3, window: 1000, minPeriods: 2 },
  { rows: 40, columns: 2, window: 1000, minPeriods: 1000 },
  { rows: 400, columns: 3, window: 63, minPeriods: 40 },
  { rows: 300, columns: 2, window: 1, minPeriods: 1 },
];

const cases: Case[] = [
  ...Object.keys(CONTENTS).flatMap((content) =>
    SHAPES.map((shape) => ({ content: content as keyof typeof CONTENTS, ...shape })),
  ),
  // Beyond one strip of columns, one stretch of rows, and sums of 32 bits.
  { content: "normals with gaps", rows: 50, columns: 67, window: 9, minPeriods: 5 },
  { content: "a tie now and then", rows: 70_000, columns: 1, window: 30, minPeriods: 20 },
  { content: "normals", rows: 33_000, columns: 1, window: 300, minPeriods: 200 },
  { content: "one order on both sides", rows: 3500, columns: 1, window: 3000, minPeriods: 2000 },
];

function tableOf({ content, rows }: Case, columns: number, seed: string): Matrix {
  const random = createRandom(`${content} ${seed}`);
  const fill = CONTENTS[content];
  const next = (_: unknown, k: number) => fill(random.normal(), random.uniform(), k);
  return new Matrix(rows, columns, Float64Array.from({ length: rows * columns }, next));
}

/** The answer of a form in an array that holds something else before. */
function answerOf(
  input: Case,
  form: typeof rollingRankCorrelationTypescript | typeof rollingRankCorrelationWebassembly,
) {
  const answer = new Float64Array(input.rows * input.columns).fill(7);
  const x = tableOf(input, input.columns, "x");
  const y = tableOf(input, input.single ? 1 : input.columns, "y");
  expect(form(x, y, input, answer)).not.toBe(false);
  return answer;
}

describeKernel<Case>({
  name: "rolling rank correlation",
  cases,
  describeCase: ({ content, rows, columns, window, minPeriods, single }) =>
    `${content}, ${rows}×${columns}${single ? " with one column" : ""}, window ${window}, ${minPeriods} present`,
  typescript: (input) => answerOf(input, rollingRankCorrelationTypescript),
  webassembly: (input) => answerOf(input, rollingRankCorrelationWebassembly),
});

test("a window beyond sixteen bits is left to the TypeScript", () => {
  const table = new Matrix(20_000, 1);
  const settings = { window: 17_000, minPeriods: 2 };
  expect(rollingRankCorrelationWebassembly(table, table, settings, new Float64Array(20_000))).toBe(false);
});
